"""Slices and their clock for all tests of the intermediary services."""

from tests.support.slices import clock, slice_opener

__all__ = ["clock", "slice_opener"]
