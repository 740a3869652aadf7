"""Machinery that every feature stands on."""
