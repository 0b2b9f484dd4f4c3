"""Whether a certificate may be issued to whoever asks, asked again at the moment of printing; every no sounds alike."""

from app.backend.register.ports import Resident
from app.backend.register.service.changing import ChangeBook, ChangeUnit
from app.backend.register.service.guard import is_let_through, is_restrained, refusals_kept
from app.backend.register.service.measures import SEE
from app.domain.act import Detail, act_of
from app.domain.call import Call
from app.domain.person import Capacity
from app.domain.rights import ANY, allowed
from app.errors import NotUnderstood, Refused
from app.wire.register_restraint import (
    AskIssue,
    CheckPaper,
    CheckPrint,
    IssueLine,
    IssueVerdict,
    PaperLeave,
    PrintLeave,
)

ISSUE = "certificate.issue"
COUNTER = "counter"
CHANNELS = (COUNTER, "post", "wide_area", "convenience")
_HOME = frozenset({Capacity.SAME_HOUSEHOLD, Capacity.HOUSEHOLD_HEAD})
_MOST = 30


class IssueService:
    """The use cases of who issues certificates."""

    def __init__(self, book: ChangeBook) -> None:
        self._book = book

    def judge(self, call: Call, asked: AskIssue) -> IssueVerdict:
        """One line for each person. Why somebody is not issued is told to who may see restraints only.

        To everybody else a protected person looks like one who is not here. Errors: NotUnderstood.
        """
        call.demand(ISSUE)
        _demand_shape(asked)

        def judge(unit: ChangeUnit) -> IssueVerdict:
            verdict = verdict_of(unit, call, asked)
            held = sum(not line.may for line in verdict.lines)
            what: dict[str, Detail] = {"people": ",".join(asked.persons), "held": held, "capacity": asked.capacity}
            unit.record(act_of(call, "issue.judged", visit=asked.visit_id, about=asked.persons[0], **what))
            return verdict

        return self._book.write(judge)

    def check_print(self, call: Call, asked: CheckPrint) -> PrintLeave:
        """Leave to print, for now only: restraints and records are looked at once more.

        Errors: Refused ``may_not_print`` whatever the reason, ``changed_since`` when the record is another one now.
        """
        call.demand(ISSUE)
        _demand_shape(asked.asked)

        def check(unit: ChangeUnit) -> PrintLeave:
            verdict = verdict_of(unit, call, asked.asked)
            if not all(line.may for line in verdict.lines):
                raise Refused("may_not_print")
            if verdict.basis != asked.basis:
                raise Refused("changed_since")
            people = ",".join(asked.asked.persons)
            act = act_of(call, "print.let", visit=asked.asked.visit_id, about=asked.asked.persons[0], people=people)
            return PrintLeave(proof=unit.record(act))

        with refusals_kept(self._book, call, "print.check", asked.asked.persons[0]):
            return self._book.write(check)

    def check_paper(self, call: Call, asked: CheckPaper) -> PaperLeave:
        """Leave to print a paper of the desk. A restraint stops no benefit, but nobody else's paper tells of a person.

        Who is restrained gets papers of their own; on others' papers they stand only under a release by two people.
        Source: procedures.md 1.8 (what a measure covers), published. Errors: Refused ``may_not_print``; NotUnderstood.
        """
        if not 0 < len(asked.persons) <= _MOST:
            raise NotUnderstood(what="paper")

        def check(unit: ChangeUnit) -> PaperLeave:
            found = [unit.person(call.municipality, number) for number in asked.persons]
            held = [
                one.resident
                for one in found
                if one is not None and any(is_restrained(one.resident, act, call) for act in ("view", "issue"))
            ]
            others = (one for one in held if one.business_number != asked.addressee)
            if not all(is_let_through(unit, call, one, "issue") for one in others):
                raise Refused("may_not_print")
            what: dict[str, Detail] = {"people": ",".join(asked.persons), "held": len(held)}
            act = act_of(call, "paper.let", visit=asked.visit_id, about=asked.persons[0], **what)
            return PaperLeave(proof=unit.record(act), alert=bool(held))

        with refusals_kept(self._book, call, "paper.check", asked.persons[0]):
            return self._book.write(check)


