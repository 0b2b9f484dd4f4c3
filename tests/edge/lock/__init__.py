"""The lock: memory, starting anew, the system's signals."""
