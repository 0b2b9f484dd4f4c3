"""What the log of a counter says of a day's work: each item that it has to hold (C-11, R-041, R-052, R-069)."""

from dataclasses import replace

import pytest

from app.domain.clock import business_date
from app.domain.number import MyNumber
from app.domain.rights import ItemClass, Right
from app.domain.secret import secret
from app.errors import NotAllowed, SignInRefused
from app.services.card_port import Insertion, NumberReading, Picture
from app.services.close_visit import CloseVisit
from app.services.confirm_number import Asking, CardEntry, ConfirmNumber
from app.services.confirm_person import ConfirmPerson
from app.services.lock import Why
from app.services.ports.seat import Session
from app.wire.register import SearchByFour
from tests.support.claims import CLAIM
from tests.support.documents import CAPACITIES, DOCUMENTS
from tests.unit.services.conftest import Desk, hit, record
from tests.unit.services.test_confirm_number import NUMBER, QUICK, VALID, Leave

PICTURE = Picture(b"\x89PNG", 1, 1)


class Card:
    """A card that gives the number and its picture."""

    def number_by_code_a(self, at: Insertion, entry: str, *, last_try_confirmed: bool = False) -> NumberReading:
        return NumberReading(at, MyNumber(entry), None, VALID, QUICK, PICTURE)


def visited(counter: Desk, session: Session) -> bool:
    """A person is confirmed, searched, opened and asked for the number; whether its picture may be shown."""
    visit = counter.visit(session)
    at = (session, visit)
    evidence = ConfirmPerson(counter.journal, DOCUMENTS).by_eye(counter.press(), *at, ("driving_licence",))
    counter.find.by_entry(counter.press(), *at, SearchByFour(name="見本　花子"))
    with pytest.raises(NotAllowed):
        counter.find.open(counter.press(), *at, "9999")
    confirm = ConfirmNumber(counter.journal, Card(), DOCUMENTS, CAPACITIES, Leave())  # type: ignore[arg-type]
    asking = Asking(CLAIM, hit(number_linked=False), evidence=(evidence,))
    found = confirm.by_code_a(counter.press(), *at, asking, CardEntry(Insertion("reader", 1), NUMBER))
    CloseVisit(counter.journal)(counter.press(), *at)
    return found.image is not None


def test_sign_ins_refusals_and_ends_persons_and_numbers_shown_stand_there_with_who_where_and_when(
    counter: Desk,
) -> None:
    counter.register.records.append(record())
    with pytest.raises(SignInRefused):
        counter.sign_in(password=secret("wrong"))
    session = counter.sign_in()
    sees = Right("item.show", item_class=ItemClass.MY_NUMBER)
    with_right = replace(session, actor=replace(session.actor, rights=(*session.actor.rights, sees)))
    began = len(counter.journal.acts)
    assert visited(counter, with_right)
    counter.lock(counter.press(), session, Why.IDLE)
    counter.sign_out(session)
    acts = counter.journal.acts
    assert acts[0].kind == "session.opened.refused"
    assert [(act.kind, act.about) for act in acts[began:]] == [
        ("visit.opened", ""),
        ("person.confirmed", ""),
        ("register.searched", ""),
        ("record.opened", "1001"),
        ("record.opened.refused", "9999"),
        ("number.confirmed", "1001"),
        ("number.shown", "1001"),
        ("visit.closed", ""),
        ("session.locked", ""),
        ("session.closed", ""),
    ]
    assert {act.staff_id for act in acts[1:]} == {"c001"}
    assert {act.terminal for act in acts} == {"T-01"}
    times = [act.at for act in acts]
    assert times == sorted(times)
    assert {business_date(at) for at in times} == {business_date(counter.clock.now())}


def test_a_number_that_nobody_was_shown_is_not_said_to_be(counter: Desk) -> None:
    counter.register.records.append(record())
    assert not visited(counter, counter.sign_in())
    assert "number.confirmed" in counter.kinds
    assert "number.shown" not in counter.kinds
