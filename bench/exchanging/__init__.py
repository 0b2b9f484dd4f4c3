"""Parts of the bench of the exchange."""
