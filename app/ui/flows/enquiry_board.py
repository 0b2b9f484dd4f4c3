"""How the enquiries of a case stand, as rows and notes: whom each asks and why, about when, what is said before."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app.domain.enquiry_period import Period, period_of
from app.domain.era import wareki_short, wareki_year
from app.services.enquire import ANSWERED, ASKS_CONSENT, EnquiryCase, Planned, Terms, offered_period, planned
from app.ui.flows.waiting import clock_time
from app.ui.kit import Kit
from app.ui.screens.enquiries import EnquiryShown
from app.ui.screens.enquiry_questions import EnquiryAsked, EnquirySaid
from app.ui.widgets.alerts import Note
from app.ui.widgets.chip import Kind
from app.wire.relay import EnquiryAccepted, EnquiryState, RuledProvider

REFUSED = "refused"
Places = tuple[tuple[str, str], ...]
"""Code and name of the municipalities that are offered by name, own first."""


def asked_of(one: Planned, case: EnquiryCase | None) -> EnquiryAsked:
    """What an enquiry wants to be told before it goes."""
    enquiry = one.due.enquiry
    offered = None if case is None else offered_period(case, one)
    return EnquiryAsked(consent=enquiry.consent in ASKS_CONSENT, period=enquiry.period, offered=offered)


def period_text(kit: Kit, period: Period) -> str:
    """From–to as it is shown."""
    return kit.texts.enquiry.period(wareki_short(period.since), wareki_short(period.until))


@dataclass(slots=True)
class EnquiryBoard:
    """What is known of the enquiries of one case; ``case`` None: of none."""

    kit: Kit
    places: Places
    case: EnquiryCase | None = None
    accepted: dict[str, EnquiryAccepted] = field(default_factory=dict)
    states: dict[str, EnquiryState] = field(default_factory=dict)
    periods: dict[str, Period] = field(default_factory=dict)
    ruled: Mapping[str, RuledProvider] = field(default_factory=dict)

    def planned(self) -> tuple[Planned, ...]:
        """What the case calls for."""
        return () if self.case is None else planned(self.case)

    def is_sent(self, name: str) -> bool:
        """Whether the enquiry was made."""
        return name in self.states or name in self.accepted

    def open_ones(self) -> tuple[str, ...]:
        """Those that were made and have no end yet."""
        ended = {name for name, one in self.states.items() if one.state in {ANSWERED, REFUSED}}
        return tuple(sorted((self.accepted.keys() | self.states.keys()) - ended))

    def terms(self, said: EnquirySaid) -> Terms:
        """What the relay is told: whom the rule asks unless the clerk chose another."""
        ruled = self.ruled.get(said.id)
        offered = "" if ruled is None else ruled.provider
        return Terms(said.signed, said.period, said.provider or offered, said.provider_reason)

    def shown(self, one: Planned) -> EnquiryShown:
        """One as a row."""
        text, kind = self._standing(one.enquiry_id)
        enquiry, year = one.due.enquiry, one.due.year
        words = self.kit.texts.enquiry
        return EnquiryShown(
            id=one.enquiry_id,
            label=enquiry.label,
            subject=one.subject.name,
            provider=self.provider(one),
            year=words.year_of(wareki_year(year.year)) if year else self.when(one),
            state=text,
            kind=kind,
            purpose=enquiry.purpose,
            sent=self.is_sent(one.enquiry_id),
            step=self._step(one.enquiry_id),
            asked=self.asked(one),
            note=self.provider_note(one),
        )

    def when(self, one: Planned) -> str:
        """The period or the reference date of what belongs to no year; of what was sent, what was asked."""
        if self.case is None:
            return ""
        state = self.states.get(one.enquiry_id)
        sent = None if state is None else period_of(state.since, state.until)
        period = sent or self.periods.get(one.enquiry_id) or offered_period(self.case, one)
        if period is not None:
            return period_text(self.kit, period)
        return self.kit.texts.enquiry.as_of(wareki_short(self.case.requested_on))

    def _step(self, enquiry_id: str) -> str:
        """What to do now, once it was sent."""
        state = self.states.get(enquiry_id)
        return "" if state is None else self.kit.messages.word("next_step", state.next_step)

    def note(self, one: Planned) -> Note:
        """One as a note of pending work."""
        words = self.kit.texts.enquiry
        text, kind = self._standing(one.enquiry_id)
        state, accepted = self.states.get(one.enquiry_id), self.accepted.get(one.enquiry_id)
        more = ""
        if state is not None and state.answer is not None:
            more = words.answered_at(clock_time(state.answer.answered_at))
        elif accepted is not None and kind == "information":
            more = words.waiting_since(clock_time(accepted.accepted_at))
        elif state is not None and state.reason:
            more = self.kit.messages.refusal(state.reason)
        icon = "pending" if kind == "information" else ""
        return Note(one.due.enquiry.label, f"{one.subject.name}　{text}\n{more}".strip(), kind, icon)

    def _standing(self, enquiry_id: str) -> tuple[str, Kind]:
        state, word = self.states.get(enquiry_id), self.kit.messages.word
        if state is None:
            if enquiry_id in self.accepted:
                return word("enquiry_state", "waiting"), "information"
            return self.kit.texts.enquiry.not_sent, "quiet"
        if state.answer is not None:
            kind: Kind = "success" if state.answer.kind == "value" else "warning"
            return word("answer_kind", state.answer.kind), kind
        if state.state == REFUSED:
            return word("enquiry_state", state.state), "error"
        if state.state == ANSWERED:
            return word("enquiry_state", state.state), "success"
        return word("enquiry_state", state.state), "information"

    def provider(self, one: Planned) -> str:
        """Whom it asks, by name."""
        accepted = self.accepted.get(one.enquiry_id)
        if accepted is not None and accepted.provider_name:
            return accepted.provider_name
        if one.due.enquiry.path in {"own", "link"}:
            return self.kit.texts.enquiry.own
        known = dict(self.places)
        ruled = self.ruled.get(one.enquiry_id)
        if ruled is not None:
            return ruled.name or known.get(ruled.provider, ruled.provider)
        return known.get(one.due.provider, one.due.provider or "―")

    def asked(self, one: Planned) -> EnquiryAsked:
        """What is said before it goes."""
        ruled, word = self.ruled.get(one.enquiry_id), self.kit.messages.words
        offered = one.due.provider if ruled is None else ruled.provider
        asked = asked_of(one, self.case)
        if one.due.enquiry.path != "nws" or one.due.enquiry.provider.startswith("body:"):
            return asked
        own = self.places[0][0] if self.places else ""
        others = tuple(place for place in self.places if place[0] not in {offered, own})
        return replace(asked, others=others, reasons=word("provider_reason"))

    def provider_note(self, one: Planned) -> str:
        """Whom it asks, and why: after it was sent as the relay has it, before as the rule or the case says."""
        words, word = self.kit.texts.enquiry, self.kit.messages.word
        accepted, state = self.accepted.get(one.enquiry_id), self.states.get(one.enquiry_id)
        ruled = self.ruled.get(one.enquiry_id)
        why = "" if ruled is None else ruled.why
        if accepted is not None or state is not None:
            why = accepted.provider_why if accepted is not None else state.provider_why if state is not None else ""
        elif not why and one.due.enquiry.provider.startswith("field:") and one.due.provider:
            why = "case"
        if not why:
            return ""
        return words.provider_note(self.provider(one), word("provider_why", why))
