"""A journal that is locked by another program refuses (C-11, R-041): no act, no slip, nothing laid down to be sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import event

from app.client.counter import shipped_slip_words
from app.client.papers import ApplicationSheets, Papers, VisitSlips
from app.errors import StoreBusy
from app.paper.press import FormPress
from app.services.close_visit import CloseVisit
from app.services.compose_application import SheetStyle, parse_sheet_words
from app.services.compose_form import Issuer
from app.services.compose_visit_slip import Served
from app.services.form_words import parse_form_words
from app.services.open_visit import OpenVisit
from app.shipped import read_toml, resource
from app.ui.flows.visit_acts import ReceiptSlip
from tests.edge.store.test_postbox import arrived, drain
from tests.support.claims import CLAIM
from tests.support.counter_memory import CounterPc
from tests.support.powercut.counter import a_draft

pytestmark = pytest.mark.keyring

ISSUER = Issuer("北市中央区長", "北市", "見本県")
PATIENCE = "PRAGMA busy_timeout = 50"
"""What waits ten seconds in service waits 50 ms here."""


@contextmanager
def locked(pc: CounterPc) -> Iterator[None]:
    """Another connection of another program writes and does not come to an end."""
    engine = pc.memory.terminal.database.engine

    def hurried(connection: object, *_: object) -> None:
        assert isinstance(connection, sqlcipher.Connection)
        connection.execute(PATIENCE)

    event.listen(engine, "checkout", hurried)
    other = engine.raw_connection()
    other.cursor().execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.cursor().execute("ROLLBACK")
        other.close()
        event.remove(engine, "checkout", hurried)


def test_a_locked_journal_keeps_no_act_makes_no_slip_and_sends_nothing(pc: CounterPc) -> None:
    session, journal = pc.at_work(), pc.memory.journal
    visit = OpenVisit(journal)(pc.press(), session, "A012")
    drain(pc)
    sent, size = arrived(pc), journal.size
    slips = VisitSlips(
        FormPress(resource("forms")),
        shipped_slip_words(),
        (ISSUER, "様", "訓練"),
        journal,
    )
    said = parse_form_words(read_toml("text", "forms.toml"), training=True)
    served, receipts = Served("見本　花子", ()), Papers(FormPress(resource("forms")), said, ISSUER, journal)
    style = SheetStyle(parse_sheet_words(read_toml("text", "application_sheet.toml")), said, ISSUER)
    sheets = ApplicationSheets(FormPress(resource("forms")), style, journal)
    slip = ReceiptSlip(a_draft(1), CLAIM, "R000001", date(2026, 11, 20))
    with locked(pc):
        for work in (
            lambda: OpenVisit(journal)(pc.press(), session, "A013"),
            lambda: CloseVisit(journal)(pc.press(), session, visit),
            lambda: slips.slip(pc.press(), session, visit, served),
            lambda: receipts.slip(pc.press(), session, slip),
            lambda: sheets.sheet(pc.press(), session, slip),
        ):
            with pytest.raises(StoreBusy):
                work()
    drain(pc)
    assert (arrived(pc), journal.size, pc.memory.postbox.waiting()) == (sent, size, ())
    assert slips.slip(pc.press(), session, visit, served)
    assert receipts.slip(pc.press(), session, slip)
    shown = [act.detail() for act in journal.acts_of_visit("v1") if act.kind == "paper.shown"]
    assert [(one["output"], one["number"]) for one in shown] == [("receipt", "R000001")]
    CloseVisit(journal)(pc.press(), session, visit)
    drain(pc)
    assert len(arrived(pc)) == len(sent) + 1
    assert journal.faults() == ()
