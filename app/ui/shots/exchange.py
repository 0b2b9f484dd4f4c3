"""Pictures of the exchange's rooms: their own flows before an office that exists for pictures, in every state."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.conversion.layout import Layout, parse_layout
from app.domain.procedure import Procedure
from app.domain.procedure_data import parse_procedure
from app.domain.provision_rules import parse_provision_rules
from app.domain.rights import Actor, Right
from app.domain.secret import Secret
from app.errors import AppError, Refused, Unreachable
from app.services.entry_drafts import EntryDrafts
from app.services.exchange_cases import ExchangePorts, exchange_cases
from app.services.ports.seat import Press, Session
from app.ui.background import Lane, Ticket
from app.ui.flows.exchange_flow import ExchangeActs, ExchangeFlow
from app.ui.flows.exchange_pages import ACTS, BEFORE
from app.ui.flows.exchange_room import ExchangeRoom
from app.ui.flows.office_flow import OfficeMeans
from app.ui.flows.other_rooms import OtherRoomsDesk
from app.ui.resources import read_toml, resource
from app.ui.screen import Screen
from app.ui.shots.exchange_office import SampleOffice
from app.ui.shots.exchange_sample import OWNER
from app.ui.shots.stage import Shot, Stage
from app.ui.window import Window
from app.wire.relay_bulk import ConvertFile

_NAMED = frozenset({"provision", "replica"})
_OWN = frozenset({"own.read", "exchange.disclose", "exchange.watch", "exchange.operate", "exchange.convert"})


class Straight:
    """A lane that does its work at once: a picture does not wait."""

    def run(
        self,
        work: Callable[[], Any],
        *,
        owner: QObject,  # noqa: ARG002 -- as a lane has it
        done: Callable[[Any], None],
        failed: Callable[[AppError], None],
    ) -> Ticket:
        """Do it; tell what came of it."""
        try:
            found = work()
        except AppError as error:
            failed(error)
        else:
            done(found)
        return Ticket()


class Made:
    """Builds the windows."""

    def __init__(self, stage: Stage) -> None:
        self._stage, self._kit = stage, stage.kit
        self.sample: dict[str, dict[str, str]] = read_toml("text", "shots_exchange.toml")
        self._rules = parse_provision_rules(read_toml("tables", "provision.toml"))
        self._tables = (_procedures(), _layouts())

    @property
    def who(self) -> str:
        """Somebody's 宛名番号."""
        return self.sample["people"]["first"]

    def room(self, **changed: Any) -> tuple[ExchangeRoom, Window]:  # noqa: ANN401 -- of the office
        """The room, and the window that it is in. ``changed``: how the office stands."""
        at = self._kit.clock.now()
        office: Any = SampleOffice(at, self.sample, **changed)
        ports = ExchangePorts(office, office, office, office, office, office, office, office, office)
        lane: Any = Straight()
        drafts = cast("EntryDrafts", None)  # no form of this room is kept
        press = Press("shot", "shot", at)
        means = OfficeMeans(lambda: press, lambda: "shot", cast("Lane", lane), cast("Lane", lane), drafts)
        acts = ExchangeActs(
            means=means,
            cases=exchange_cases(ports, office),
            rules=self._rules,
            procedures=self._tables[0],
            places={"991007": self.sample["names"]["here"], "992003": self.sample["names"]["there"]},
            layouts=self._tables[1],
            municipality="991007",
        )
        screen = Screen(self._kit, "", has_side=False)
        window = self._stage.window(screen)
        window.show_visit(None)
        room = ExchangeRoom(self._kit, window, acts, (_choose, _keep))
        return room, window

    def session(self) -> Session:
        """Somebody with every right of these rooms, in the names that pictures need."""
        rights = tuple(_right(act, self.sample["names"]["task"]) for act in sorted({*ACTS.values(), *_MORE}))
        actor = Actor("991007", self.sample["people"]["head"], "", "", "T-01", rights)
        at = self._kit.clock.now()
        return Session(actor, self.sample["names"]["here"], "", Secret(b"t"), at, at.replace(year=at.year + 1), "none")

    def at(self, door: str, then: Callable[[ExchangeRoom], None] | None = None, **changed: Any) -> QWidget:  # noqa: ANN401
        """The window behind a door, after ``then``."""
        room, window = self.room(**changed)
        room.begin(self.session(), BEFORE + door)
        if then is not None:
            then(room)
        return window

    def doors(self) -> QWidget:
        """All doors."""
        room, window = self.room()
        desk = OtherRoomsDesk(self._kit, window, (room,))
        desk.begin(self.session())
        return window


