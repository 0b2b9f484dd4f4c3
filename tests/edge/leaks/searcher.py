"""Finds marked values in files: in the writings of text that programs use, and inside what they pack text into."""

import base64
import contextlib
import re
import shutil
import subprocess
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

_CHARSETS = ("utf-8", "utf-16-le", "utf-16-be", "cp932", "euc_jp")
_STREAM = 1 << 24
"""How much of a packed stream is unpacked, in bytes."""
_DEPTH = 3
_ROOM = bytes(512)
_EMPTY = re.compile(rb"\0{512,}")
"""Room that was never written to."""
_TEXT = re.compile(rb"[\n\x20-\x7e]+")
_TASTE = 256


@dataclass(frozen=True)
class Find:
    """A mark where it must not be. ``how``: in which writing; ``inside``: what it was packed into."""

    mark: str
    how: str
    inside: tuple[str, ...]
    place: str


@dataclass(frozen=True)
class Searcher:
    """Looks for ``marks``, name → value. One of fewer than six bytes is looked for between delimiters only."""

    marks: Mapping[str, str]

    @cached_property
    def patterns(self) -> dict[bytes, tuple[str, str]]:
        """Bytes → mark and writing."""
        found: dict[bytes, tuple[str, str]] = {}
        for name, value in self.marks.items():
            for how, pattern in _writings(value):
                found.setdefault(pattern, (name, how))
        return found

    @cached_property
    def _beginnings(self) -> tuple["_Beginnings", ...]:
        """Text and other bytes apart: together they could begin with nearly anything."""
        text = [pattern for pattern in self.patterns if _TEXT.fullmatch(pattern)]
        return _Beginnings(text), _Beginnings([pattern for pattern in self.patterns if not _TEXT.fullmatch(pattern)])

    def files(self, paths: Iterable[Path], since: float = 0) -> list[Find]:
        """What is found in these files and below these folders, in their names too.

        ``since``: files that were last written before this time (Unix seconds) are left out.
        """
        finds: list[Find] = []
        for path in _all_files(paths, since):
            finds += self._named(path)
            try:
                content = path.read_bytes()
            except FileNotFoundError:
                continue
            if _ROOM in content:
                content = _EMPTY.sub(b"\0", content)
            finds += self.content(content, str(path))
        return finds

    def content(self, content: bytes, place: str) -> list[Find]:
        """What is found in ``content`` and in all that is packed into it."""
        return list(dict.fromkeys(self._look(content, place, ())))

    def _named(self, path: Path) -> list[Find]:
        long = {name: value for name, value in self.marks.items() if _is_long(value)}
        return [Find(name, "file name", (), str(path)) for name, value in long.items() if value in path.name]

    def _look(self, content: bytes, place: str, inside: tuple[str, ...]) -> Iterator[Find]:
        for pattern in (one for kind in self._beginnings for one in kind.among(content)):
            name, how = self.patterns[pattern]
            yield Find(name, how, inside, place)
        if len(inside) < _DEPTH:
            for kind, unpacked in _unpacked(content):
                yield from self._look(unpacked, place, (*inside, kind))


class _Beginnings:
    """Many patterns looked for in one pass: most content is encrypted, and holds the beginning of hardly any."""

    def __init__(self, patterns: list[bytes]) -> None:
        self._width = min((len(one) for one in patterns), default=0)
        self._by_beginning: dict[bytes, list[bytes]] = {}
        for one in patterns:
            self._by_beginning.setdefault(one[: self._width], []).append(one)
        places = zip(*self._by_beginning, strict=True)
        self._likely = re.compile(
            b"".join(b"[%s]" % b"".join(b"\\x%02x" % byte for byte in set(one)) for one in places)
        )

    def among(self, content: bytes) -> list[bytes]:
        """Those that stand in ``content``."""
        found: dict[bytes, None] = {}
        likely = self._likely.search(content) if self._by_beginning else None
        while likely is not None:
            at = likely.start()
            for one in self._by_beginning.get(content[at : at + self._width], ()):
                if content.startswith(one, at):
                    found[one] = None
            likely = self._likely.search(content, at + 1)
        return list(found)


def _is_long(value: str) -> bool:
    return len(value.encode()) >= 6


def _writings(value: str) -> Iterator[tuple[str, bytes]]:
    if not _is_long(value):
        for left, right in ('""', "''", "<>", "[]", "=&", ": ", " \n", ":,"):
            yield "clear", f"{left}{value}{right}".encode()
        yield "length before", bytes([len(value)]) + value.encode()
        return
    escaped = "".join(char if char.isascii() else _json_escape(char) for char in value)
    yield "escaped", escaped.encode()
    yield "escaped", escaped.upper().replace("\\U", "\\u").encode()
    yield "percent", quote(value).encode()
    yield "percent", quote(value).lower().encode()
    for charset in _CHARSETS:
        try:
            raw = value.encode(charset)
        except UnicodeEncodeError:
            continue
        yield charset, raw
        yield f"hex of {charset}", raw.hex().encode()
        yield f"hex of {charset}", raw.hex().upper().encode()
        for shift in range(3):
            standard = _base64(raw, shift)
            yield f"base64 of {charset}", standard
            yield f"base64 of {charset}", standard.translate(bytes.maketrans(b"+/", b"-_"))


def _json_escape(char: str) -> str:
    units = char.encode("utf-16-be").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


def _base64(raw: bytes, shift: int) -> bytes:
    """The characters that stand for ``raw`` alone when ``shift`` bytes lie before it."""
    text = base64.b64encode(b"\0" * shift + raw)
    first = (shift * 8 + 5) // 6
    last = (shift + len(raw)) * 8 // 6
    return text[first:last]


def _unpacked(content: bytes) -> Iterator[tuple[str, bytes]]:
    """What is packed into ``content``, wherever it begins."""
    if content.startswith(b"%PDF"):
        yield "pdf text", _pdf_text(content)
    for kind, starts, bits in (
        ("gzip", (b"\x1f\x8b\x08",), 31),
        ("zlib", (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda"), 15),
    ):
        for start in starts:
            for at in _places(content, start):
                yield from _inflated(kind, content, at, bits)
    for at in _places(content, b"PK\x03\x04"):
        name, extra = (int.from_bytes(content[at + place : at + place + 2], "little") for place in (26, 28))
        yield from _inflated("zip", content, at + 30 + name + extra, -15)


def _inflated(kind: str, content: bytes, at: int, bits: int) -> Iterator[tuple[str, bytes]]:
    try:
        zlib.decompressobj(bits).decompress(content[at : at + _TASTE])
        unpacked = zlib.decompressobj(bits).decompress(content[at : at + _STREAM], _STREAM)
    except zlib.error:
        return
    if len(unpacked) > 8:
        yield kind, unpacked


def _places(content: bytes, start: bytes) -> Iterator[int]:
    at = content.find(start)
    while at >= 0:
        yield at
        at = content.find(start, at + 1)


def _pdf_text(content: bytes) -> bytes:
    reader = shutil.which("pdftotext")
    assert reader is not None, "no pdftotext"
    return subprocess.run(
        [reader, "-raw", "-", "-"], input=content, capture_output=True, timeout=60, check=False
    ).stdout


def _all_files(paths: Iterable[Path], since: float) -> Iterator[Path]:
    for path in paths:
        for one in path.rglob("*") if path.is_dir() else (path,):
            with contextlib.suppress(FileNotFoundError):
                if one.is_file() and one.stat().st_mtime >= since:
                    yield one
