"""The resident's languages: every sentence in each of them, in a font that has its letters, honest about its review."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QRawFont
from PySide6.QtWidgets import QApplication

from app.domain.resident_view import CallOut
from app.ui.resident.words import (
    BASE,
    LANGUAGES,
    ResidentWords,
    Said,
    Sentence,
    load_resident_words,
    read_languages,
    resident_words,
)
from app.ui.resources import TextFault
from app.ui.texts.reading import places

FOREIGN = tuple(one for one in LANGUAGES if one != BASE)


@pytest.fixture(scope="module")
def training() -> ResidentWords:
    return load_resident_words(training=True)


@pytest.fixture(scope="module")
def production() -> ResidentWords:
    return load_resident_words(training=False)


def sentences(code: str) -> Iterator[tuple[str, Sentence]]:
    language = load_resident_words(training=True).language(code)
    yield from language.sentences.items()
    yield from language.labels.items()


@pytest.mark.parametrize("code", FOREIGN)
def test_each_language_has_the_same_sentences_with_the_same_places(code: str) -> None:
    base, own = dict(sentences(BASE)), dict(sentences(code))
    assert own.keys() == base.keys()
    assert {key: places(one.text) for key, one in own.items()} == {key: places(one.text) for key, one in base.items()}


@pytest.mark.parametrize("spoil", ["missing", "unknown", "places", "mark"])
def test_a_language_that_does_not_fit_is_found_at_start(spoil: str) -> None:
    raw = read_languages()
    spoiled = raw["ko"]
    match spoil:
        case "missing":
            del spoiled["say"]["right"]
        case "unknown":
            spoiled["say"]["rihgt"] = {"text": "x", "reviewed": False}
        case "places":
            spoiled["say"]["page"]["text"] = "{at}"
        case "mark":
            del spoiled["say"]["right"]["reviewed"]
    with pytest.raises(TextFault, match="ko"):
        resident_words(raw, training=True)


@pytest.mark.parametrize("code", FOREIGN)
def test_in_production_a_sentence_nobody_reviewed_is_said_in_easy_japanese(
    code: str, production: ResidentWords, training: ResidentWords
) -> None:
    for key, sentence in sentences(code):
        assert sentence.reviewed is False, f"{code} {key}: who reviewed it?"
    said = production.say(code, "please_check")
    assert (said.language, said.mark) == (BASE, "")
    assert said.text == production.say(BASE, "please_check").text
    marked = training.say(code, "please_check")
    assert (marked.language, marked.below) == (code, said.text)
    assert marked.mark


def test_a_reviewed_sentence_is_said_in_production_without_a_mark(training: ResidentWords) -> None:
    languages = {code: training.language(code) for code in LANGUAGES}
    reviewed = Sentence(languages["en"].sentences["right"].text, reviewed=True)
    language = replace(languages["en"], sentences={**languages["en"].sentences, "right": reviewed})
    words = ResidentWords({**languages, "en": language}, {}, training=False)
    assert words.say("en", "right") == Said("Correct", "合っています", "en")
    assert words.say("en", "wrong").language == BASE


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_letter_of_a_language_is_in_one_font_of_this_pc(code: str, qapp: QApplication) -> None:
    """Mixed fonts in one word look wrong: Vietnamese marks, Hangul and simplified characters are of one family."""
    language = load_resident_words(training=True).language(code)
    here = set(QFontDatabase.families())
    families = [one for one in language.fonts if one in here]
    assert families, f"none of {language.fonts} is installed"
    font = QFont(families[0])
    font.setPixelSize(24)
    raw = QRawFont.fromFont(font)
    text = "".join(sentence.text for _, sentence in sentences(code)) + language.name + language.unreviewed
    assert sorted({one for one in text if not raw.supportsCharacter(ord(one)) and one.isprintable()}) == []


def test_the_clerk_goes_through_all_languages_by_one_key_and_comes_back(training: ResidentWords) -> None:
    seen = [BASE]
    while (following := training.next_after(seen[-1])) != BASE:
        seen.append(following)
    assert tuple(seen) == LANGUAGES


def test_every_call_out_has_its_words(training: ResidentWords) -> None:
    assert all(training.say(code, call.value).text for code in LANGUAGES for call in CallOut)


def test_the_name_of_an_item_is_said_in_the_language_and_whose_it_is_stays(training: ResidentWords) -> None:
    assert training.label("en", "児童 1\u3000氏名").text == "児童 1\u3000Name"
    assert training.label("en", "知らない項目").text == "知らない項目"
