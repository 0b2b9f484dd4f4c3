"""Printing at the window."""
