"""From what is asked for to a draft that was looked at, and to a number for each copy."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.capacity import CapacityTable, consequence
from app.domain.era import wareki
from app.domain.identity import Question, Regime
from app.domain.person import Capacity
from app.domain.photo_seen import photo_seen
from app.errors import AppError
from app.services.issue_certificate import Drafted
from app.ui.flows.certificate_acts import CertificateActs, asker
from app.ui.flows.visit_state import Errands, Present
from app.ui.kit import Kit
from app.ui.screen import Screen
from app.ui.screens.certificate_draft import CertificateDraftScreen, DraftShown
from app.ui.screens.certificate_request import CertificateRequestScreen, KindShown, MayShown, RequestEntered
from app.ui.screens.review_shown import FindingShown
from app.ui.widgets.alerts import Note
from app.wire.certificate import (
    AskCertificate,
    Copies,
    CopyRow,
    GroupOffered,
    IssueCopies,
    KindOffered,
    Kinds,
    in_place_of,
)
from app.wire.evidence import confirmations
from app.wire.register_restraint import AskIssue, IssueLine, IssueVerdict

_REMOVED = frozenset({"removed", "leaving", "left"})
"""Kinds of the removed record (除票)."""
_RESTRAINED = "restrained"
_EXAMINED = frozenset({Capacity.PUBLIC_USE, Capacity.THIRD_PARTY, Capacity.PROFESSIONAL})


class CertificateRequestFlow(QObject):
    """``opened`` carries the screen to show; ``issued`` the copies that have numbers now.

    ``alerts`` carries the ``Note`` that stand now, ``release`` a ``Visit`` and the ``Hit`` of somebody restrained, to
    be let through by another person. ``spoil_reasons``: codes of the office's list, once it has said what it issues.
    """

    opened = Signal(object)
    issued = Signal(object)
    release = Signal(object, object)
    alerts = Signal(object)

    def __init__(
        self,
        kit: Kit,
        screens: tuple[CertificateRequestScreen, CertificateDraftScreen],
        acts: CertificateActs,
        capacities: CapacityTable,
    ) -> None:
        self._request, self._draft = screens
        super().__init__(self._request)
        self._kit, self._acts, self._capacities = kit, acts, capacities
        self._errands = Errands(self)
        self._present: Present | None = None
        self._kinds: dict[str, KindOffered] = {}
        self._asked: AskCertificate | None = None
        self._drafted: Drafted | None = None
        self._requests: dict[str, AskCertificate] = {}
        self._is_at_once = self._is_release_asked = False
        self.spoil_reasons: tuple[str, ...] = ()
        self._request.kind_chosen.connect(self._on_kind)
        self._request.check_asked.connect(self._on_check)
        self._request.release_asked.connect(self._on_release)
        self._draft.issue_asked.connect(self._on_issue)
        self._draft.back_asked.connect(self._no_alerts)
        self._draft.back_asked.connect(lambda: self.opened.emit(self._request))
        self._request.list_asked.connect(self._no_alerts)

    def begin(self, present: Present, *, at_once: bool = False) -> None:
        """The person is known; the office says what may be asked for. ``at_once``: its first kind is chosen already."""
        self._present, self._asked, self._drafted, self._is_at_once = present, None, None, at_once
        self._request.wipe()
        self.opened.emit(self._request)
        self._request.show_working()
        work = partial(self._acts.issue.kinds, self._acts.press(), present.session)
        self._errands.run(self._acts.lane, work, self._on_kinds, self._on_failed)

    def replace(self, present: Present, row: CopyRow) -> None:
        """Ask again for what a spoiled copy was, under a new number and without a fee for our own fault."""
        asked = self._requests.get(row.number)
        if asked is None:
            self.begin(present)
        else:
            self._look(present, in_place_of(asked, row.number))

    def end(self) -> None:
        """The visit is over."""
        self._errands.drop()
        self._present = self._asked = self._drafted = None
        self._requests = {}
        for screen in (self._request, self._draft):
            screen.wipe()
        self._no_alerts()

    def _on_kinds(self, said: Kinds) -> None:
        present = self._present
        if present is None:
            return
        self.spoil_reasons = said.spoil_reasons
        mine = [one for one in said.kinds if present.capacity.value in one.capacities]
        self._kinds = {one.id: one for one in mine}
        self._request.banner.clear()
        name, _ = asker(present)
        who = f"{name}（{self._kit.messages.word('capacity', present.capacity.value)}）"
        confirmed = _is_confirmed(self._capacities, present)
        options = tuple((one.id, one.title) for one in mine)
        self._request.show_request(who, options, said.copies_most, confirmed=confirmed)
        self._request.first_focus().setFocus()
        if self._is_at_once and mine:
            self._request.kind.show_value(mine[0].id)

    def judge_again(self) -> None:
        """Somebody comes back to the request: another person may have let it through meanwhile."""
        kind, was_asked = self._kinds.get(self._request.kind.value()), self._is_release_asked
        self._is_release_asked = False
        if was_asked and self._present is not None and kind is not None:
            self._judge(self._present, kind)

    def _on_release(self) -> None:
        if self._present is not None and self._present.hit is not None:
            self._is_release_asked = True
            self.release.emit(self._present.visit, self._present.hit)

    def _on_kind(self, name: str) -> None:
        kind, present = self._kinds.get(name), self._present
        if kind is None or present is None or present.record is None:
            self._request.show_kind(None)
            return
        self._request.show_kind(
            KindShown(
                groups=tuple((one.id, one.title, one.may) for one in kind.groups if _is_for(one, present)),
                persons=_persons(present, single=kind.single),
                single=kind.single,
                by_card=kind.by_card,
                examined=present.capacity in _EXAMINED,
                powered=present.capacity is Capacity.PUBLIC_USE,
                exemptions=kind.exemptions,
            )
        )
        self._judge(present, kind)

    def _judge(self, present: Present, kind: KindOffered) -> None:
        """Of each person at once, before anybody is promised anything."""
        household = [name for name, _ in _persons(present, single=kind.single)]
        _, number = asker(present)
        asked = AskIssue(
            persons=tuple(household),
            capacity=present.capacity.value,
            presenter=number,
            photo=photo_seen(confirmations(present.evidence), self._acts.documents),
            removed=kind.of in _REMOVED,
            visit_id=present.visit.visit_id,
        )
        work = partial(self._acts.judge, self._acts.press(), present.session, asked)
        self._errands.run(self._acts.lane, work, partial(self._on_judged, kind), self._say)

    def _on_judged(self, kind: KindOffered, verdict: IssueVerdict) -> None:
        present = self._present
        if present is None or self._request.kind.value() != kind.id:
            return
        held = {one.business_number for one in verdict.lines if not one.may}
        hit = present.hit
        is_held = hit is not None and hit.business_number in held and any(one.act == "issue" for one in hit.restraints)
        self._request.show_release_offered(offered=is_held)
        stops = [one for one in verdict.lines if self._may(present, kind, one).stops]
        title = self._kit.texts.certificate.may_not_title
        self.alerts.emit(tuple(Note(f"{title} {one.business_number}", kind="error") for one in stops))
        self._request.show_may({one.business_number: self._may(present, kind, one) for one in verdict.lines})

    def _may(self, present: Present, kind: KindOffered, line: IssueLine) -> MayShown:
        words, word = self._kit.texts.certificate, partial(self._kit.messages.word, "issue_line")
        if line.may:
            return MayShown(may=True, word=word("alert" if line.alert else "may"), tone="success", held=line.alert)
        stops = words.may_not_stops(_name_of(present, line.business_number), kind.title)
        stops = stops if line.why == _RESTRAINED else ""
        return MayShown(may=False, word=word(line.why), tone="quiet", stops=stops, held=line.why == _RESTRAINED)

    def _on_check(self, entered: RequestEntered) -> None:
        present = self._present
        if present is None:
            return
        name, number = asker(present)
        asked = AskCertificate(
            kind=entered.kind, persons=entered.persons, capacity=present.capacity.value, presenter_name=name,
            evidence=present.evidence, groups=entered.groups, presenter=number, purpose=entered.purpose,
            reason=entered.reason, submit_to=entered.submit_to, power=entered.power, copies=entered.copies,
            exemption=entered.exemption, card=entered.card, visit_id=present.visit.visit_id,
        )  # fmt: skip
        self._request.show_working()
        self._look(present, asked)

    def _look(self, present: Present, asked: AskCertificate) -> None:
        self._asked = asked
        work = partial(self._acts.issue.draft, self._acts.press(), present.session, asked)
        self._errands.run(self._acts.lane, work, self._on_drafted, self._on_failed)

    def _on_drafted(self, drafted: Drafted) -> None:
        self._drafted = drafted
        self._request.banner.clear()
        shown = self._shown(drafted)
        self._draft.show_draft(shown)
        self.opened.emit(self._draft)
        self.alerts.emit(tuple(Note(one.what, one.next, "error" if one.stops else "warning") for one in shown.findings))

    def _on_issue(self, looked: tuple[str, ...]) -> None:
        present, asked, drafted = self._present, self._asked, self._drafted
        if present is None or asked is None or drafted is None:
            return
        wanted = IssueCopies(asked=asked, basis=drafted.draft.basis, confirmed=looked)
        work = partial(self._acts.issue.issue, self._acts.press(), present.session, wanted)
        self._errands.run(self._acts.lane, work, self._on_issued, partial(self._say, on=self._draft))

    def _on_issued(self, copies: Copies) -> None:
        if self._asked is not None:
            self._requests |= {row.number: self._asked for row in copies.rows}
        self._drafted = None
        self._draft.wipe()
        self.issued.emit(copies)
        self._no_alerts()

    def _no_alerts(self) -> None:
        """Nothing stands in the way any more, or the clerk turned away from it."""
        self.alerts.emit(())

    def _on_failed(self, error: AppError) -> None:
        self.opened.emit(self._request)
        self._request.banner.show_message(self._kit.messages.of(error))

    def _say(self, error: AppError, on: Screen | None = None) -> None:
        (on or self._request).banner.show_message(self._kit.messages.of(error))

    def _shown(self, drafted: Drafted) -> DraftShown:
        draft, words, word = drafted.draft, self._kit.texts.certificate_draft, self._kit.messages.word
        copies = 1 if self._asked is None else self._asked.copies
        titles = dict(draft.fee.offered)
        if draft.fee.exemption:
            fee = words.fee_free(titles.get(draft.fee.exemption, draft.fee.exemption))
        elif not draft.fee.total:
            fee = words.fee_none
        else:
            fee = words.fee_line(draft.fee.each, copies, draft.fee.total)
        return DraftShown(
            title=draft.page.title,
            copies=f"{draft.page.title}　{words.copies_line(copies)}",
            fee=words.fee_assumed(fee) if draft.fee.assumed and draft.fee.total else fee,
            route=words.route_post if draft.route == "post" else words.route_counter,
            address="\n".join(draft.address),
            findings=tuple(
                FindingShown(
                    key=one, what=word("certificate_finding", one), why="",
                    next=word("certificate_finding_next", one), stops=False, wants_look=True, looked=False,
                )
                for one in draft.findings
            ),
            pages=drafted.pages,
        )  # fmt: skip


def _is_confirmed(capacities: CapacityTable, present: Present) -> bool:
    found = consequence(capacities, Regime.CERTIFICATE, present.capacity, confirmations(present.evidence))
    return Question.IDENTITY not in {one.question for one in found.missing}


def _name_of(present: Present, business_number: str) -> str:
    record = present.record
    if record is None or record.hit.business_number == business_number:
        return "" if record is None else record.hit.name
    return next((one.name for one in record.household if one.business_number == business_number), "")


def _persons(present: Present, *, single: bool) -> tuple[tuple[str, str], ...]:
    """The applicant first, then, where several may stand on one page, the rest of the household."""
    if present.record is None:
        return ()
    hit = present.record.hit
    household = () if single else present.record.household
    others = tuple(
        (one.business_number, f"{one.name}（{one.relation}）　{wareki(one.birth)}")
        for one in household
        if one.business_number != hit.business_number
    )
    return ((hit.business_number, f"{hit.name}　{wareki(hit.birth)}"), *others)


def _is_for(one: GroupOffered, present: Present) -> bool:
    """A group for Japanese or foreigners only is offered where such a person may be asked for."""
    record = present.record
    return not one.only or record is None or bool(record.nationality) == (one.only == "foreign")
