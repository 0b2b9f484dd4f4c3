"""The training city."""
