"""Tests of office rooms."""
