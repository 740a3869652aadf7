"""一本账 (One Ledger): the daily work of an office-affairs centre, recorded once, from which every figure counts itself."""
