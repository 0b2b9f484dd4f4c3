"""Screens of whoever looks after the counter: the counter now, numbers, deputies."""
