"""Words and sentences: every key fits, every error speaks, every place is filled."""

import copy
import re
import tomllib
from pathlib import Path

import pytest

import app.errors
from app.domain.verdict import Failed, NotChecked, Verified
from app.errors import AppError, CodeBlocked, Refused, Unreachable, WrongCode
from app.ui.messages import FALLBACK, Messages, load_messages
from app.ui.resources import TextFault, read_toml
from app.ui.texts import Texts, load_texts, shipped_words
from app.ui.texts.reading import places, read_section


def _every_error(root: type[AppError]) -> list[type[AppError]]:
    return [root, *(found for child in root.__subclasses__() for found in _every_error(child))]


ERRORS = [kind for kind in _every_error(AppError) if kind.__module__.startswith(f"{app.errors.__name__}.")]


@pytest.fixture
def raw() -> dict:
    return shipped_words()


def test_the_shipped_words_fit_the_program():
    texts = load_texts()
    assert texts.sign_in.title == "サインイン"
    assert texts.lock.soon(20) == "操作がないため、あと20秒で画面をロックします。"


def test_a_missing_word_is_found_at_start(raw):
    broken = copy.deepcopy(raw)
    del broken["lock"]["title"]
    with pytest.raises(TextFault, match=r"\[lock\]: missing \['title'\]"):
        read_section(Texts, broken, "ja.toml")


def test_an_unknown_word_is_found_at_start(raw):
    broken = copy.deepcopy(raw)
    broken["lock"]["titel"] = "x"
    with pytest.raises(TextFault, match="titel"):
        read_section(Texts, broken, "ja.toml")


@pytest.mark.parametrize("sentence", ["あと少しで", "あと{minutes}分", "あと{}秒"])
def test_a_sentence_with_wrong_places_is_found_at_start(raw, sentence):
    broken = copy.deepcopy(raw)
    broken["lock"]["soon"] = sentence
    with pytest.raises(TextFault):
        read_section(Texts, broken, "ja.toml")


def test_a_place_where_none_is_filled_is_found_at_start(raw):
    broken = copy.deepcopy(raw)
    broken["lock"]["title"] = "{what}をロック"
    with pytest.raises(TextFault):
        read_section(Texts, broken, "ja.toml")


@pytest.fixture(scope="module")
def errors() -> dict[str, dict[str, str]]:
    """Read once for all kinds."""
    said: dict[str, dict[str, str]] = read_toml("text", "ja.toml")["error"]
    return said


@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.code)
def test_every_error_has_its_own_sentences(kind: type[AppError], errors: dict[str, dict[str, str]]):
    assert kind.code in errors, f'add [error."{kind.code}"] to resources/text/ja.toml'


@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.code)
def test_places_in_an_error_are_data_that_the_error_documents(kind: type[AppError], errors: dict[str, dict[str, str]]):
    entry = errors[kind.code]
    documented = set(re.findall(r"``(\w+)", " ".join(parent.__doc__ or "" for parent in kind.__mro__)))
    used = set().union(*(places(sentence) for sentence in entry.values()))
    if issubclass(kind, CodeBlocked | WrongCode):
        documented |= {"key", "left"}
    assert used <= documented | {"code"}


def test_no_two_errors_share_a_code_and_no_sentence_lacks_its_error():
    codes = [kind.code for kind in ERRORS]
    assert len(codes) == len(set(codes))
    assert set(read_toml("text", "ja.toml")["error"]) == {*codes, FALLBACK}


def test_a_wrong_code_says_which_and_how_many_tries_are_left():
    message = load_messages().of(WrongCode(left=9, key="face_b"))
    assert message.title == "照合番号Bが違います"
    assert "あと9回" in message.why
    assert message.code == "card.wrong_code"


def test_a_refusal_speaks_with_the_sentence_of_its_reason():
    tables = read_toml("text", "ja.toml")
    tables["refusal"]["own_work"] = {"title": "点検できません", "why": "自分の入力です。", "next": "別の職員へ。"}
    messages = Messages(tables)
    assert messages.of(Refused("own_work")).title == "点検できません"
    unknown = messages.of(Refused("from_a_newer_server"))
    assert "from_a_newer_server" in unknown.why


def test_every_refusal_has_three_parts_and_no_empty_one():
    for reason, entry in read_toml("text", "ja.toml")["refusal"].items():
        assert entry.keys() == {"title", "why", "next"}, reason
        assert all(entry.values()), reason


def test_an_error_of_a_newer_program_falls_back_and_names_its_code():
    class FromTomorrow(AppError):
        code = "tomorrow"

    assert "tomorrow" in load_messages().of(FromTomorrow()).why


def test_data_that_did_not_come_along_leaves_a_dash_and_no_second_error():
    assert "―" in load_messages().of(app.errors.BadCardData()).why


def test_a_verdict_tells_its_reason_in_words():
    messages = load_messages()
    assert not messages.reason(Verified())
    assert "署名の対象外" in messages.reason(NotChecked("card_outside_signature"))
    assert messages.reason(Failed("not_in_the_table")) == "not_in_the_table"


def test_a_message_can_be_read_aloud_in_one_piece():
    message = load_messages().of(Unreachable())
    assert message.spoken() == f"{message.title} {message.why} {message.next}"


def test_every_item_of_a_file_of_the_business_systems_has_a_japanese_name():
    layouts = [
        path
        for path in (Path(__file__).parents[2] / "resources" / "layouts").glob("*.toml")
        if path.name != "codes.toml"
    ]
    items = {field["name"] for path in layouts for field in tomllib.loads(path.read_text("utf-8"))["field"]}
    assert items
    assert items == dict(load_messages().words("layout_item")).keys()
