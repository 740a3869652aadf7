"""派车导入: dispatches from another ledger, row by row through the very same service; the good ones land.

Glossary: number there 原单号, row 行.
"""
