"""一本账 (One Ledger): an office-affairs centre's daily work, recorded once, and figures that count themselves."""
