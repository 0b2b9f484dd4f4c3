"""Somebody who owns information of the other municipality, and what they do there about its provisions."""

from app.domain.call import Call
from app.domain.rights import Actor, Right
from app.wire import exchange_record as record
from app.wire import provision, replica_file
from tests.edge.backend.exchange.world import TAX, THERE, YEAR, World
from tests.support.slices import call, person

OWNER = "city_tax"
CLERK_ACTS = ("provision.check", "provision.flag", "replica.read", "replica.enter", "exchange.record")
HEAD_ACTS = (*CLERK_ACTS, "provision.release", "provision.trace", "replica.delete")


def of_owner(name: str, *acts: str, owner: str = OWNER, municipality: str = THERE) -> Actor:
    return person(name, *(Right(act, owner) for act in acts), municipality=municipality)


CLERK, HEAD = of_owner("clerk", *CLERK_ACTS), of_owner("head", *HEAD_ACTS)
SECOND = of_owner("second", *HEAD_ACTS)
OTHER_SECTION = of_owner("other", *HEAD_ACTS, owner="residence")
EVERYTHING = person("any", *HEAD_ACTS, municipality=THERE)
"""Every right, but for no owner by name."""
NEIGHBOUR = of_owner("neighbour", *HEAD_ACTS, municipality="991007")


class Provider:
    """The provider's office of a world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.office = world.exchange.provider.office

    def call(self, actor: Actor, key: str = "") -> Call:
        return call(actor, self.world.clock.now(), key)

    def number(self, business: str, place: str = THERE) -> str:
        """統合宛名番号 of somebody."""
        book = self.world.exchange.addressee._book
        return book.read(lambda unit: unit.of_business(place, [business]))[business].addressee_number

    def waiting(self, actor: Actor = HEAD) -> dict[str, provision.ReleaseRow]:
        rows = self.office.releasing.waiting(self.call(actor), provision.AskReleases()).rows
        return {row.process_number: row for row in rows}

    def open(self, number: str, actor: Actor = HEAD) -> provision.ReleaseView:
        return self.office.releasing.open(self.call(actor), provision.OpenRelease(process_number=number))

    def check(
        self, number: str, actor: Actor = CLERK, outcome: str = "released", **changed
    ) -> provision.ReleaseSettled:
        return self.office.releasing.check(
            self.call(actor), self._about(provision.CheckRelease, number, outcome, changed)
        )

    def decide(
        self, number: str, actor: Actor = HEAD, outcome: str = "released", **changed
    ) -> provision.ReleaseSettled:
        asked = self._about(provision.DecideRelease, number, outcome, changed)
        return self.office.releasing.decide(self.call(actor), asked)

    def flag(self, actor: Actor = CLERK, **changed) -> provision.FlagKept:
        given = {
            "owner": OWNER,
            "kind": "no_auto_answer",
            "information": "",
            "person": "",
            "reason": "sensitive",
        }
        return self.office.flagging.set(self.call(actor), provision.SetFlag(**(given | changed)))

    def clear(self, flag: provision.FlagRow, actor: Actor = HEAD, **changed) -> provision.FlagKept:
        given = {"flag_id": flag.flag_id, "version": flag.version, "reason": "check_done"}
        return self.office.flagging.clear(self.call(actor), provision.ClearFlag(**(given | changed)))

    def enter(self, number: str, version: int, income: int, actor: Actor = CLERK) -> replica_file.ReplicaKept:
        asked = replica_file.EnterReplica(
            owner=OWNER,
            person=number,
            information=TAX,
            tax_year=YEAR,
            kind="value",
            items={"total_income": income, "income_levy": 1, "per_capita_levy": 2, "dependants": 0},
            version=version,
        )
        return self.office.registering.enter(self.call(actor), asked)

    def receivers(self, number: str, actor: Actor = HEAD) -> record.Receivers:
        asked = record.FindReceivers(owner=OWNER, information=TAX, person=number, tax_year=YEAR)
        return self.office.tracing.receivers(self.call(actor), asked)

    def errands(self) -> None:
        """What the intermediary does by itself."""
        while self.world.exchange.provider.errands.turn():
            pass

    def _about(self, kind, number: str, outcome: str, changed: dict):
        view = self.open(number)
        reason = "content_confirmed" if outcome == "released" else "content_wrong"
        given = {"version": view.row.version, "digest": view.digest, "outcome": outcome, "reason": reason}
        return kind(process_number=number, **(given | changed))
