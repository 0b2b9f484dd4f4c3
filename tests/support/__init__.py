"""Real things handed to tests: readers, databases, a keyring, a screen, a backend."""
