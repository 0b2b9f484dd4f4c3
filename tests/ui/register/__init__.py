"""Screens of the register: words, record, entry, approval, restraints."""
