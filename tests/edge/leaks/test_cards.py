"""Every way a card is used, and fails, at the lowest log level: no code, number or name is left anywhere."""

import json
import logging
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.card.given import GivenReaders
from app.domain.clock import SystemClock, SystemRandom
from app.domain.person import Sex
from app.errors import AppError, CardError
from app.log import _JsonLines
from app.standin.cards.authority import TrainingAuthority
from app.standin.cards.drawing import Drawing
from app.standin.cards.files import CardMaker
from app.standin.cards.holder import Holder
from app.standin.cards.other_profiles import DRIVER, RESIDENT, first_card, licence_card, second_card
from app.standin.cards.virtual import VirtualCard
from app.ui.messages import load_messages
from tests.edge.leaks.marked import ADDRESS, CARD_PASSWORD, ON_CARD, PERSONS, PIN, SURNAME, SURNAME_KANA
from tests.edge.leaks.searcher import Searcher
from tests.support.bent import Answer, Bent
from tests.support.cards import RESOURCES
from tests.support.flows import FLOWS, Anchors, People, Uses
from tests.support.proving import fresh

READER = "reader"
NAME = f"{SURNAME}　{PERSONS[0].given}"
PLAIN_NAME, PLAIN_ADDRESS = "黽鼈　齠齣龕", "龜縣鼈市中央区齠齣町四丁目"
"""Rare, but within JIS X 0208, which is all that a licence can write."""
PEOPLE = People(
    holder=Holder(NAME, ADDRESS, PERSONS[0].birth, Sex.FEMALE, PERSONS[0].my_number, **ON_CARD),
    driver=replace(DRIVER, name=PLAIN_NAME, kana=SURNAME_KANA, address=PLAIN_ADDRESS, pins=("7291", "8463")),
    resident=replace(RESIDENT, number="QX84736251ZK", birth=date(1987, 2, 23)),
)
MARKS = {
    "name": SURNAME,
    "kana": SURNAME_KANA,
    "address": "棈鋹町七丁目",
    "number": PERSONS[0].my_number,
    "code B": PEOPLE.holder.code_b,
    "PIN": PIN,
    "password": CARD_PASSWORD,
    "first PIN of the licence": PEOPLE.pins[0],
    "second PIN of the licence": PEOPLE.pins[1],
    "name on the licence": PLAIN_NAME.partition("　")[2],
    "address on the licence": "齠齣町四丁目",
    "residence card number": PEOPLE.resident.number,
}
STATUSES = (0x6982, 0x6984, 0x63C1, 0x6F00, 0x6581)


class Plain(logging.Formatter):
    """All there is of a record: what any log could show of it."""

    def format(self, record: logging.LogRecord) -> str:
        fields = {name: repr(value) for name, value in vars(record).items()}
        return f"{super().format(record)} {json.dumps(fields, ensure_ascii=False)}"


@pytest.fixture
def temporary(tmp_path: Path) -> Iterator[Path]:
    """This test's folder for temporary files, with two logs of everything: the product's, and a talkative one."""
    root, handlers = logging.getLogger(), []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(tmp_path))
        patch.setattr(tempfile, "tempdir", None)
        for name, formatter in (("product.log", _JsonLines()), ("all.log", Plain())):
            handlers.append(logging.FileHandler(tmp_path / name, encoding="utf-8"))
            handlers[-1].setFormatter(formatter)
            root.addHandler(handlers[-1])
        level = root.level
        root.setLevel(logging.DEBUG)
        try:
            yield tmp_path
        finally:
            root.setLevel(level)
            for handler in handlers:
                root.removeHandler(handler)
                handler.close()


@pytest.fixture(scope="module")
def sound() -> dict[str, VirtualCard]:
    """One card of each kind, of the marked people."""
    maker = CardMaker(TrainingAuthority.load(RESOURCES / "training" / "card"), Drawing())
    return {
        "adult": maker.make(PEOPLE.holder),
        "licence": licence_card(PEOPLE.driver),
        "residence_first": first_card(PEOPLE.resident),
        "residence_second": second_card(PEOPLE.resident),
    }


def new(card: VirtualCard) -> VirtualCard:
    return fresh(card) if hasattr(card, "applications") else replace(card, log=[])  # type: ignore[arg-type, type-var]


def crash(error: BaseException) -> None:
    """What the program does with an error that nobody caught; with it goes what the clerk is told."""
    logging.getLogger("app").critical("not caught", exc_info=error)
    if isinstance(error, CardError):
        logging.getLogger("app").debug("shown", extra={"told": load_messages().of(error).spoken()})


def failing(uses: Uses, readers: GivenReaders, name: str, card: VirtualCard, answers: dict[int, Answer]) -> None:
    """One flow with other answers to some commands; every error goes the way of a crash."""
    bent = Bent(new(card), lambda index, _, answer: answers.get(index, answer))
    with suppress(AppError):
        try:
            FLOWS[name].act(uses, readers.put(READER, bent))
        except AppError as error:
            crash(error)
            raise


def test_no_use_of_any_card_leaves_a_word_of_its_holder(temporary: Path, sound: dict[str, VirtualCard]) -> None:
    readers = GivenReaders((READER,), SystemClock())
    uses = Uses(readers, Anchors.load(), SystemClock(), SystemRandom(), PEOPLE)
    others = Uses(readers, Anchors.load(), SystemClock(), SystemRandom())
    kept: list[object] = []
    try:
        for name, flow in FLOWS.items():
            card = Bent(new(sound[flow.profile]), lambda _, __, answer: answer)
            kept.append(flow.act(uses, readers.put(READER, card)))
            logging.getLogger("app").debug("read", extra={"result": kept[-1]})
            for index in (*range(12), *range(12, len(card.said), 9)):
                strange = (b"\xff" * 9, 0x9000) if index % 2 else (b"", STATUSES[index % len(STATUSES)])
                failing(uses, readers, name, sound[flow.profile], {index: strange})
            with suppress(AppError):
                flow.act(others, readers.put(READER, new(sound[flow.profile])))
    finally:
        readers.close()
    assert len(kept) == len(FLOWS)
    logged = (temporary / "product.log").read_text("utf-8")
    assert logged.count('"exchange"') > 1000
    assert logged.count('"not caught"') > 40
    finds = Searcher(MARKS).files([temporary])
    assert finds == [], "\n".join(f"{find.mark} as {find.how} {find.inside} in {find.place}" for find in finds[:20])


def test_a_mark_that_is_logged_is_found(temporary: Path) -> None:
    logging.getLogger("app.card").debug("exchange", extra={"out": PEOPLE.holder.code_b.encode().hex()})
    logging.getLogger("app.card").debug("exchange", extra={"pin": PIN})
    found = {find.mark for find in Searcher(MARKS).files([temporary])}
    assert found == {"code B", "PIN"}
