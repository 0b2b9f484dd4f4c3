"""Screens ask and show: one per file, each decides nothing and knows no use case."""
