"""The line between programs."""
