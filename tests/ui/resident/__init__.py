"""The resident's own display."""
