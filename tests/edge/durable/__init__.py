"""Mechanisms of stores and threads under trouble."""
