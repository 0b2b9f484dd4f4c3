"""Tests of the resident network's screens."""
