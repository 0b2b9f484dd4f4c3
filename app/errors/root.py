"""The root of all that can go wrong."""

from typing import ClassVar


class AppError(Exception):
    """Something the clerk can be told about. ``code`` is stable, ``data`` fills the sentence's places."""

    code: ClassVar[str] = "app"

    def __init__(self, **data: str | int) -> None:
        super().__init__(self.code, data)
        self.data: dict[str, str | int] = data

    def __str__(self) -> str:
        return f"{self.code} {self.data}" if self.data else self.code