Then = Callable[[ExchangeRoom], None]
Named = tuple[tuple[str, Callable[[], QWidget]], ...]


def shots(stage: Stage) -> tuple[Shot, ...]:
    """Every screen in its states."""
    made = Made(stage)
    groups = (_held(made), _replica(made), _wrong(made), _asking(made), _residents(made), _watching(made))
    return tuple(Shot(name, build) for group in groups for name, build in group)


def _typed(name: str, *deeds: str, **values: str) -> Then:
    """Fields filled and deeds asked for."""

    def then(room: ExchangeRoom) -> None:
        flow: ExchangeFlow = getattr(room.pages, name).now()
        for field, value in values.items():
            flow.edit(field, value)
            flow.screen.fields.show_value(field, value)
        for deed in deeds:
            flow.deeds()[deed]()

    return then


def _form(name: str, opened: Then, **values: str) -> Then:
    """A form filled and sent."""

    def then(room: ExchangeRoom) -> None:
        opened(room)
        for field, value in values.items():
            room.forms[name].now().edit(field, value)
        room.forms[name].now().deeds()["send"]()

    return then


def _inside(name: str, opens: str, inner: str, *deeds: str) -> Then:
    """One of a list opened, and deeds asked for there."""

    def then(room: ExchangeRoom) -> None:
        getattr(room.pages, name).now().deeds()[opens]()
        for deed in deeds:
            getattr(room.pages, inner).now().deeds()[deed]()

    return then


def _held(made: Made) -> Named:
    return (
        ("150-exchange-doors", made.doors),
        ("151-releases", lambda: made.at("releases")),
        ("151-releases-empty", lambda: made.at("releases", is_empty=True)),
        ("151-releases-unreachable", lambda: made.at("releases", error=Unreachable())),
        ("152-release", lambda: made.at("releases", _inside("releases", "open", "release"))),
        ("152-release-asking", lambda: made.at("releases", _asks_decision)),
        ("153-flags", lambda: made.at("flags")),
        ("153-flags-empty", lambda: made.at("flags", is_empty=True)),
        ("154-flag-set", lambda: made.at("flags", _typed("flags", "fresh"))),
        ("154-flag-set-missing", lambda: made.at("flags", _form("flag_set", _typed("flags", "fresh")))),
        ("154-flag-clear", lambda: made.at("flags", _typed("flags", "clear"))),
    )


def _replica(made: Made) -> Named:
    who = made.who
    return (
        ("155-replica", lambda: made.at("replica", _typed("replica", "look", person=who))),
        ("155-replica-wrong-number", lambda: made.at("replica", _typed("replica", "look", person="12a"))),
        ("155-replica-row", lambda: made.at("replica", _typed("replica", "look", "enter", person=who))),
        ("155-replica-delete", lambda: made.at("replica", _typed("replica", "look", "delete", person=who))),
        ("156-files", lambda: made.at("files")),
        ("156-files-empty", lambda: made.at("files", is_empty=True)),
        ("156-files-sending", lambda: made.at("files", _sends)),
        ("156-files-withdraw", lambda: made.at("files", _withdraws)),
        ("156-files-rejected", lambda: made.at("files", _rejects)),
    )


def _wrong(made: Made) -> Named:
    who, file = made.who, {"information": made.sample["names"]["tax"], "year": "2026"}
    request = made.sample["file"]["request"]
    return (
        ("157-receivers", lambda: made.at("receivers", _typed("receivers", "look", person=who, **file))),
        ("157-receivers-missing", lambda: made.at("receivers", _typed("receivers", "look"))),
        (
            "157-receivers-note",
            lambda: made.at("receivers", _typed("receivers", "look", "note_all", person=who, **file)),
        ),
        ("157-notes", lambda: made.at("receivers", _typed("receivers", "notes"))),
        ("158-records", lambda: made.at("records", _typed("records", "look", person=who))),
        ("158-record-mark", lambda: made.at("records", _typed("records", "look", "mark", person=who))),
        ("158-disclosure", lambda: made.at("disclosure", _typed("disclosure", "look", request=request, person=who))),
        ("161-received", lambda: made.at("received")),
    )


