"""Slices and their clock for all tests of the intermediary services."""

from tests.support.slices import clock, emptied_schemas, slice_opener

__all__ = ["clock", "emptied_schemas", "slice_opener"]
