"""The backend as seen from a counter: one module per slice, over one line."""
