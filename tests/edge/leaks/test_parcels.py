"""A parcel opens at its slice for its municipality, kind and key, in the hands of somebody who has the right to it."""

import pytest

from app.domain.call import Call
from app.domain.rights import Right
from app.errors import AppError, NotAllowed, NotUnderstood, WrongKey
from app.server.parcels import parcel_endpoints
from app.trust.seal import BoxKey, seal_to
from app.trust.sign import SigningKey
from app.wire.desk import CloseVisit
from app.wire.endpoint import Caller, Endpoint
from app.wire.message import Nothing, decode, encode
from app.wire.parcel import Parcel, ParcelAnswer, parcel_context
from tests.support.slices import KITA, MINAMI, MORNING, call, person

BOX = BoxKey.generate()
MESSAGE = CloseVisit(visit_id="v1", closed_at=MORNING)
CLERK = person("001", "visit.open")


class Inner:
    """The endpoint behind, and what it was asked."""

    def __init__(self, caller: Caller = Caller.STAFF) -> None:
        self.asked: list[CloseVisit] = []
        self.endpoint = Endpoint(
            path="/x", act="visit.open", takes=CloseVisit, gives=Nothing, caller=caller, does=self._answer
        )

    def _answer(self, _: Call, message: CloseVisit) -> Nothing:
        self.asked.append(message)
        return Nothing()

    def take(self, of: Call, parcel: Parcel) -> ParcelAnswer:
        _, take = parcel_endpoints("desk", BOX, SigningKey.generate().public, [self.endpoint])
        assert take.does is not None
        return take.does(of, parcel)


def parcel(municipality: str = KITA, key: str = "k", kind: str = "CloseVisit", box: BoxKey = BOX) -> Parcel:
    return Parcel(kind=kind, box=seal_to(box.public, encode(MESSAGE), parcel_context(municipality, kind, key)))


def test_it_is_opened_and_answered_at_its_place() -> None:
    inner = Inner()
    assert decode(inner.take(call(CLERK, key="k"), parcel()).answer, Nothing) == Nothing()
    assert inner.asked == [MESSAGE]


@pytest.mark.parametrize(
    ("of", "brought", "refused"),
    [
        (call(person("001", "visit.open", municipality=MINAMI), key="k"), parcel(), WrongKey),
        (call(CLERK, key="another"), parcel(), WrongKey),
        (call(CLERK, key="k"), parcel(box=BoxKey.generate()), WrongKey),
        (call(CLERK, key="k"), Parcel(kind="CloseVisit", box=parcel(kind="OpenVisit").box), WrongKey),
        (call(CLERK, key="k"), parcel(kind="HandIn"), NotUnderstood),
        (call(person("001", "visit.read"), key="k"), parcel(), NotAllowed),
        (call(person("001", Right("visit.open", until=MORNING.date().replace(day=1))), key="k"), parcel(), NotAllowed),
    ],
)
def test_elsewhere_or_in_other_hands_it_does_nothing(of: Call, brought: Parcel, refused: type[AppError]) -> None:
    inner = Inner()
    with pytest.raises(refused):
        inner.take(of, brought)
    assert inner.asked == []


@pytest.mark.parametrize("caller", [Caller.SLICE, Caller.TERMINAL])
def test_what_is_not_for_staff_is_not_reached_by_a_parcel(caller: Caller) -> None:
    inner = Inner(caller)
    with pytest.raises(NotUnderstood):
        inner.take(call(CLERK, key="k"), parcel())
    assert inner.asked == []
