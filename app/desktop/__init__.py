"""What differs between operating systems: memory, starting anew, signals to lock, capture."""
