"""The witness of the slices' ledgers (S01-5, S03-5, S04-5, S07-5): remembers every log it has seen, its own too."""
