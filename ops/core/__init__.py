"""Machinery that every feature stands on: database, access, audit, jobs, time, forms, files, import.

No pages, no business words.
"""
