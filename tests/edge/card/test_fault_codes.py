"""The faults of cards and readers in one table: each has its own code and datum, and sentences of its own."""

import inspect
import re
from itertools import combinations

import pytest

from app.domain.verdict import Failed, NotChecked
from app.errors import AppError, CardNotProven
from app.ui.messages import load_messages
from tests.edge.card import (
    test_faults,
    test_faults_other,
    test_faults_reader,
    test_faults_verdict,
    test_pinpad_lies,
    test_pinpad_reader,
)

MESSAGES = load_messages()

FAULTS = {
    "the service of the system is away": ("card.service_down", {}),
    "no such reader": ("card.no_reader", {}),
    "the reader was unplugged": ("card.reader_gone", {}),
    "the card does not answer to power": ("card.mute", {}),
    "another program holds the card": ("card.busy", {}),
    "another program has reset the card": ("card.reset", {}),
    "the card went away": ("card.removed", {}),
    "the card is silent": ("card.silent", {}),
    "the PIN pad is none": ("card.pad_failed", {"during": "verify"}),
    "ended by the clerk": ("card.cancelled", {}),
    "a code of the wrong form": ("card.bad_format", {"field": "code_b_length"}),
    "no My Number card": ("card.not_this_card", {"application": "face"}),
    "a card without certificates": ("card.not_this_card", {"application": "jpki"}),
    "no driving licence": ("card.not_this_card", {"application": "licence"}),
    "no residence card": ("card.not_this_card", {"application": "residence"}),
    "the printed code is wrong": ("card.wrong_code", {"left": 9, "key": "attributes_b"}),
    "the PIN of the certificate is wrong": ("card.wrong_pin", {"left": 2, "key": "user_pin"}),
    "the password is wrong": ("card.wrong_pin", {"left": 4, "key": "sign_password"}),
    "the PIN of a licence is wrong": ("card.wrong_pin", {"left": 2, "key": "licence_pin_1"}),
    "the number of a residence card is wrong": ("card.wrong_number", {}),
    "one try of the printed code": ("card.last_try", {"key": "attributes_b"}),
    "one try of the password": ("card.last_pin_try", {"key": "sign_password"}),
    "the printed code is blocked": ("card.code_blocked", {"key": "attributes_b"}),
    "the PIN of the certificate is blocked": ("card.code_blocked", {"key": "user_pin"}),
    "the PIN of a licence is blocked": ("card.licence_blocked", {"key": "licence_pin_1"}),
    "no signature certificate": ("card.certificate_absent", {"purpose": "digital_signature"}),
    "another object than the file's": ("card.bad_data", {"what": "FF20"}),
    "an object that is missing": ("card.bad_data", {"what": "DF24"}),
    "a wrong length": ("card.bad_data", {"what": "length"}),
    "a tag without end": ("card.bad_data", {"what": "tag"}),
    "a file as long as no file": ("card.bad_data", {"what": "file 02"}),
    "a name that is no text": ("card.bad_data", {"what": "name"}),
    "a day that is none": ("card.bad_data", {"what": "birth"}),
    "a number that is none": ("card.bad_data", {"what": "number"}),
    "it refuses the application": ("card.refused", {"status": "6581"}),
    "it refuses a length": ("card.refused", {"status": "6700"}),
    "what was open is closed": ("card.refused", {"status": "6A82"}),
    "it keeps something closed": ("card.refused", {"status": "6982"}),
    "it does not know why itself": ("card.refused", {"status": "6F00"}),
    "an issuer nobody knows": ("card.not_proven", {"reason": "card_issuer_unknown"}),
    "a record that was altered": ("card.not_proven", {"reason": "card_record_altered"}),
    "a copy without keys": ("card.not_proven", {"reason": "card_did_not_sign"}),
    "a copy with keys of its own": ("card.not_proven", {"reason": "card_copied"}),
    "the applications are of two persons": ("card.not_proven", {"reason": "card_applications_disagree"}),
    "a certificate of no known form": ("card.not_proven", {"reason": "card_certificate_malformed"}),
    "a certificate for another key": ("card.not_proven", {"reason": "card_certificate_altered"}),
    "no card certificate": ("card.not_proven", {"reason": "card_no_certificate"}),
}
"""What the clerk can tell apart → the code and the datum that stay as they are, whatever is rewritten."""

