"""Certificates and seals at the window."""
