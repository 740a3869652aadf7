"""Random days of work, one machine for each feature: whatever happens, every figure equals a recount by hand.

`<feature>_work.py` says what its people do: `STEPS`, and `arrange()` for what has to be there before. A part adds its
own module, `vehicles_costs_work.py`; the machine of its feature does the steps of all of them.
"""
