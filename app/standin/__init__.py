"""Stand-ins for what a counter meets outside: for training, administration and tests only."""
