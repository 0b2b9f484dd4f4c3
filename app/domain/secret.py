"""Values that can't be printed, logged or formatted by accident."""

import ctypes
import hmac


class Secret:
    """Bytes that show nothing of themselves, overwritten when nobody holds them any more."""

    __slots__ = ("_value",)

    def __init__(self, value: bytes | bytearray) -> None:
        self._value = bytearray(value)

    def lent(self) -> "Lent":
        """The bytes meanwhile, in a copy that is overwritten afterwards: for keys, which must leave no copy behind."""
        return Lent(self, self._value)

    def reveal(self) -> bytes:
        """The bytes themselves. Call it at the last moment, keep the result in no field."""
        return bytes(self._value)

    def text(self) -> str:
        """The value as UTF-8 text; as ``reveal``."""
        return self._value.decode()

    def wipe(self) -> None:
        """Overwrite the value in place; copies made by ``reveal`` are beyond reach."""
        self._value[:] = bytes(len(self._value))

    def __del__(self) -> None:
        if hasattr(self, "_value"):
            self.wipe()

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


class Lent:
    """A copy of a secret's bytes for the length of one ``with``; no generator, for each letter borrows a dozen.

    It holds the secret itself: one that nobody else holds would be overwritten before it is copied.
    """

    __slots__ = ("_copy", "_of", "_value")

    def __init__(self, of: Secret, value: bytearray) -> None:
        self._of, self._value = of, value

    def __enter__(self) -> bytearray:
        self._copy = bytearray(self._value)
        return self._copy

    def __exit__(self, *_: object) -> None:
        self._copy[:] = bytes(len(self._copy))


def secret(text: str) -> Secret:
    """A secret made of text (UTF-8)."""
    return Secret(text.encode())


def taken(value: bytes) -> Secret:
    """A secret of ``value``, which was made for this alone and is overwritten: no copy stays behind in memory.

    A single byte is shared by all who use it, so it stays. Source: bytesobject.h of CPython: the content stands at the
    end of the object, with a zero behind it; published.
    """
    made = Secret(value)
    if len(value) > 1:
        ctypes.memset(id(value) + bytes.__basicsize__ - 1, 0, len(value))
    return made
