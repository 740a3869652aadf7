"""Figures, from the record to the report."""
