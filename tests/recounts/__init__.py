"""What every published metric must come to, counted from the rows in plain Python: one function for each metric.

The function of `vehicles.dispatches` is called `dispatches` and stands in `vehicles.py` here, or in any module of a
folder `vehicles/`; it gives the records as `Counted`. No SQL adds, groups or compares in them.
"""
