"""Files in and out of the exchange's rooms, as flows see them: chosen and written by who knows dialogs and disks."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from app.errors import AppError, Refused


class Keep(Protocol):
    """Writes a file for its owner alone where the person says; ``done`` is told its name, "" when they give up."""

    def __call__(
        self,
        title: str,
        name: str,
        content: bytes,
        done: Callable[[str], None],
        failed: Callable[[AppError], None],
    ) -> None: ...


class Choose(Protocol):
    """A file that the person chooses; None when they give up."""

    def __call__(self, title: str) -> Path | None: ...


def read_chosen(path: Path) -> bytes:
    """A chosen file, whole. Errors: Refused ``chosen_unreadable``."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused("chosen_unreadable") from error
