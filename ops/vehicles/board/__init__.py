"""派车看板: cars or drivers down, hours across; an assignment is moved by hand or by key, through the same services.

A bar is a dispatch, a block is why a car cannot go (sealed, in repair, due for inspection, reserved).
"""
