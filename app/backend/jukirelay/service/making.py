"""What an approved change makes go out: pure, from the register's change to messages of the resident network."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from app.backend.jukirelay.ports import DELIVERY, IDENTITY, MOVED_IN, MOVING_OUT, STOPPED, WAITING, Coming, Outgoing
from app.domain.network_relay import NetworkRelayRules
from app.domain.resident_network import ChangeReason
from app.wire.jukinet import DeliveryAddress, IdentityInfo, IdentityUpdate, MovedIn, MovingOutData
from app.wire.message import Message, encode
from app.wire.register_change import PersonItems
from app.wire.resident_base import RegisterChange, ResidentItems, SentNumber

NO_CODE, NO_PLACE = "no_resident_code", "no_municipality_code"
NOTICE, FORM = "number_notice", "application_form"
_NAMED = (
    "name",
    "sex",
    "address",
    "legal_kana",
    "former_name",
    "former_name_kana",
    "alias",
    "alias_kana",
    "birth_written",
)
_TOLD = (
    "name", "kana", "legal_kana", "birth", "birth_written", "sex", "former_name", "former_name_kana", "alias",
    "alias_kana", "latin_name", "kanji_name", "nationality", "residence_status", "status_until", "card_number",
    "resident_code", "origin", "origin_head",
)  # fmt: skip


def identity_of(items: ResidentItems, municipality: str) -> IdentityInfo:
    """本人確認情報 of a record; items that were not told count as empty."""
    named: dict[str, Any] = {name: getattr(items, name) or "" for name in _NAMED}
    return IdentityInfo(
        resident_code=items.resident_code or "",
        my_number=number_of(items),
        birth=items.birth or date.min,
        municipality=municipality,
        state="resident" if items.resident else "removed",
        **named,
    )


def number_of(items: ResidentItems | None) -> str:
    """The 個人番号 of a record, "" where there is none."""
    number = None if items is None else items.my_number
    return number.digits if isinstance(number, SentNumber) else ""


def day_of(change: RegisterChange) -> date:
    """The day of the change; where it is not known, the day it was filed."""
    return change.occasion.event_day or change.occasion.filed_day


def identity_update(
    change: RegisterChange, municipality: str, rules: NetworkRelayRules, at: datetime
) -> Outgoing | None:
    """What the network is told of the person; None where nothing of it differs. Its number is given when it goes."""
    after, before = change.after, change.before
    now, was = identity_of(after, municipality), None if before is None else identity_of(before, municipality)
    is_gone = was is not None and (was.state, now.state) == ("removed", "removed")
    if now == was or is_gone or (was is None and now.state == "removed"):
        return None
    former_code = was.resident_code if was and was.resident_code != now.resident_code else ""
    former_number = was.my_number if was and was.my_number != now.my_number else ""
    update = IdentityUpdate(
        update_id=f"i-{change.position}",
        sequence=0,
        identity=now,
        reason=_reason(change, rules, former_code, former_number),
        event_day=change.occasion.event_day,
        event_written=change.occasion.event_written,
        former_resident_code=former_code,
        former_my_number=former_number,
    )
    code = former_code or now.resident_code
    return _outgoing(change, municipality, (IDENTITY, update.update_id, update), at, (code, "" if code else NO_CODE))


def delivery_address(
    change: RegisterChange, municipality: str, rules: NetworkRelayRules, at: datetime
) -> Outgoing | None:
    """送付先情報 where a 個人番号 was given: to who was born or came without one, or got another one."""
    number, former = number_of(change.after), number_of(change.before)
    is_first = change.before is None and (
        change.occasion.kind in rules.number_kinds or change.occasion.reason in rules.number_reasons
    )
    is_given = bool(number) and number != former and (is_first or change.before is not None)
    if not is_given or not change.after.resident:
        return None
    item_id = f"d-{change.position}"
    message = delivery_of(item_id, change.after, NOTICE)
    return _outgoing(change, municipality, (DELIVERY, item_id, message), at, ("", ""))


def delivery_of(item_id: str, items: ResidentItems, purpose: str, place: str = "") -> DeliveryAddress:
    """送付先情報 of a record."""
    return DeliveryAddress(
        delivery_id=item_id,
        resident_code=items.resident_code or "",
        my_number=number_of(items),
        addressee=items.name or "",
        postal_code="",
        address=items.address or "",
        purpose=purpose,
        place=place,
    )


def moving_out(change: RegisterChange, municipality: str, rules: NetworkRelayRules, at: datetime) -> Outgoing | None:
    """転出証明書情報 of one person who leaves with a card. What was told when it was planned is not told again."""
    after, before = change.after, change.before
    was_planned = before is not None and bool(before.planned_move_out_on)
    is_leaving = bool(after.planned_move_out_on) or not after.resident
    if change.occasion.reason not in rules.moving_out_reasons or before is None or was_planned or not is_leaving:
        return None
    place = code_of(after.moved_to or "", rules.places)
    data = MovingOutData(
        data_id=f"o-{change.occasion.entry_id}"[:64],
        moved_from=municipality,
        moved_to=place,
        from_address=before.address or "",
        planned_on=after.planned_move_out_on or day_of(change),
        persons=(person_of(after),),
    )
    return _outgoing(change, municipality, (MOVING_OUT, data.data_id, data), at, ("", "" if place else NO_PLACE))


def moved_in(change: RegisterChange, municipality: str, coming: Coming, at: datetime) -> Outgoing:
    """転入通知 of one person who announced to come."""
    notice = MovedIn(
        notice_id=f"m-{change.position}",
        data_id=coming.data_id,
        moved_from=coming.moved_from,
        moved_to=municipality,
        persons=(change.after.resident_code or "",),
        moved_in_on=change.after.moved_in_on or day_of(change),
        to_address=change.after.address or "",
    )
    return _outgoing(change, municipality, (MOVED_IN, notice.notice_id, notice), at, ("", ""))


def person_of(items: ResidentItems) -> PersonItems:
    """A person as 転出証明書情報 tells them; what there is not is left out."""
    found: dict[str, Any] = {name: getattr(items, name) or None for name in _TOLD}
    return PersonItems(**found, my_number=number_of(items) or None)


def code_of(text: str, places: Mapping[str, str]) -> str:
    """The code of the municipality that a written place begins with or names, "" where that is not known."""
    named = [name for name in places if name in text]
    return places[max(named, key=len)] if named else ""


def _reason(change: RegisterChange, rules: NetworkRelayRules, former_code: str, former_number: str) -> str:
    if former_code:
        return ChangeReason.RESIDENT_CODE
    if former_number and number_of(change.after):
        return ChangeReason.MY_NUMBER
    return rules.reasons.get(change.occasion.kind, ChangeReason.OTHER_ITEM)


def _outgoing(
    change: RegisterChange, municipality: str, what: tuple[str, str, Message], at: datetime, lack: tuple[str, str]
) -> Outgoing:
    """``lack``: the code that the network counts by, and what is missing ("" for nothing)."""
    kind, item_id, message = what
    code, missing = lack
    return Outgoing(
        municipality=municipality,
        item_id=item_id,
        kind=kind,
        subject=change.subject,
        entry_id=change.occasion.entry_id,
        made_at=at,
        content=encode(message),
        code=code,
        state=STOPPED if missing else WAITING,
        cause=missing,
        day=day_of(change),
    )
