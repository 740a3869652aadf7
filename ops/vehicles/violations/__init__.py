"""违规问题登记: what discipline inspection files under one of the nine violations, how it is answered and decided."""
