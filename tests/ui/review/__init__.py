"""The reviewers at their screens."""
