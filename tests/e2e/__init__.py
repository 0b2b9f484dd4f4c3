"""Whole visits in the words of the people who make them: every part real and in a process of its own."""
