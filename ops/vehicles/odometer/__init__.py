"""Odometer (里程): readings of the dial as facts; kilometres are worked out from them, never kept as a last value."""