Pair = tuple[str, frozenset[tuple[str, str | int]]]


def pair(code: str, data: dict[str, str | int]) -> Pair:
    return code, frozenset(data.items())


def kinds(root: type[AppError] = AppError) -> dict[str, type[AppError]]:
    """All errors by code and by name."""
    found = {root.code: root, root.__name__: root}
    for child in root.__subclasses__():
        found |= kinds(child)
    return found


def met() -> set[Pair]:
    """What the tables and tests of faults end in; each of them holds the two seconds and the next card."""
    pairs = {pair(row.ends.code, row.data) for row in test_faults.FAULTS.values()}
    pairs |= {pair(row.ends.code, row.data) for row in test_faults_other.FAULTS.values()}
    for row in test_faults_verdict.STRANGE.values():
        verdicts = [each for each in (row.issuer, row.record, row.chip) if isinstance(each, Failed | NotChecked)]
        pairs |= {pair("card.not_proven", {"reason": each.reason}) for each in verdicts}
    for module in (test_faults_reader, test_pinpad_lies, test_pinpad_reader):
        source, known = inspect.getsource(module), kinds()
        named = re.findall(r"(?:told_soon\(|raises\(|\) is )(\w+)", source)
        data = {"during": "verify"} if '{"during": "verify"}' in source else {}
        for error in (known[name] for name in named if name in known):
            pairs |= {pair(error.code, {}), pair(error.code, data)}
    return pairs


def sentences(code: str, data: dict[str, str | int]) -> tuple[str, str, str]:
    """Title, why and next as the clerk reads them."""
    if code == CardNotProven.code:
        shown = MESSAGES.of(CardNotProven())
        return shown.title, MESSAGES.reason(Failed(str(data["reason"]))), shown.next
    shown = MESSAGES.of(kinds()[code](**data))
    return shown.title, shown.why, shown.next


def test_at_least_twenty_faults_have_a_code_or_datum_of_their_own() -> None:
    assert len({pair(*fault) for fault in FAULTS.values()}) == len(FAULTS)
    assert len(FAULTS) >= 20
    assert len({code for code, _ in FAULTS.values()}) >= 20


@pytest.mark.parametrize("name", FAULTS)
def test_each_is_met_by_a_card_or_reader_that_has_it(name: str) -> None:
    assert pair(*FAULTS[name]) in met()


def test_no_fault_that_is_met_ends_in_another_code() -> None:
    assert {code for code, _ in met() if code.startswith("card")} == {code for code, _ in FAULTS.values()}


@pytest.mark.parametrize("name", FAULTS)
def test_each_says_in_japanese_what_why_and_what_now(name: str) -> None:
    told = sentences(*FAULTS[name])
    for sentence in told:
        assert re.search(r"[ぁ-ん]", sentence), sentence
        assert not re.search(r"[{}―]|[a-z]_[a-z]", sentence), sentence
    assert len(set(told)) == len(told)


def test_no_two_of_them_say_the_same() -> None:
    told = {name: sentences(*fault) for name, fault in FAULTS.items()}
    assert [both for both in combinations(told, 2) if told[both[0]] == told[both[1]]] == []


def test_what_helps_is_told_where_causes_of_one_kind_need_different_help() -> None:
    def help_for(name: str) -> str:
        return sentences(*FAULTS[name])[2]

    assert "券面" in help_for("the printed code is wrong")
    assert "持ち主" in help_for("the PIN of the certificate is wrong")
    assert "持ち主" in help_for("one try of the password")
    assert "警察署" in help_for("the PIN of a licence is blocked")
    assert "警察署" not in help_for("the PIN of the certificate is blocked")
