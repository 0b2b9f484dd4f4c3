"""A card whose counters and changed codes outlive the program that plays it: kept in a file, as a chip keeps them."""

import json
from pathlib import Path

from app.standin.cards.chip import Chip
from app.standin.cards.contents import KeyFile


class LastingCard:
    """A ``VirtualCard`` around ``chip``; ``path`` is written whenever a counter or a code has changed.

    Errors of the constructor: ValueError, TypeError for a file that is none of these; OSError.
    """

    def __init__(self, chip: Chip, path: Path) -> None:
        self._chip = chip
        self._path = path
        self._codes = {
            f"{application.aid.hex()}/{number:02x}": file
            for application in chip.applications
            for number, file in application.files.items()
            if isinstance(file, KeyFile)
        }
        self._restore()
        self._kept = self._state()

    @property
    def atr(self) -> bytes:
        """The chip's own."""
        return self._chip.atr

    def insert(self) -> None:
        """Put on a reader."""
        self._chip.insert()

    def pull(self) -> None:
        """Take off the reader."""
        self._chip.pull()

    def power_down(self) -> None:
        """No power."""
        self._chip.power_down()

    def reset(self, kind: str = "reset") -> None:
        """Warm reset or power-up."""
        self._chip.reset(kind)

    def transmit(self, apdu: bytes) -> tuple[bytes, int]:
        """One command; what it changed is on the disk before its answer is given."""
        answer = self._chip.transmit(apdu)
        if (state := self._state()) != self._kept:
            self._write(state)
            self._kept = state
        return answer

    def _state(self) -> dict[str, list[str | int]]:
        return {name: [code.left, code.code.hex()] for name, code in self._codes.items()}

    def _restore(self) -> None:
        if not self._path.exists():
            return
        kept = json.loads(self._path.read_text(encoding="utf-8"))
        if not isinstance(kept, dict):
            raise ValueError(self._path)  # noqa: TRY004 - a fault of the file's content
        for name, (left, code) in kept.items():
            if name in self._codes:
                self._codes[name].left, self._codes[name].code = int(left), bytes.fromhex(code)

    def _write(self, state: dict[str, list[str | int]]) -> None:
        draft = self._path.with_suffix(".new")
        draft.write_text(json.dumps(state), encoding="utf-8")
        draft.replace(self._path)
