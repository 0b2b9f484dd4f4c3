"""The extract as a file: one line of JSON signed by the review's log, each row with the receipt of its record."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

import msgspec

from app.backend.review.ports import Extract
from app.domain.access import Access
from app.domain.disclosure import DisclosureRules
from app.trust.checkpoint import origin_of
from app.trust.extract import EXTRACT
from app.trust.sign import SigningKey
from app.trust.statement import state


class Told:
    """What may be told of the accesses of one person. ``states``: ref → state of the review, if it has any."""

    def __init__(
        self, rules: DisclosureRules, accesses: Sequence[Access], states: Mapping[str, str], receipts: Mapping[str, str]
    ) -> None:
        self._rules, self._receipts = rules, receipts
        self._withheld = {one.ref: rules.rows[states[one.ref]] for one in accesses if one.ref in states}
        self.accesses = [one for one in accesses if one.ref not in self._withheld]

    @property
    def left_out(self) -> dict[str, int]:
        """Rows not told, by ground; none of those whose number is not told either."""
        return self._counted(is_told=True)

    @property
    def unsaid(self) -> dict[str, int]:
        """Rows not told whose number is not told either, by ground: for the record alone."""
        return self._counted(is_told=False)

    def rows(self) -> list[dict[str, str]]:
        """The rows as they are told, each with its record's receipt."""
        return [
            {name: self._value(one, name) for name in self._rules.told} | {"receipt": self._receipts[one.ref]}
            for one in self.accesses
        ]

    @staticmethod
    def _value(access: Access, name: str) -> str:
        value = getattr(access, name)
        return value.isoformat() if isinstance(value, datetime) else str(value)

    def _counted(self, *, is_told: bool) -> dict[str, int]:
        found = [rule.ground for rule in self._withheld.values() if rule.is_counted is is_told]
        return {ground: found.count(ground) for ground in sorted(set(found))}


def body_of(one: Extract, rules: DisclosureRules, told: Told) -> dict[str, object]:
    """The file's content but for the receipt of its approval."""
    used = {*rules.fields.values(), *told.left_out}
    return {
        "municipality": one.municipality,
        "extract": one.extract_id,
        "request": one.reason,
        "person": one.person,
        "since": one.since.isoformat(),
        "until": one.until.isoformat(),
        "approved_at": "" if one.approved_at is None else one.approved_at.isoformat(),
        "rules": rules.version,
        "rows": told.rows(),
        "withheld_fields": dict(rules.fields),
        "left_out": told.left_out,
        "grounds": [asdict(ground) for name, ground in rules.grounds.items() if name in used],
    }


def digest_of(body: Mapping[str, object]) -> str:
    """SHA-256 (hex) of the content, which the record of the approval names."""
    return hashlib.sha256(msgspec.json.encode(body, order="sorted")).hexdigest()


def signed(body: Mapping[str, object], proof: str, key: SigningKey) -> str:
    """The whole file."""
    content = msgspec.json.encode({**body, "approved": proof}, order="sorted")
    return state(EXTRACT, content, origin_of("review", str(body["municipality"])), key)
