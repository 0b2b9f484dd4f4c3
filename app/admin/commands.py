"""Where a subject of madoguchi-admin adds its sub-commands."""

from argparse import ArgumentParser
from typing import Protocol


class Commands(Protocol):
    """What ``add_subparsers`` gives, by the one verb that is needed."""

    def add_parser(self, name: str, *, help: str) -> ArgumentParser:  # noqa: A002 - argparse's own word
        """Add one command's parser."""
        ...
