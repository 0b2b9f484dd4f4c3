"""Tests of the staff card and of the office's check of it."""
