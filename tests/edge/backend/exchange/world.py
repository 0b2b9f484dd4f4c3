"""Two municipalities that share 宛名番号, their people and tax, and an exchange that serves both."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path

from app.domain.clock import SystemRandom
from app.domain.number import MyNumber, TrainingNumber, training_check_digit
from app.domain.rights import Actor
from app.domain.secret import secret
from app.durable.engine import Database
from app.server.exchange import Exchange, build_exchange
from app.server.exchange_data import ExchangeData, read_exchange_data
from app.server.exchange_load import LoadedPerson, LoadedYear, load_exchange
from app.server.keys import Keys
from app.server.parts import Parts
from app.settings import ServerSettings, TlsPlace
from app.shipped import resource
from app.wire.desk import AnswerMark, PersonMark
from app.wire.relay import AskEnquiries, EnquiryAccepted, EnquiryState, MakeEnquiry
from tests.support.slices import MovedClock, call, person

HERE, THERE, ELSEWHERE = "991007", "992003", "993000"
TAX = "地方税関係情報"
PURPOSE = "父母のうち児童の生計を維持する程度の高い者を確認するため"
PROCEDURE = "child_allowance_claim"
YEAR = 2026
NETWORK, LINK = "local_tax_claimant", "city_tax_claimant"

MOVED, LOCAL, UNDECLARED, NO_ROW, HELD, WITHHELD, NEWCOMER, UNNUMBERED = (f"00000000000{n}01" for n in range(1, 9))
"""宛名番号 here. Somebody else there has the same number as MOVED."""

EXAMINER = "enquiry.make", "enquiry.read"
_numbers = count(1)


def my_number(body: int) -> MyNumber:
    digits = f"{body:011}"
    return TrainingNumber(digits + str(training_check_digit(digits)))


def year(residence: str, kind: str = "value", income: int = 0, **flags: bool) -> LoadedYear:
    items = {"total_income": income, "income_levy": income // 20, "per_capita_levy": 4000, "dependants": 1}
    name = {HERE: "見本市", THERE: "手本市"}.get(residence, "")
    return LoadedYear(YEAR, residence, name, kind, items if kind == "value" else {}, **flags)


def one(number: str, body: int, *years: LoadedYear, code: bool = True, numbered: bool = True) -> LoadedPerson:
    given = my_number(body) if numbered else None
    return LoadedPerson(number, given, secret(f"9{body:010}"), code, years)


PEOPLE_HERE = (
    one(MOVED, 1, year(THERE)),
    one(LOCAL, 2, year(HERE, income=2_222_222)),
    one(UNDECLARED, 3, year(THERE)),
    one(NO_ROW, 4, year(THERE)),
    one(HELD, 5, year(THERE)),
    one(WITHHELD, 6, year(THERE)),
    one(NEWCOMER, 7, year(THERE), code=False),
    one(UNNUMBERED, 8, year(THERE), numbered=False),
)
PEOPLE_THERE = (
    one("000000000009901", 1, year(THERE, income=3_456_789)),
    one(MOVED, 91, year(THERE, income=9_999_999)),
    one(LOCAL, 92, year(THERE, income=8_888_888)),
    one("000000000009903", 3, year(THERE, "undeclared")),
    one("000000000009904", 4),
    one("000000000009905", 5, year(THERE, income=5, no_auto_answer=True)),
    one("000000000009906", 6, year(THERE, income=6, non_disclosure=True)),
    one("000000000009907", 7, year(THERE, income=7_777_777)),
    one("000000000009908", 8, year(THERE, income=8)),
)


@dataclass
class World:
    """An exchange on stores of its own, with its clock."""

    exchange: Exchange
    parts: Parts
    clock: MovedClock
    settings: ServerSettings
    actor: Actor = field(default_factory=lambda: person("examiner", *EXAMINER, municipality=HERE))

    def make(self, subject: str = MOVED, actor: Actor | None = None, key: str = "", **changed) -> EnquiryAccepted:
        """What the relay answers to an enquiry; raises what it refuses with."""
        asked = question(subject, **changed)
        outcome = self.exchange.accepting.make([(call(actor or self.actor, self.clock.now(), key), asked)])[0]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def carry(self) -> None:
        """Let the background do what is due now."""
        while self.exchange.carrying.turn():
            pass

    def state(self, accepted: EnquiryAccepted, actor: Actor | None = None) -> EnquiryState | None:
        asked = AskEnquiries(enquiry_ids=(accepted.enquiry_id,))
        (outcome,) = self.exchange.accepting.states([(call(actor or self.actor, self.clock.now()), asked)])
        return outcome.states[0] if outcome.states else None

    def answer(self, subject: str = MOVED, **changed) -> AnswerMark:
        """The answer to an enquiry that goes all the way."""
        accepted = self.make(subject, **changed)
        self.carry()
        state = self.state(accepted)
        assert state is not None
        assert state.answer is not None, state
        return state.answer

    def database(self, name: str) -> Database:
        return next(own.database for own in self.exchange.ledgers if own.book.log == name)

    def acts(self, name: str, municipality: str) -> list[tuple[str, dict[str, object]]]:
        """Kind and details of the acts in a slice's ledger."""
        own = next(own for own in self.exchange.ledgers if own.book.log == name)

        def read(connection):
            kept = [own.book.act(connection, municipality, one) for one in own.book.kept(connection, municipality)]
            return [(act.kind, {**act.detail(), "trace": act.trace}) for act in kept]

        return own.database.read(read)

    def kinds(self, name: str, municipality: str) -> list[str]:
        return [kind for kind, _ in self.acts(name, municipality)]


def question(subject: str = MOVED, **changed) -> MakeEnquiry:
    given = {
        "enquiry_id": f"enquiry-{next(_numbers)}",
        "visit_id": "visit-1",
        "procedure": PROCEDURE,
        "enquiry": LINK if subject == LOCAL else NETWORK,
        "subject": PersonMark(business_number=subject, name="見本　花子"),
        "information": TAX,
        "purpose": PURPOSE,
        "tax_year": YEAR,
        "requested_on": date(2026, 11, 20),
    }
    return MakeEnquiry(**(given | changed))


def server_settings(folder: Path, database: str, **changed) -> ServerSettings:
    given = ServerSettings(
        folder=folder,
        host="127.0.0.1",
        port=0,
        tls=TlsPlace(folder / "authority.pem", folder / "server.pem", folder / "server.key.pem"),
        database=database,
        schema_prefix="x_",
        slices=(),
        municipalities=(HERE, THERE),
        peers={},
        institutions={},
        is_training=True,
    )
    return replace(given, **changed)


@cache
def data(*, is_training: bool = True) -> ExchangeData:
    """The rules as they are shipped, read once: nobody can change them."""
    return read_exchange_data(resource(), is_training=is_training)


def load_people(exchange: Exchange) -> None:
    load_exchange(exchange, HERE, TAX, PEOPLE_HERE)
    load_exchange(exchange, THERE, TAX, PEOPLE_THERE)


@contextlib.contextmanager
def open_world(settings: ServerSettings, clock: MovedClock, *, rules: ExchangeData | None = None) -> Iterator[World]:
    """The exchange of ``settings``, as it starts after any end."""
    keys = Keys(settings.folder / "keys", SystemRandom())
    parts = Parts(settings, keys, clock)
    try:
        exchange = build_exchange(settings, parts, keys, rules or data(), clock, SystemRandom())
        yield World(exchange, parts, clock, settings)
    finally:
        parts.close()