def _demand_shape(asked: AskIssue) -> None:
    is_shaped = asked.channel in CHANNELS and asked.capacity in set(Capacity)
    if not is_shaped or not 0 < len(asked.persons) <= _MOST:
        raise NotUnderstood(what="issue")


def verdict_of(unit: ChangeUnit, call: Call, asked: AskIssue) -> IssueVerdict:
    """One line for each person, and what the verdict rests on."""
    lines, basis = [], []
    presenter = unit.person(call.municipality, asked.presenter) if asked.presenter else None
    for number in asked.persons:
        found = unit.person(call.municipality, number)
        person = None if found is None else found.resident
        line = _line(unit, call, asked, (number, person), None if presenter is None else presenter.resident)
        if line.may and person is not None:
            basis.append(f"{number}.{person.version}")
        lines.append(line)
    may = all(line.may for line in lines)
    return IssueVerdict(
        lines=tuple(lines), told="issuable" if may else "nothing_to_issue", basis=",".join(basis) if may else ""
    )


def _line(
    unit: ChangeUnit, call: Call, asked: AskIssue, whom: tuple[str, Resident | None], presenter: Resident | None
) -> IssueLine:
    number, person = whom
    if person is None or not (person.is_resident or _is_removed_here(unit, asked, person)):
        return IssueLine(business_number=number, may=False, why="not_here")
    if is_restrained(person, "issue", call):
        may = _may_have(asked, person, presenter)
        if may and is_let_through(unit, call, person, "issue", visit_id=asked.visit_id):
            return IssueLine(business_number=number, may=True, alert=True)
        sees = allowed(call.actor, SEE, ANY, ANY, day=call.day)
        return IssueLine(business_number=number, may=False, why="restrained" if sees else "not_here")
    if not _is_theirs(asked, person, presenter):
        return IssueLine(business_number=number, may=False, why="not_theirs")
    alert = any(one.act == "issue" and one.holds_on(call.day) for one in person.restraints)
    return IssueLine(business_number=number, may=True, alert=alert)


def _is_removed_here(unit: ChangeUnit, asked: AskIssue, person: Resident) -> bool:
    """Whether a removed record is asked for and there is one."""
    return asked.removed and bool(
        person.more.removed_on is not None or unit.past.removed(person.municipality, person.business_number)
    )


def _may_have(asked: AskIssue, person: Resident, presenter: Resident | None) -> bool:
    """Whether a release can open it at all: to the protected person, in person at the counter, with a photo.

    Asked of each protected person by themself, whoever else stands on the paper. Nobody else gets it under a release:
    a stranger's or an official's request is examined strictly, and not at the counter. Source: procedures.md 1.8,
    published; that a release opens nothing for them is assumed.
    """
    is_self = _capacity(asked, person, presenter) is Capacity.SELF
    return is_self and asked.channel == COUNTER and asked.photo and _is_theirs(asked, person, presenter)


def _is_theirs(asked: AskIssue, person: Resident, presenter: Resident | None) -> bool:
    """Whether the capacity fits the person: oneself, or the same household; the others are examined on paper."""
    capacity = _capacity(asked, person, presenter)
    if capacity is Capacity.SELF:
        return presenter is not None and presenter.business_number == person.business_number
    if capacity in _HOME:
        return presenter is not None and presenter.household_number == person.household_number
    return True


def _capacity(asked: AskIssue, person: Resident, presenter: Resident | None) -> Capacity:
    """In what capacity about this person: who asks for others besides oneself must live with them."""
    capacity = Capacity(asked.capacity)
    is_other = presenter is not None and presenter.business_number != person.business_number
    return Capacity.SAME_HOUSEHOLD if capacity is Capacity.SELF and len(asked.persons) > 1 and is_other else capacity
