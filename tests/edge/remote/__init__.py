"""A counter before a real backend process."""
