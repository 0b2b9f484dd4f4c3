"""Histories of terminal.db and work.db."""
