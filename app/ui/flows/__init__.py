"""Flows decide what follows a click: one class per task of the counter, use cases handed in by constructor."""
