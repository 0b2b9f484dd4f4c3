"""Shipped files as screens need them."""

from app.shipped import read_toml, resource

__all__ = ["TextFault", "read_toml", "resource"]


class TextFault(Exception):
    """The shipped texts and the program do not fit: a fault of the build, found at start."""
