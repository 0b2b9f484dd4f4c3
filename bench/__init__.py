"""Figures: how fast, how much; one JSON object a run, with floors measured beside them."""
