"""Targets (绩效目标): the tables as published, read by their layout; made, revised and printed here."""
