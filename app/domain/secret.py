"""Values that can't be printed, logged or formatted by accident."""

import hmac


class Secret:
    """Bytes that show nothing of themselves; ``reveal`` is the only way in."""

    __slots__ = ("_value",)

    def __init__(self, value: bytes) -> None:
        self._value = bytearray(value)

    def reveal(self) -> bytes:
        """The bytes themselves. Call it at the last moment, keep the result in no field."""
        return bytes(self._value)

    def text(self) -> str:
        """The value as UTF-8 text; as ``reveal``."""
        return self._value.decode()

    def wipe(self) -> None:
        """Overwrite the value in place; copies made by ``reveal`` are beyond reach."""
        self._value[:] = bytes(len(self._value))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and hmac.compare_digest(self.reveal(), other.reveal())

    def __hash__(self) -> int:
        raise TypeError("a secret is no key of a table")

    def __len__(self) -> int:
        return len(self._value)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        raise TypeError("a secret can't be formatted")

    def __reduce__(self) -> str:
        raise TypeError("a secret can't be pickled")


def secret(text: str) -> Secret:
    """A secret made of text (UTF-8)."""
    return Secret(text.encode())
