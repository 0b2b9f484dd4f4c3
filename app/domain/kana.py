"""Kana folded for search: what sounds or is heard alike becomes one string."""

import re
import unicodedata

KANA_U, KANA_O, VOWELS = "ウ", "オ", "アイウエオ"
KANA_VU, FOLDED_VA = "ヴゔ", "ハヒヘホ"
"""A kana that makes one sound with a small vowel behind it, and what the two are folded to."""
_VOICE_MARKS = "\u3099\u309a\u309b\u309c"
_SMALL = dict(zip("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ", strict=True))
_SAME_SOUND = {
    "ヂ": "ジ",
    "ヅ": "ズ",
    "ヲ": "オ",
    "ヰ": "イ",
    "ヱ": "エ",
    "ヷ": "ワ",
    "ヸ": "イ",
    "ヹ": "エ",
    "ヺ": "オ",
}
_VU = {"ヴァ": "バ", "ヴィ": "ビ", "ヴェ": "ベ", "ヴォ": "ボ", "ヴ": "ブ"}
_ROWS = {
    "ア": "アカサタナハマヤラワ",
    "イ": "イキシチニヒミリ",
    "ウ": "ウクスツヌフムユル",
    "エ": "エケセテネヘメレ",
    "オ": "オコソトノホモヨロ",
}
_VOWEL = {kana: vowel for vowel, row in _ROWS.items() for kana in row}
_HALF = re.compile("[\uff65-\uff9f]+")
DASHES = frozenset("ー‐‑–—―−－ｰ-")


def to_katakana(text: str) -> str:
    """Hiragana as katakana; everything else stays."""
    return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in text)


def wide_kana(text: str) -> str:
    """Kana of any kind as full width katakana; everything else stays."""
    return to_katakana(_HALF.sub(lambda half: unicodedata.normalize("NFKC", half[0]), text))


def is_kana(text: str) -> bool:
    """Whether it is written in kana alone, of either kind."""
    return all("ァ" <= character <= "ヿ" for character in to_katakana(text))


def fold_kana(text: str) -> str:
    """The search form of kana within ``text``; other characters stay.

    Hiragana = katakana, voiced = unvoiced, small = full size, ヂ = ジ and ヅ = ズ, a long mark = its vowel, ウ after an
    オ sound = オ. Source: 住民記録システム標準仕様書 2.1.2, published (of 1.0; the long mark's vowel is assumed).
    """
    kana = to_katakana(text)
    for sound, plain in _VU.items():
        kana = kana.replace(sound, plain)
    kana = "".join(_SAME_SOUND.get(c, c) for c in kana)
    folded = ""
    for character in kana:
        plain = _SMALL.get(character, _unvoiced(character))
        vowel = _VOWEL.get(folded[-1]) if folded else None
        if vowel and (character in DASHES or (plain == "ウ" and vowel == "オ")):
            plain = vowel
        if plain not in DASHES:
            folded += plain
    return folded


def _unvoiced(character: str) -> str:
    if not "゙" <= character <= "ヿ":
        return character
    return "".join(c for c in unicodedata.normalize("NFD", character) if c not in _VOICE_MARKS)