def _asking(made: Made) -> Named:
    who = made.who
    return (
        ("159-enquiries", lambda: made.at("enquiries")),
        ("159-enquiries-empty", lambda: made.at("enquiries", is_empty=True)),
        ("160-enquiry", lambda: made.at("enquiries", _inside("enquiries", "open", "enquiry"))),
        ("160-enquiry-again", lambda: made.at("enquiries", _inside("enquiries", "open", "enquiry", "again"))),
        ("160-enquiry-close", lambda: made.at("enquiries", _inside("enquiries", "open", "enquiry", "close"))),
        ("162-bulk", lambda: made.at("bulk", _typed("bulk", "state"))),
        ("162-bulk-missing", lambda: made.at("bulk", _typed("bulk", "send", file=""))),
        ("163-convert", lambda: made.at("convert", _converts)),
        ("163-convert-other-use", lambda: made.at("convert", _typed("convert", "convert", **_OTHER))),
        ("164-codes", lambda: made.at("codes", _typed("codes", "look", task=made.sample["names"]["task"], person=who))),
    )


def _residents(made: Made) -> Named:
    who = made.who
    return (
        ("165-notices", lambda: made.at("notices")),
        ("165-notice-send", lambda: made.at("notices", _form("notice_send", _typed("notices", "fresh")))),
        ("165-notice-cancel", lambda: made.at("notices", _typed("notices", "cancel"))),
        ("166-own", lambda: made.at("own", _typed("own", "look", "content", person=who))),
        ("166-own-unlinked", lambda: made.at("own", _typed("own", "look", person=who), error=_UNLINKED)),
    )


def _watching(made: Made) -> Named:
    return (
        ("167-state", lambda: made.at("state")),
        ("167-stop", lambda: made.at("state", _typed("state", "fresh"))),
        ("168-statistics", lambda: made.at("statistics")),
        ("168-statistics-empty", lambda: made.at("statistics", is_empty=True)),
        ("169-unused", lambda: made.at("unused")),
        ("170-runs", lambda: made.at("runs")),
        ("171-keys", lambda: made.at("keys")),
    )


_MORE = ("provision.release", "replica.enter", "replica.delete", "enquiry.make", "exchange.operate")
_UNLINKED = Refused("person_without_number")
_ASKED = ConvertFile(source="enquiries_csv", target="enquiries_fixed", body=b"")
_OTHER = {"source": "enquiries_csv", "target": "outcomes_csv"}


def _right(act: str, task: str) -> Right:
    """Rights of owners name one, those of sections a task, the rest nothing."""
    if act.partition(".")[0] in _NAMED:
        return Right(act, OWNER)
    return Right(act) if act in _OWN else Right(act, task)


def _converts(room: ExchangeRoom) -> None:
    """What came of a conversion; the sample file itself does not exist."""
    _typed("convert", source="enquiries_csv", target="enquiries_fixed")(room)
    flow = room.pages.convert.now()
    flow.read(lambda press, it: flow._cases.files.convert(press, it, _ASKED), flow._on_read)  # noqa: SLF001


def _asks_decision(room: ExchangeRoom) -> None:
    room.pages.releases.now().deeds()["open"]()
    room.pages.release.now().screen._ask("decide")  # noqa: SLF001 -- as its button does


def _sends(room: ExchangeRoom) -> None:
    """A picture of what is said while a file is on its way: the sample file itself does not exist."""
    words, screen = room.pages.files.now().words.files, room.pages.files.now().screen
    screen.show_deeds(("stop",))
    screen.banner.show_text("information", words.sending(words.parts_of(8, 24)), words.sending_text("12"))


def _mark_done(room: ExchangeRoom) -> None:
    """The second line: the file that is whole."""
    table = room.pages.files.now().screen._table  # noqa: SLF001 -- as the arrow key does
    if table is not None:
        table.selectRow(1)


def _withdraws(room: ExchangeRoom) -> None:
    _mark_done(room)
    room.pages.files.now().deeds()["withdraw"]()


def _rejects(room: ExchangeRoom) -> None:
    _mark_done(room)
    room.pages.files.now().deeds()["rejected"]()


def _choose(title: str) -> Path | None:  # noqa: ARG001 -- as ``Choose`` has it
    return None


def _keep(
    title: str,  # noqa: ARG001 -- as ``Keep`` has it
    name: str,
    content: bytes,  # noqa: ARG001
    done: Callable[[str], None],
    failed: Callable[[AppError], None],  # noqa: ARG001
) -> None:
    done(name)


def _procedures() -> dict[str, Procedure]:
    files = sorted(resource("procedures").glob("*.toml"))
    read = [parse_procedure(read_toml("procedures", one.name), one.name) for one in files]
    return {one.id: one for one in read}


def _layouts() -> tuple[Layout, ...]:
    names = sorted(one.name for one in resource("layouts").glob("*.toml") if one.name != "codes.toml")
    return tuple(parse_layout(read_toml("layouts", name), name) for name in names)
