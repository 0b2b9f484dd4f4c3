"""Where somebody printed a kind of paper last is kept on this PC, for each person and kind by itself."""

import pytest

from app.domain.printing import PrintChoice
from app.store.print_choices import PrintChoiceBook
from tests.support.counter_memory import CounterPc

pytestmark = pytest.mark.keyring
SEAL_PAPER = PrintChoice("3番窓口", "bottom", 2)


def test_each_person_and_kind_has_its_own_printer(pc: CounterPc) -> None:
    book = PrintChoiceBook(pc.memory.terminal)
    assert book.choice("k1001", "notice") is None
    book.keep_choice("k1001", "notice", SEAL_PAPER)
    book.keep_choice("k1001", "receipt", PrintChoice("奥の複合機"))
    book.keep_choice("k1001", "notice", SEAL_PAPER)
    assert PrintChoiceBook(pc.memory.terminal).choice("k1001", "notice") == SEAL_PAPER
    assert book.choice("k1001", "receipt") == PrintChoice("奥の複合機")
    assert book.choice("k1002", "notice") is None
