"""Madoguchi (窓口): the counter of a ward office and the intermediary services behind it."""
