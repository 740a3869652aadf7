"""Costs of each car (单车核算): one ledger of amounts, and beside it what each group of costs records of its own."""
