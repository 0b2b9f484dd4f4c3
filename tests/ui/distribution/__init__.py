"""Screens of distribution."""
