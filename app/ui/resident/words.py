"""The languages of the resident's display: one set of sentences, each with the mark whether somebody reviewed it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.ui.resources import TextFault, read_toml
from app.ui.texts.reading import places

BASE = "ja"
"""やさしい日本語: what stands there when nothing else may."""
LANGUAGES = (BASE, "en", "zh", "ko", "vi", "pt", "tl")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence or label. ``reviewed``: somebody who is qualified has looked at it."""

    text: str
    reviewed: bool


@dataclass(frozen=True, slots=True)
class Language:
    """``fonts``: families that cover it, first those wanted; ``unreviewed``: the mark shown in training."""

    code: str
    name: str
    fonts: tuple[str, ...]
    unreviewed: str
    sentences: Mapping[str, Sentence]
    labels: Mapping[str, Sentence]


@dataclass(frozen=True, slots=True)
class Said:
    """What is shown: the line itself, the same in やさしい日本語 where that is another one, and in which language.

    ``mark``: the words that say it is unreviewed, "" for none.
    """

    text: str
    below: str
    language: str
    mark: str = ""


class ResidentWords:
    """Gives sentences in the language asked for; in production only what was reviewed, else やさしい日本語."""

    def __init__(self, languages: Mapping[str, Language], official: Mapping[str, str], *, training: bool) -> None:
        """``official``: label of a form → key of its words."""
        self._languages, self._official, self._training = languages, official, training

    def language(self, code: str) -> Language:
        """One of ``LANGUAGES``."""
        return self._languages[code]

    def next_after(self, code: str) -> str:
        """The language that comes after this one; after the last the first."""
        return LANGUAGES[(LANGUAGES.index(code) + 1) % len(LANGUAGES)]

    def say(self, code: str, key: str, **values: str) -> Said:
        """The sentence ``key`` with its places filled."""
        return self._said(code, self._languages[code].sentences[key], self._languages[BASE].sentences[key], values)

    def label(self, code: str, official: str) -> Said:
        """What an item of a form is called; a name we have no words for stands as the form has it.

        What stands before its last part, such as whose row it is, stays.
        """
        whose, gap, last = official.rpartition("\u3000")
        key = self._official.get(last)
        if key is None:
            return Said(official, "", BASE)
        said = self._said(code, self._languages[code].labels[key], self._languages[BASE].labels[key], {})
        return Said(f"{whose}{gap}{said.text}", said.below, said.language, said.mark)

    def _said(self, code: str, own: Sentence, base: Sentence, values: Mapping[str, str]) -> Said:
        plain = base.text.format(**values)
        if code == BASE or not (own.reviewed or self._training):
            return Said(plain, "", BASE)
        text = own.text.format(**values)
        mark = "" if own.reviewed else self._languages[code].unreviewed
        return Said(text, "" if text == plain else plain, code, mark)


def read_languages() -> dict[str, dict[str, Any]]:
    """The shipped files by the codes of their languages."""
    return {code: read_toml("text", "resident", f"{code}.toml") for code in LANGUAGES}


def load_resident_words(*, training: bool) -> ResidentWords:
    """The shipped languages. Errors: as ``resident_words``."""
    return resident_words(read_languages(), training=training)


def resident_words(raw: Mapping[str, Mapping[str, Any]], *, training: bool) -> ResidentWords:
    """Languages from their tables. Errors: TextFault where one says more, less or other places than やさしい日本語."""
    languages = {code: _language(code, table) for code, table in raw.items()}
    base = languages[BASE]
    for one in languages.values():
        _demand_same(one, base)
    official = {label: key for key, entry in raw[BASE]["label"].items() for label in entry["of"]}
    return ResidentWords(languages, official, training=training)


def _language(code: str, table: Mapping[str, Any]) -> Language:
    mark = "" if code == BASE else str(table["unreviewed"])
    return Language(
        code,
        table["name"],
        tuple(table["fonts"]),
        mark,
        _sentences(code, table["say"]),
        _sentences(code, table["label"]),
    )


def _sentences(code: str, table: Mapping[str, Any]) -> dict[str, Sentence]:
    found = {}
    for key, entry in table.items():
        reviewed = True if code == BASE else entry.get("reviewed")
        if not isinstance(entry.get("text"), str) or not entry["text"] or not isinstance(reviewed, bool):
            raise TextFault(f"resident/{code}.toml [{key}]: text and reviewed are needed")
        found[key] = Sentence(entry["text"], reviewed)
    return found


def _demand_same(one: Language, base: Language) -> None:
    for mine, theirs in ((one.sentences, base.sentences), (one.labels, base.labels)):
        if odd := mine.keys() ^ theirs.keys():
            raise TextFault(f"resident/{one.code}.toml: missing or unknown {sorted(odd)}")
        for key, sentence in mine.items():
            if places(sentence.text) != places(theirs[key].text):
                raise TextFault(f"resident/{one.code}.toml [{key}]: other places than {base.code}.toml")
