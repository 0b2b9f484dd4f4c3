"""Of which records a certificate is made: present ones, removed ones, who leaves or has left, a registered seal."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from app.backend.register.ports import Found, Resident
from app.backend.register.service.certificate_pages import Subject, present, removed
from app.backend.register.service.changing import ChangeUnit, Past
from app.domain.call import Call
from app.domain.certificate_rules import CertificateKind, CertificateRules, Of
from app.domain.register_rules import Basis, RegisterRules
from app.errors import Refused
from app.wire.certificate import AskCertificate

ACTIVE = "active"


@dataclass(frozen=True, slots=True)
class Made:
    """The records of a page. ``basis``: what else of them it rests on than each person's own version."""

    residents: tuple[Resident, ...] = field(repr=False)
    subjects: tuple[Subject, ...] = field(repr=False)
    basis: str
    picture: bytes = field(default=b"", repr=False)
    picture_mm: int = 0


class Records:
    """Finds the records; whether they may be issued is asked elsewhere and before."""

    def __init__(self, rules: CertificateRules, changes: RegisterRules) -> None:
        self._rules = rules
        self._changes = changes

    def is_of_removed(self, kind: CertificateKind) -> bool:
        """Whether who is no resident any more can stand on it."""
        return kind.of in {Of.REMOVED, Of.LEAVING, Of.LEFT}

    def why(self, kind: str) -> str:
        """The title of a kind of change."""
        return self._changes.kind(kind).title if kind in self._changes.kinds else ""

    def of(self, unit: ChangeUnit, call: Call, asked: AskCertificate, kind: CertificateKind) -> Made:
        """Errors: Refused ``one_household``, ``nothing_to_issue``, and as the kind says."""
        found = [unit.person(call.municipality, one) for one in asked.persons]
        people = tuple(one.resident for one in found if one is not None)
        make: Mapping[Of, Callable[[], Made]] = {
            Of.PRESENT: lambda: self._present(unit, call, asked, people),
            Of.REMOVED: lambda: self._removed(unit, call, asked, people),
            Of.LEAVING: lambda: self._leaving(unit, call, kind, people),
            Of.LEFT: lambda: self._leaving(unit, call, kind, people),
            Of.SEAL: lambda: self._sealed(unit, call, asked, people),
        }
        return make[kind.of]()

    def _present(self, unit: ChangeUnit, call: Call, asked: AskCertificate, people: Sequence[Resident]) -> Made:
        members = _one_household(unit, call, people)
        head = self._head(members)
        subjects = tuple(present(one, _number(unit, call, asked, one), head) for one in people)
        basis = ",".join(sorted(f"{one.resident.business_number}.{one.resident.version}" for one in members))
        return Made(tuple(people), subjects, basis)

    def _removed(self, unit: ChangeUnit, call: Call, asked: AskCertificate, people: Sequence[Resident]) -> Made:
        (person,) = people
        records = unit.past.removed(call.municipality, person.business_number)
        if person.is_resident and not records:
            raise Refused("nothing_to_issue")
        subject = removed(person, _number(unit, call, asked, person), records[-1] if records else None)
        return Made((person,), (subject,), str(len(records)))

    def _leaving(self, unit: ChangeUnit, call: Call, kind: CertificateKind, people: Sequence[Resident]) -> Made:
        """Those who leave together, or have left together."""
        members = _one_household(unit, call, people)
        head, subjects = self._head(members), []
        for one in people:
            self._demand_left(unit, call, kind, one)
            number = unit.number(call.municipality, one.business_number)
            own = one.name if one.relation in self._changes.heads else ""
            subjects.append(present(one, "" if number is None else number.text(), head or own))
        days = {one.state.get("planned_move_out_on") or one.state.get("removed_on", "") for one in subjects}
        if len(days) != 1:
            raise Refused("not_leaving_together")
        return Made(tuple(people), tuple(subjects), f"~{days.pop()}")

    def _demand_left(self, unit: ChangeUnit, call: Call, kind: CertificateKind, one: Resident) -> None:
        """Errors: Refused ``not_leaving``, ``left_too_late`` (準ずる証明書 instead), ``left_in_time`` (the reverse)."""
        if one.planned_move_out_on is not None:
            if kind.of is Of.LEFT:
                raise Refused("left_in_time")
            return
        if one.is_resident or one.more.removed_why not in kind.left_by:
            raise Refused("not_leaving")
        past = unit.past.of_person(call.municipality, one.business_number)
        is_late = self._is_late(next((late for late in reversed(past) if late.kind == one.more.removed_why), None))
        if is_late != (kind.of is Of.LEFT):
            raise Refused("left_too_late" if is_late else "left_in_time")

    def _is_late(self, past: Past | None) -> bool:
        """Whether whoever left told it too late, or never."""
        if past is None or self._changes.kind(past.kind).basis is Basis.EX_OFFICIO:
            return True
        return (past.filed_day - (past.event_day or past.filed_day)).days > self._rules.late_days

    def _sealed(self, unit: ChangeUnit, call: Call, asked: AskCertificate, people: Sequence[Resident]) -> Made:
        """The registered seal, for whoever shows its card. Errors: Refused ``no_seal`` whatever is wrong."""
        (person,) = people
        seal = unit.seals.open_of(call.municipality, person.business_number)
        if seal is None or seal.state != ACTIVE or not asked.card or seal.card != asked.card:
            raise Refused("no_seal")
        subject = present(person, "", "", seal.card)
        return Made((person,), (subject,), f"{seal.seal_id}.{seal.version}", seal.imprint, seal.size[0])

    def _head(self, members: Sequence[Found]) -> str:
        heads = (one.resident for one in members if one.resident.relation in self._changes.heads)
        return next((one.name for one in heads), "")


def _one_household(unit: ChangeUnit, call: Call, people: Sequence[Resident]) -> tuple[Found, ...]:
    """The residents of the household that all ``people`` belong to."""
    if len({one.household_number for one in people}) != 1:
        raise Refused("one_household")
    household = unit.household(call.municipality, people[0].household_number)
    return tuple(one for one in household if one.resident.is_resident)


def _number(unit: ChangeUnit, call: Call, asked: AskCertificate, one: Resident) -> str:
    """個人番号, opened only where it is asked for."""
    if "my_number" not in asked.groups:
        return ""
    number = unit.number(call.municipality, one.business_number)
    return "" if number is None else number.text()
