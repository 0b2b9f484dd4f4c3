"""What a PC remembers, on real files under a real keyring."""
