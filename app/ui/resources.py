"""Shipped files as screens need them."""

from app.shipped import read_toml, resource

__all__ = ["read_toml", "resource"]
