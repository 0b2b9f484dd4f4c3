"""住基異動 from residentbase: taken in order, each once, in one transaction with the line's mark; gaps asked again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.backend.socialaddress.ports import Errand, SocialBook, SocialUnit
from app.backend.socialaddress.ports.records import ACTIVE, GONE, MERGED, Party, PartyKind
from app.backend.socialaddress.service.alike import Likeness
from app.backend.socialaddress.service.entering import link_errand
from app.backend.socialaddress.service.terms import terms_of
from app.domain.act import Act
from app.domain.clock import Clock
from app.domain.names import NameFolder
from app.domain.secret import Secret
from app.errors import AppError, NotAllowed
from app.link.letters import Correspondent, answer_each, demand_place, note_refused
from app.wire.letter import Letter
from app.wire.resident_base import (
    NotUsed,
    ResidentChange,
    ResidentChanges,
    ResidentRecord,
    SentNumber,
    Taken,
    fresh,
    told,
)

SYSTEM = "socialaddress"
LINE = "residents"
"""The mark of how far the line has been taken."""
CHANGES, RECORD, ALL = "changes", "record", "all"
"""Errands: ask for the line again from where it stands; for one record whole; for all of them."""
NO_RECORD = "no_record"
BY = "slice:residentbase"
_NAMES = ("alias", "former_name", "latin_name", "kanji_name")
_KANA = ("legal_kana", "alias_kana", "former_name_kana")
_PLAIN = ("name", "kana", "birth_written", "sex", "address")


@dataclass(frozen=True, slots=True)
class Told:
    """What residentbase says of one person. ``cause``: the kind of change, or ``record`` for a record as it stands."""

    subject: str
    register_sequence: int
    items: dict[str, object]
    cause: str
    sequence: int = 0


class ResidentTaking:
    """Takes what residentbase tells."""

    def __init__(self, book: SocialBook, post: Correspondent, folder: NameFolder, clock: Clock) -> None:
        self._book = book
        self._post = post
        self._folder = folder
        self._likeness = Likeness(folder)
        self._clock = clock
        self._noted = note_refused(self._keep, post, SYSTEM, clock)

    def take(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """Changes as they come: one answer for each letter."""
        return answer_each(letters, self._take, self._noted)

    def take_changes(self, sent: ResidentChanges) -> Taken:
        """Take what is new; where something lacks in front of it, that is asked for again (S05-1)."""
        municipality = sent.municipality

        def work(unit: SocialUnit) -> Taken:
            at = self._clock.now()
            new = fresh(unit.marks.held(municipality, LINE), sent)
            unused = self._apply(unit, municipality, [_of_change(one) for one in new.changes], at)
            unit.marks.move(municipality, LINE, new.up_to)
            if new.missing is not None:
                gap = f"{CHANGES}/{new.missing[0]}/{new.missing[1]}"
                unit.outgoing.put(Errand(municipality, CHANGES, LINE, gap), at)
            return Taken(
                municipality=municipality, system=SYSTEM, up_to=new.up_to, missing=new.missing, not_used=tuple(unused)
            )

        return self._book.write(work)

    def take_records(self, municipality: str, records: Sequence[ResidentRecord]) -> None:
        """Records as they stand; what is older than what is known changes nothing."""
        known = [Told(one.subject, one.register_sequence, told(one.items), RECORD) for one in records]

        def work(unit: SocialUnit) -> None:
            unit.marks.held(municipality, LINE)
            self._apply(unit, municipality, known, self._clock.now())

        self._book.write(work)

    def _keep(self, act: Act) -> None:
        self._book.write(lambda unit: unit.record([act]))

    def _take(self, letter: Letter) -> Letter:
        sent = self._post.read(letter, "resident-changes/1", ResidentChanges, "residentbase")
        own = f"{SYSTEM}@{sent.municipality}"
        if sent.system != SYSTEM or not self._post.serves(own):
            raise NotAllowed
        demand_place(letter, sent.municipality)
        return self._post.write(own, "taken/1", self.take_changes(sent))

    def _apply(self, unit: SocialUnit, municipality: str, news: Iterable[Told], at: datetime) -> list[NotUsed]:
        listed = list(news)
        known = unit.parties.of_business(municipality, list(dict.fromkeys(one.subject for one in listed)))
        unused: list[NotUsed] = []
        acts: list[Act] = []
        for one in listed:
            before = known.get(one.subject)
            if before is None and not {"name", "birth"} <= one.items.keys():
                unused.append(NotUsed(sequence=one.sequence, reason=NO_RECORD))
                item = f"{RECORD}/{one.subject}/{one.register_sequence}"
                unit.outgoing.put(Errand(municipality, RECORD, one.subject, item), at)
                outcome = NO_RECORD
            elif before is not None and one.register_sequence <= before.register_sequence:
                outcome = "known"
            else:
                known[one.subject] = self._put(unit, municipality, one, before, at)
                outcome = "applied"
            acts.append(_act(municipality, one, outcome, at))
        unit.record(acts)
        return unused

    def _put(self, unit: SocialUnit, municipality: str, one: Told, before: Party | None, at: datetime) -> Party:
        token = self._token(unit, municipality, one.items, before)
        party = _made(unit, municipality, one, before, at)
        party = replace(_with_items(party, one.items), number_token=token)
        terms = terms_of(party, self._folder)
        unit.parties.put(party, terms)
        if before is None:
            unit.outgoing.put(link_errand(party), at)
        if before is None or terms != terms_of(before, self._folder):
            self._likeness.note(unit, party, BY, at)
        return party

    def _token(self, unit: SocialUnit, municipality: str, items: dict[str, object], before: Party | None) -> str:
        """What stands for the 個人番号, which itself is not kept."""
        if "my_number" not in items:
            return before.number_token if before else ""
        sent = items["my_number"]
        if not isinstance(sent, SentNumber) or not sent.digits:
            return ""
        return unit.parties.number_token(municipality, Secret(sent.digits.encode()))


def _made(unit: SocialUnit, municipality: str, one: Told, before: Party | None, at: datetime) -> Party:
    if before is not None:
        version = before.version + 1
        return replace(before, register_sequence=one.register_sequence, version=version, cause=one.cause, by=BY, at=at)
    return Party(
        municipality=municipality,
        social_number=unit.parties.next_number(municipality),
        kind=PartyKind.RESIDENT,
        name="",
        business_number=one.subject,
        register_sequence=one.register_sequence,
        cause=one.cause,
        by=BY,
        at=at,
    )


def _with_items(party: Party, items: dict[str, object]) -> Party:
    """The party with what is told; what is not told stays as it is."""
    plain = {name: str(items[name] or "") for name in _PLAIN if name in items}
    made = replace(
        party,
        other_names=_laid_over(party.other_names, items, _NAMES),
        other_kana=_laid_over(party.other_kana, items, _KANA),
        **plain,  # type: ignore[arg-type]
    )
    if "protected" in items:
        made = replace(made, restrained=bool(items["protected"]))
    birth = items.get("birth", party.birth)
    made = replace(made, birth=birth if isinstance(birth, date) else None)
    if "resident" in items and made.state != MERGED:
        made = replace(made, state=ACTIVE if items["resident"] else GONE)
    return made


def _laid_over(known: dict[str, str], items: dict[str, object], names: Sequence[str]) -> dict[str, str]:
    found = known | {name: str(items[name] or "") for name in names if name in items}
    return {name: text for name, text in found.items() if text}


def _of_change(one: ResidentChange) -> Told:
    return Told(one.subject, one.register_sequence, told(one.after), one.occasion.kind, one.sequence)


def _act(municipality: str, one: Told, outcome: str, at: datetime) -> Act:
    what = (("change", one.cause), ("outcome", outcome), ("sequence", one.sequence))
    return Act("social.resident_taken", at, municipality, BY, "", f"residents-{one.sequence}", "", one.subject, what)


def all_errand(municipality: str, why: str) -> Errand:
    """Have every record asked for. ``why``: what tells this time from others."""
    return Errand(municipality, ALL, LINE, f"{ALL}/{why}")
