"""保留の解除とフラグ at a counter: what waits is looked at, checked, released or refused; marks are set and lifted."""

import msgspec

from app.services.name_people import NamePeople
from app.services.ports.memory import Journal
from app.services.ports.provision import ReleaseOffice
from app.services.ports.seat import Press, Session
from app.services.record_act import Doing, recorded
from app.wire.provision import (
    AskFlags,
    CheckRelease,
    ClearFlag,
    DecideRelease,
    FlagKept,
    FlagRow,
    Flags,
    Releases,
    ReleaseSettled,
    ReleaseView,
    SetFlag,
)

CHECK, RELEASE, FLAG = "provision.check", "provision.release", "provision.flag"
"""The acts rights are needed for, each with the business that owns the information as its procedure."""


class ReleaseProvisions:
    """The use cases of a section that owns information."""

    def __init__(self, office: ReleaseOffice, people: NamePeople, journal: Journal) -> None:
        self._office, self._people, self._journal = office, people, journal

    def waiting(self, press: Press, session: Session) -> Releases:
        """What waits, the most urgent first."""
        return recorded(
            self._journal,
            (press, session),
            Doing("releases.shown"),
            lambda: self._office.releases(press, session),
            lambda found: {"releases": len(found.rows)},
        )

    def open(self, press: Press, session: Session, process_number: str) -> ReleaseView:
        """One as it would be sent now; persons in it by 宛名番号."""

        def opened() -> ReleaseView:
            view = self._office.open_release(press, session, process_number)
            known = self._people.numbers(press, session, [view.person])
            flags = self._people.marks(press, session, view.flags)
            return msgspec.structs.replace(view, person=known.get(view.person, ""), flags=flags)

        return recorded(self._journal, (press, session), Doing("release.shown", about=process_number), opened)

    def check(self, press: Press, session: Session, seen: ReleaseView, outcome: str, reason: str) -> ReleaseSettled:
        """Propose what to do with the content that was seen. Errors: as ``ReleaseOffice.check``."""
        number, version = seen.row.process_number, seen.row.version
        asked = CheckRelease(process_number=number, version=version, digest=seen.digest, outcome=outcome, reason=reason)
        doing = Doing("release.proposed", about=number, what={"outcome": outcome})
        return recorded(self._journal, (press, session), doing, lambda: self._office.check(press, session, asked))

    def decide(self, press: Press, session: Session, seen: ReleaseView, outcome: str, reason: str) -> ReleaseSettled:
        """Release or refuse the content that was seen. Errors: as ``ReleaseOffice.decide``."""
        number, version = seen.row.process_number, seen.row.version
        asked = DecideRelease(
            process_number=number, version=version, digest=seen.digest, outcome=outcome, reason=reason
        )
        doing = Doing("release.decided", about=number, what={"outcome": outcome})
        return recorded(self._journal, (press, session), doing, lambda: self._office.decide(press, session, asked))

    def flags(self, press: Press, session: Session, asked: AskFlags) -> Flags:
        """The marks of an owner; persons are asked about and told by 宛名番号."""

        def found() -> Flags:
            rows = self._office.flags(press, session, self._people.sent(press, session, asked)).rows
            return Flags(rows=self._people.marks(press, session, rows))

        return recorded(
            self._journal,
            (press, session),
            Doing("flags.shown"),
            found,
            lambda found: {"flags": len(found.rows)},
        )

    def set_flag(self, press: Press, session: Session, asked: SetFlag) -> FlagKept:
        """Set a mark, on a person by 宛名番号. Errors: as ``ReleaseOffice.set_flag``; ``person_without_number``."""
        doing = Doing("flag.asked", about=asked.person, what={"mark": asked.kind, "reason": asked.reason})

        def kept() -> FlagKept:
            found = self._office.set_flag(press, session, self._people.sent(press, session, asked))
            return msgspec.structs.replace(found, row=msgspec.structs.replace(found.row, person=asked.person))

        return recorded(self._journal, (press, session), doing, kept)

    def clear_flag(self, press: Press, session: Session, flag: FlagRow, reason: str) -> FlagKept:
        """Lift a mark. Errors: as ``ReleaseOffice.clear_flag``."""
        asked = ClearFlag(flag_id=flag.flag_id, version=flag.version, reason=reason)
        doing = Doing("flag.lifted", about=flag.flag_id, what={"reason": reason})

        def kept() -> FlagKept:
            found = self._office.clear_flag(press, session, asked)
            return msgspec.structs.replace(found, row=msgspec.structs.replace(found.row, person=flag.person))

        return recorded(self._journal, (press, session), doing, kept)
