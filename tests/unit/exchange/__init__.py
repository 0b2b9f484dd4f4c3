"""Rules and rows of the exchange."""
