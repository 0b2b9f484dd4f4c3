"""Records and changes as residentbase is told them: typed items, the whole record before and after."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from app.backend.register.ports import Resident
from app.domain.clock import business_date
from app.wire.register_change import Filing
from app.wire.resident_base import MARKED, Occasion, RegisterChange, ResidentItems, SentNumber


def record_of(one: Resident) -> ResidentItems:
    """All items of a record; its 個人番号 as far as ``one`` has it with it."""
    more = one.more
    return ResidentItems(
        name=one.name,
        kana=one.kana,
        legal_kana=more.legal_kana,
        birth=one.birth,
        birth_written=more.birth_written,
        sex=one.sex,
        relation=one.relation,
        household_number=one.household_number,
        address=one.address,
        ward=one.ward,
        address_since=one.residences[-1].since if one.residences else None,
        former_name=one.former_name,
        former_name_kana=more.former_name_kana,
        alias=one.alias,
        alias_kana=more.alias_kana,
        latin_name=one.latin_name,
        kanji_name=more.kanji_name,
        nationality=more.nationality,
        residence_status=one.residence_status,
        status_until=more.status_until,
        card_number=more.card_number,
        origin=more.origin,
        origin_head=more.origin_head,
        moved_in_on=one.moved_in_on,
        moved_from=one.moved_from,
        planned_move_out_on=one.planned_move_out_on,
        moved_to=more.moved_to,
        removed_on=more.removed_on,
        removed_why=more.removed_why,
        resident=one.is_resident,
        resident_code=one.resident_code,
        my_number=None if one.my_number is None else SentNumber(digits=one.my_number.text()),
        protected=is_marked(one),
    )


def is_marked(one: Resident) -> bool:
    """Whether others are told to hide where the person lives: from the request on, though it begins to hold later."""
    return any(held.act != "edit" for held in one.restraints)


def mark_told(at: datetime) -> Occasion:
    """That the mark of a person changed: when, not why, by whom or with whom."""
    return Occasion(entry_id="", kind=MARKED, reason="", filed_day=business_date(at), decided_at=at)


def occasion_of(kind: str, filing: Filing, approval: tuple[str, datetime]) -> Occasion:
    """Why records change. ``approval``: the entry, and when it was approved."""
    return Occasion(
        entry_id=approval[0],
        kind=kind,
        reason=filing.reason,
        filed_day=filing.filed_day,
        decided_at=approval[1],
        event_day=filing.event_day,
        event_written=filing.event_written,
    )


def line_of(
    first: int, occasion: Occasion, before: Mapping[str, Resident], changed: Sequence[Resident]
) -> tuple[RegisterChange, ...]:
    """The changes of one entry. ``first``: the place in the line of the first; ``before``: records by 宛名番号."""
    return tuple(
        RegisterChange(
            position=position,
            subject=one.business_number,
            occasion=occasion,
            after=record_of(one),
            before=record_of(before[one.business_number]) if one.business_number in before else None,
        )
        for position, one in enumerate(changed, first)
    )
