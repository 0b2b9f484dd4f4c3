"""Parts of the ledger's bench: what is written, what is checked."""
