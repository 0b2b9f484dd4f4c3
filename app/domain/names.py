"""Names and addresses: folded for search, compared with the reason why they agree. Stored names are never changed."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.kana import fold_kana
from app.errors import BadFormat

_REPLACED = frozenset("〓?？□�")
"""What a system prints in the place of a character that it has not."""


class Agreement(StrEnum):
    """How two writings of one thing agree; texts under ``[agreement.<value>]``."""

    IDENTICAL = "identical"
    SPACING = "spacing"
    """The same characters, other spaces or widths."""
    VARIANT = "variant"
    """異体字: other shapes of the same characters, both common."""
    SHRUNK = "shrunk"
    """縮退: one side shows a common shape, or a mark, for a character that its system lacks."""
    KANA_ONLY = "kana_only"
    """Written differently, read alike."""
    DIFFERENT = "different"


class Why(StrEnum):
    """Why two characters in one place of a writing differ; texts under ``[word.why_different]``."""

    VARIANT = "variant"
    SHRUNK = "shrunk"
    REPLACED = "replaced"
    """One side shows a mark for a character that its system, or a certificate (代替文字), could not carry."""
    NOTATION = "notation"
    """The same place in another notation: 一丁目２番３号 and 1-2-3."""
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class VariantTable:
    """Which characters stand for each other: ``same`` are shapes of one character, ``alike`` are taken for another.

    Both map a character to the head of its class.
    """

    same: Mapping[str, str]
    alike: Mapping[str, str]

    def head(self, character: str) -> str:
        """The common shape of one character; compatibility ideographs through Unicode's own decomposition."""
        plain = unicodedata.normalize("NFC", character)
        return self.same.get(plain, plain)

    def loose(self, character: str) -> str:
        """As ``head``, and one for characters that are mixed up."""
        head = self.head(character)
        return self.alike.get(head, head)


def parse_variants(table: Mapping[str, object]) -> VariantTable:
    """Make the table of resources/tables/variants.toml; ``BadFormat`` where a character stands twice in a kind."""
    maps: dict[str, dict[str, str]] = {"variant": {}, "confusable": {}}
    groups = table.get("group")
    for group in groups if isinstance(groups, list) else []:
        target = maps[group["kind"]]
        for characters in group["classes"]:
            for character in characters:
                if character in target:
                    raise BadFormat(field="variants", what=character)
                target[character] = characters[0]
    return VariantTable(same=maps["variant"], alike=maps["confusable"])


@dataclass(frozen=True, slots=True)
class NameFolder:
    """Folds names for search and compares them. Pure: the same table gives the same folding."""

    variants: VariantTable

    def for_search(self, name: str) -> str:
        """The form under which a name is looked up.

        Widths, spaces, marks and case are ignored, shapes folded, kana folded; written kanji stays kanji.
        """
        return fold_kana("".join(self.variants.loose(c) for c in bare(name)))

    def compare(self, left: str, right: str, left_kana: str = "", right_kana: str = "") -> Agreement:
        """How two names agree and why; the readings are asked only where the writings differ."""
        if left == right:
            return Agreement.IDENTICAL
        if _unspaced(left) == _unspaced(right):
            return Agreement.SPACING
        shape = self._shapes(left, right)
        if shape is not Agreement.DIFFERENT:
            return shape
        reading, other = fold_kana(bare(left_kana or left)), fold_kana(bare(right_kana or right))
        return Agreement.KANA_ONLY if reading == other else Agreement.DIFFERENT

    def _shapes(self, left: str, right: str) -> Agreement:
        """VARIANT or SHRUNK if each character has its counterpart, else DIFFERENT."""
        pairs = list(zip(clusters(left), clusters(right), strict=False))
        if len(clusters(left)) != len(clusters(right)):
            return Agreement.DIFFERENT
        why = {self.why(a, b) for a, b in pairs if a != b}
        if Why.DIFFERENT in why:
            return Agreement.DIFFERENT
        return Agreement.VARIANT if Why.VARIANT in why else Agreement.SHRUNK

    def why(self, left: str, right: str) -> Why:
        """Why two different characters (with their selectors) stand in the same place."""
        if left in _REPLACED or right in _REPLACED:
            return Why.REPLACED
        if self.variants.head(left[0]) != self.variants.head(right[0]):
            return Why.DIFFERENT
        return Why.SHRUNK if is_common(left) != is_common(right) else Why.VARIANT


def bare(name: str) -> str:
    """The characters that carry a name: Latin in lower case without accents, no spaces, marks or selectors."""
    plain = []
    for cluster in clusters(name):
        character = unicodedata.normalize("NFC", cluster[0])[0]
        if character.isalpha() and unicodedata.name(character, "").startswith("LATIN"):
            character = unicodedata.normalize("NFD", character)[0].lower()
        if not _is_mark(character):
            plain.append(character)
    return "".join(plain)


def clusters(text: str) -> list[str]:
    """The text character by character in full width kana and half width Latin, variation selectors with their base.

    Spaces are left out.
    """
    found: list[str] = []
    for character in _unspaced(text):
        if found and is_selector(character):
            found[-1] += character
        else:
            found.append(character)
    return found


def is_selector(character: str) -> bool:
    """Whether it is a variation selector (IVS and SVS)."""
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def is_common(cluster: str) -> bool:
    """Whether every system at a counter has this character: JIS X 0208 (第1・第2水準) and ASCII, no selector."""
    try:
        cluster.encode("shift_jis")
    except UnicodeEncodeError:
        return False
    return True


def _is_mark(character: str) -> bool:
    category = unicodedata.category(character)
    return (category[0] in "PZ" or category in {"Cc", "Cf"}) and character not in _REPLACED


def _unspaced(text: str) -> str:
    """Full width Latin to half, half width kana to full, spaces out; everything else untouched."""
    return "".join(_width(text).split())


def _width(text: str) -> str:
    kana = "".join(unicodedata.normalize("NFKC", part) if _half_kana(part[0]) else part for part in _runs(text))
    return kana.translate(_LATIN_WIDTHS)


_LATIN_WIDTHS = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: " "}


def _half_kana(character: str) -> bool:
    return "\uff66" <= character <= "\uff9f"


def _runs(text: str) -> list[str]:
    """The text cut between half width kana and other characters."""
    runs: list[str] = []
    for character in text:
        if runs and _half_kana(runs[-1][-1]) == _half_kana(character):
            runs[-1] += character
        else:
            runs.append(character)
    return runs
