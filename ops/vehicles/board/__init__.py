"""派车看板: cars or drivers down, hours across; what is assigned is moved by hand, by key and by the very same services.

A bar is a dispatch, a block is why a car cannot go (sealed, in repair, due for inspection, reserved).
"""
