"""The rooms of the exchange at the window."""
