"""Fuzzing of all that a card can say: targets, their seeds, and the coverage-guided run (``python -m tests.fuzz``)."""
