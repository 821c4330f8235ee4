"""The page for people who use no terminal: drop reports, watch them being checked, settle each finding beside its text.

It stands on `batch` (the same audits, the same store) and `desk` (the same remarks), and shows what `export` draws.
"""
