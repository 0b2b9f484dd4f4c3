"""Synthetic accesses of an invented office over months, with misuse laid in, for the review's tests and figures."""
