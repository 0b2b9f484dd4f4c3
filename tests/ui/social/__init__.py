"""Screens of social insurance addresses."""
