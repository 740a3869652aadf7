"""驾驶时限: how long a driver may be assigned; what the law forbids, and what asks for a reason."""
