"""A virtual reader with a PIN pad, and the fingers that type on it."""
