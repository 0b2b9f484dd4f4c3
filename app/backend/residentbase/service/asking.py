"""Answers approved systems that ask: for what is new, for what they lack, for records as they stand."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from app.backend.residentbase.ports import BaseBook, BaseUnit, Grant, Held, Receiver
from app.backend.residentbase.service.progress import SLICE, Progress, demand_open, sent_acts
from app.backend.residentbase.service.sending import in_force, load
from app.backend.residentbase.service.sharing import is_foreign, narrowed
from app.domain.act import Act
from app.domain.clock import Clock
from app.domain.distribution import ALL, DistributionRules
from app.errors import AppError, NotAllowed, Refused
from app.link.letters import Correspondent, Neighbour, answer_each, demand_place, note_refused
from app.wire.letter import Letter
from app.wire.resident_base import (
    MOST,
    AskAgain,
    AskChanges,
    AskRegister,
    AskResidents,
    RegisterRecords,
    ResidentChanges,
    ResidentRecord,
    ResidentRecords,
    Taken,
    told,
)

Answers = Callable[[Sequence[Letter]], list[Letter | AppError]]


class Asking:
    """The systems' side of residentbase. ``register``: where records are read that are not known here yet."""

    def __init__(
        self, book: BaseBook, post: Correspondent, register: Neighbour, rules: DistributionRules, clock: Clock
    ) -> None:
        self._book = book
        self._post = post
        self._register = register
        self._rules = rules
        self._clock = clock
        self._progress = Progress(clock)
        self._noted = note_refused(self._keep, post, "residentbase", clock)

    def _keep(self, act: Act) -> None:
        self._book.write(lambda unit: unit.record([act]))

    def changes(self, system: str) -> Answers:
        """Answers ``AskChanges`` of one system: it has everything so far, and gets what came after."""
        return partial(answer_each, work=partial(self._changes, system), noted=self._noted)

    def again(self, system: str) -> Answers:
        """Answers ``AskAgain`` of one system; its place stays as it was."""
        return partial(answer_each, work=partial(self._again, system), noted=self._noted)

    def residents(self, system: str) -> Answers:
        """Answers ``AskResidents`` of one system."""
        return partial(answer_each, work=partial(self._residents, system), noted=self._noted)

    def _changes(self, system: str, letter: Letter) -> Letter:
        asked = self._post.read(letter, "ask-changes/1", AskChanges, system)
        self._demand_own(letter, asked, system)

        def answer(unit: BaseUnit) -> ResidentChanges:
            receiver, grant = self._held(unit, asked.municipality, system)
            taken = Taken(municipality=asked.municipality, system=system, up_to=asked.up_to)
            receiver = self._progress.settle(unit, receiver, taken)
            if receiver.taken != asked.up_to:
                return self._message(receiver, ())  # it is stopped now
            return self._told(unit, (receiver, grant), asked.up_to + 1, receiver.last)

        return self._answer(asked.municipality, "resident-changes/1", self._book.write(answer))

    def _again(self, system: str, letter: Letter) -> Letter:
        asked = self._post.read(letter, "ask-again/1", AskAgain, system)
        self._demand_own(letter, asked, system)
        if asked.first < 1:
            raise Refused("bad_range")

        def answer(unit: BaseUnit) -> ResidentChanges:
            held = self._held(unit, asked.municipality, system)
            return self._told(unit, held, asked.first, min(asked.last, held[0].recorded))

        return self._answer(asked.municipality, "resident-changes/1", self._book.write(answer))

    def _told(self, unit: BaseUnit, held: tuple[Receiver, Grant], first: int, last: int) -> ResidentChanges:
        receiver, grant = held
        found = load(unit, receiver, grant, first, last)
        unit.linkage.add(sent_acts(found, "fetched", self._clock.now()))
        if found.changes:
            recorded = max(receiver.recorded, found.changes[-1].sequence)
            unit.receivers.put(replace(receiver, recorded=recorded))
        message = self._message(receiver, found.changes)
        reached = message.changes[-1].sequence if message.changes else found.gone
        return ResidentChanges(
            municipality=message.municipality,
            system=message.system,
            changes=message.changes,
            gone=found.gone,
            more=first <= last and reached < last,
        )

    def _residents(self, system: str, letter: Letter) -> Letter:
        asked = self._post.read(letter, "ask-residents/1", AskResidents, system)
        self._demand_own(letter, asked, system)
        if len(asked.subjects) > MOST:
            raise Refused("too_many", most=MOST)
        place = asked.municipality
        self._book.read(lambda unit: self._granted(unit, place, system))
        held = self._book.read(lambda unit: unit.residents.held(place, asked.subjects))
        read = self._read(asked) if not asked.subjects or set(asked.subjects) - held.keys() else None

        def answer(unit: BaseUnit) -> ResidentRecords:
            grant = self._granted(unit, place, system)
            found = self._known(unit, asked, read)
            records = tuple(_record(one, grant) for one in found if self._is_about(system, one))
            unit.linkage.add([(system, _read_act(place, system, one, grant, self._clock.now())) for one in records])
            return ResidentRecords(
                municipality=place, system=system, records=records, more=read is not None and read.more
            )

        return self._answer(place, "resident-records/1", self._book.write(answer))

    def _read(self, asked: AskResidents) -> RegisterRecords:
        """From the register itself. Errors: Unreachable."""
        place = asked.municipality
        message = AskRegister(municipality=place, subjects=asked.subjects, after=asked.after)
        letter = self._post.write(f"residentbase@{place}", "ask-register/1", message)
        return self._post.read(self._register.ask(letter), "register-records/1", RegisterRecords, "register", place)

    @staticmethod
    def _known(unit: BaseUnit, asked: AskResidents, read: RegisterRecords | None) -> list[Held]:
        """The records asked for. What changes have made holds; what was read is kept for the next time."""
        place = asked.municipality
        names = asked.subjects or tuple(one.subject for one in (read.records if read else ()))
        held = unit.residents.held(place, names)
        if read is not None:
            fresh = {
                one.subject: Held(
                    one.subject, 0, read.position, one.items, held[one.subject].version if one.subject in held else 0
                )
                for one in read.records
                if one.subject not in held or not held[one.subject].sequence
            }
            unit.residents.put(place, list(fresh.values()))
            held |= fresh
        return [held[name] for name in names if name in held]

    def _is_about(self, system: str, one: Held) -> bool:
        return self._rules.systems[system].whom == ALL or is_foreign(one.items)

    def _granted(self, unit: BaseUnit, place: str, system: str) -> Grant:
        """Errors: Refused ``not_approved``."""
        grant = in_force(unit, place, self._rules, self._clock.now()).get(system)
        demand_open(next((one for one in unit.receivers.all(place) if one.system == system), None))
        if grant is None:
            raise Refused("not_approved")
        return grant

    def _held(self, unit: BaseUnit, place: str, system: str) -> tuple[Receiver, Grant]:
        receiver = demand_open(unit.receivers.hold(place, system))
        return receiver, self._granted(unit, place, system)

    def _demand_own(self, letter: Letter, asked: AskChanges | AskAgain | AskResidents, system: str) -> None:
        place = asked.municipality
        if asked.system != system or not self._post.serves(f"residentbase@{place}"):
            raise NotAllowed
        demand_place(letter, place)

    @staticmethod
    def _message(receiver: Receiver, changes: Sequence[object]) -> ResidentChanges:
        return ResidentChanges(municipality=receiver.municipality, system=receiver.system, changes=tuple(changes))  # type: ignore[arg-type]

    def _answer(self, place: str, kind: str, message: ResidentChanges | ResidentRecords) -> Letter:
        return self._post.write(f"residentbase@{place}", kind, message)


def _record(one: Held, grant: Grant) -> ResidentRecord:
    return ResidentRecord(subject=one.subject, register_sequence=one.as_of, items=narrowed(one.items, grant.items))


def _read_act(place: str, system: str, one: ResidentRecord, grant: Grant, at: datetime) -> Act:
    what = (
        ("items", ",".join(told(one.items))),
        ("register_sequence", one.register_sequence),
        ("sequence", 0),
        ("system", system),
        ("use", ",".join(grant.uses)),
    )
    return Act("linkage.read", at, place, SLICE, "", f"{system}:read", about=one.subject, what=what)
