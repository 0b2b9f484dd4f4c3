"""Training beside other programs."""
