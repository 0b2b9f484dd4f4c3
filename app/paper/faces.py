"""字形の検査: which face has each character of a form in its exact shape, told before anything is printed."""

import mmap
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

import typst

from app.domain.font_map import CharacterMap, Variations, clusters, cmap_of
from app.domain.form import FaultKind, FormContent, PaperFault

FACES = ("IPAmjMincho", "Noto Serif CJK JP")
"""What values are set in, first one first. Both have IVS tables; IPAmj's are those of 文字情報基盤 (published)."""
_SILENT = frozenset("\n\r\t \u3000")


class Face:
    """One font file's characters, read when first asked for."""

    def __init__(self, family: str, file: Path, index: int) -> None:
        self.family = family
        self._file, self._index = file, index

    def has(self, cluster: str) -> bool:
        """Whether it has the character in exactly this shape."""
        if not self._characters.has(cluster[0]):
            return False
        return len(cluster) == 1 or self._variations.glyph(ord(cluster[0]), ord(cluster[1])) is not None

    def has_plain(self, cluster: str) -> bool:
        """Whether it has the character in any shape."""
        return self._characters.has(cluster[0])

    @cached_property
    def _cmap(self) -> bytes:
        with self._file.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as font:
            return cmap_of(font, self._index)

    @cached_property
    def _characters(self) -> CharacterMap:
        return CharacterMap(self._cmap)

    @cached_property
    def _variations(self) -> Variations:
        return Variations(self._cmap)


class Faces:
    """The fonts of this PC. ``chosen``: the families that values are set in, in their order."""

    def __init__(self, fonts: typst.Fonts, chosen: Sequence[str] = FACES) -> None:
        known = [(one.family, Path(one.path), one.index) for one in fonts.fonts() if one.path and _is_upright(one)]
        self._chosen = [face for family in chosen for face in _first(family, known)]
        self._others = [Face(*one) for one in {one[0]: one for one in known}.values() if one[0] not in chosen]

    def shapes(self, content: FormContent) -> list[dict[str, str]]:
        """Characters that a later chosen face has exactly and the first that has them at all does not."""
        found: dict[str, str] = {}
        for _, text in texts_of(content):
            for cluster in clusters(text):
                exact = next((face for face in self._chosen if face.has(cluster)), None)
                plain = next((face for face in self._chosen if face.has_plain(cluster)), None)
                if exact is not None and exact is not plain:
                    found[cluster] = exact.family
        return [{"text": text, "face": face} for text, face in found.items()]

    def faults(self, content: FormContent) -> Iterator[PaperFault]:
        """Each character once for each item in which it stands."""
        told: set[tuple[str, str]] = set()
        for where, text in texts_of(content):
            for cluster in clusters(text):
                kind = self._fault(cluster)
                if kind is not None and (where, cluster) not in told:
                    told.add((where, cluster))
                    yield PaperFault(kind, where, cluster)

    def _fault(self, cluster: str) -> FaultKind | None:
        if cluster[0] in _SILENT or any(face.has(cluster) for face in self._chosen):
            return None
        if any(face.has_plain(cluster) for face in self._chosen):
            return FaultKind.VARIANT
        return FaultKind.OTHER_FACE if any(face.has(cluster) for face in self._others) else FaultKind.MISSING


def texts_of(content: FormContent) -> Iterator[tuple[str, str]]:
    """What stands on a form besides fixed words: under which label, and the text."""
    yield content.title, content.addressee
    yield content.title, content.number
    yield content.title, content.issuer
    yield content.title, content.lead
    for section in content.sections:
        for row in section.rows:
            yield row.label, row.value
    for reason in (*content.reasons, *content.instruction):
        yield content.title, reason


def _is_upright(font: typst.FontInfo) -> bool:
    return font.style == "normal"


def _first(family: str, known: Sequence[tuple[str, Path, int]]) -> list[Face]:
    return [Face(*one) for one in known if one[0] == family][:1]
