"""The second source: which names, readings and dates are the same, by tables of its own, none of the product."""

import tomllib
from collections import defaultdict
from datetime import date
from pathlib import Path

_TABLE = Path(__file__).with_name("characters.toml")
_VOICED = "ガカギキグクゲケゴコザサジシズスゼセゾソダタヂシヅスデテドトバハビヒブフベヘボホパハピヒプフペヘポホヴフ"
"""Each kana with mark, and the same without. ヂ and ヅ sound as ジ and ズ."""
_LARGE = "ァアィイゥウェエォオッツャヤュユョヨヮワ"
_OTHERS = "ヲオヰイヱエ"
_ENDING_IN = {
    "ア": "アカサタナハマヤラワ",
    "イ": "イキシチニヒミリ",
    "ウ": "ウクスツヌフムユル",
    "エ": "エケセテネヘメレ",
    "オ": "オコソトノホモヨロ",
}
_PLAIN = {
    written: plain
    for pairs in (_VOICED, _LARGE, _OTHERS)
    for written, plain in zip(pairs[::2], pairs[1::2], strict=True)
}
_VOWEL_OF = {kana: vowel for vowel, row in _ENDING_IN.items() for kana in row}
_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_FIRST_DAYS = (
    ("令和", date(2019, 5, 1)),
    ("平成", date(1989, 1, 8)),
    ("昭和", date(1926, 12, 25)),
    ("大正", date(1912, 7, 30)),
)


def spoken(kana: str) -> str:
    """A reading as it is heard: without marks, small kana, long marks and spaces."""
    heard = ""
    for written in "".join(kana.split()):
        character = chr(ord(written) + 0x60) if "ぁ" <= written <= "ゔ" else written
        plain = _PLAIN.get(character, character)
        if heard and (plain == "ー" or (plain == "ウ" and _VOWEL_OF.get(heard[-1]) == "オ")):
            plain = _VOWEL_OF.get(heard[-1], plain)
        heard += plain
    return heard


class Characters:
    """Which characters are shapes of one."""

    def __init__(self) -> None:
        joined: dict[str, set[str]] = defaultdict(set)
        for table in tomllib.loads(_TABLE.read_text(encoding="utf-8"))["table"]:
            for one, other in table["pairs"]:
                together = {one, other} | joined[one] | joined[other]
                for character in together:
                    joined[character] = together
        self._joined = {character: "".join(sorted(together)) for character, together in joined.items()}

    def shapes(self, character: str) -> str:
        """The other shapes of a character, "" where there are none."""
        return self._joined.get(character, "").replace(character, "")

    def common(self, name: str) -> str:
        """A name with one character for each class, without spaces and selectors, Latin in small letters."""
        kept = (one for one in "".join(name.split()).lower() if not "\ufe00" <= one <= "\ufe0f" and one < "\U000e0000")
        return "".join(self._joined.get(one, one)[0] for one in kept)


def wareki(day: date) -> str:
    """A day as it is written in its era."""
    era = next((name for name, first in _FIRST_DAYS if day >= first), "明治")
    return f"{era}{day.year - _ERAS[era]}年{day.month}月{day.day}日"


def swapped(reading: str) -> set[str]:
    """A heard reading with two neighbouring kana in each other's place."""
    return {reading[:at] + reading[at + 1] + reading[at] + reading[at + 2 :] for at in range(len(reading) - 1)}


def one_wrong(left: str, right: str) -> bool:
    """Whether two heard readings differ in exactly one kana."""
    return len(left) == len(right) and sum(one != other for one, other in zip(left, right, strict=True)) == 1
