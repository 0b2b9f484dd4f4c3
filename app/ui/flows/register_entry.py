"""A change being entered: kept while it is typed, tried part by part, entered provisionally, or corrected."""

from functools import partial

from PySide6.QtCore import QTimer, Signal

from app.domain.register_forms import FilingForm, Whom
from app.errors import AppError
from app.services.filing_drafts import DRAFTED
from app.services.ports.seat import Press
from app.ui.flows.register_acts import Occasion, RegisterActs, RegisterFlow
from app.ui.flows.register_filing import JOIN, filing_of
from app.ui.flows.register_form import FormReader
from app.ui.flows.register_people import PeopleEditor
from app.ui.flows.register_words import RegisterReader, moment
from app.ui.flows.visit_state import nothing
from app.ui.kit import Kit
from app.ui.screens.register_entry import PEOPLE, EntryShown, RegisterEntryScreen
from app.ui.screens.register_fields import MISSING
from app.wire.draft import Draft
from app.wire.message import decode, encode
from app.wire.register import Hit
from app.wire.register_change import CorrectEntry, EntryRow, Filing, FindingMark, ProposeEntry, Trial
from app.wire.register_draft import SECRET, FilingDraft

KEEP_AFTER_MS = 1000
"""As drafts of applications: on the disk at most 2 s after the last key."""
_FILING = "filing"


class EntryFlow(RegisterFlow[RegisterEntryScreen]):
    """``done`` carries a title and a sentence: it is entered. ``household_asked``: which household is joined."""

    done = Signal(str, str)
    household_asked = Signal()

    def __init__(self, kit: Kit, screen: RegisterEntryScreen, acts: RegisterActs) -> None:
        super().__init__(kit, screen, acts)
        self._form: FilingForm | None = None
        self._draft_id = self._entry_id = ""
        self._is_tried = False
        self._press: Press | None = None
        self._timer = QTimer(self, interval=KEEP_AFTER_MS, singleShot=True)
        self._timer.timeout.connect(self.keep)
        screen.change.edited.connect(self._on_field)
        self._people = PeopleEditor(kit, screen.people)
        self._people.changed.connect(self._on_changed)
        self._people.household.connect(partial(screen.change.fields.show_value, "household"))
        screen.part_asked.connect(self._on_part)
        screen.check_asked.connect(self.check)
        screen.keep_asked.connect(self.keep)
        screen.save_asked.connect(self._on_save)
        screen.household_asked.connect(self.household_asked)

    def begin(self, occasion: Occasion, form: FilingForm, draft: FilingDraft, draft_id: str = "") -> None:
        """Open the form. ``draft_id``: of what was kept of it, "" for a fresh one."""
        self.enter(occasion)
        self._form, self._is_tried, self._press = form, False, None
        self._draft_id = draft_id or self._acts.new_id()
        self._entry_id = draft.entry_id or self._acts.new_id()
        kind, words = self._acts.rules.kind(form.kind), self._kit.texts.register_entry
        if len(kind.reasons) == 1 and "reason" not in draft.values:
            draft = draft.with_value("reason", kind.reasons[0])
        reader = self._reader()
        shown = EntryShown(
            lead=words.lead(kind.title),
            fields=reader.fields(form, kind),
            values=draft.values,
            may_add=form.whom is Whom.NEW,
            may_join="household_number" in form.fields,
            corrects=bool(draft.entry_id),
        )
        self.screen.show_form(shown)
        self.screen.show_state(words.findings_wait)
        self.screen.show_saved(words.not_saved)
        self._people.begin(form, draft, reader)
        if draft_id and SECRET & set(form.items):
            self.screen.banner.show_text("information", words.number_again)

    def end(self) -> None:
        if self._timer.isActive():
            self.keep()
        self._timer.stop()
        super().end()
        self._people.end()
        self._form, self._draft_id = None, ""

    def join(self, hit: Hit) -> None:
        """The household of this person is joined; an address that stands there stays, and the checks compare it."""
        form, draft, words = self._form, self._people.draft, self._kit.texts.register_entry
        if form is None:
            return
        values = {"household": JOIN, "household_number": hit.household_number}
        if "address" in form.fields and not draft.values.get("address"):
            values["address"] = hit.address
        for name, value in values.items():
            self.screen.change.fields.show_value(name, value)
        self._people.change(draft.changed(values={**draft.values, **values}))
        self.screen.banner.show_text("success", words.joins_title(hit.name), words.joins_text)

    def keep(self) -> None:
        """Keep what is typed on this PC now."""
        self._timer.stop()
        occasion = self._occasion
        if occasion is None or self._form is None:
            return
        at = self._acts.press().at
        made = Draft(
            draft_id=self._draft_id,
            visit_id=occasion.visit.visit_id,
            procedure=f"{DRAFTED}{self._form.kind}",
            procedure_version=1,
            saved_at=at,
            facts={_FILING: encode(self._people.draft.kept()).decode()},
        )
        words = self._kit.texts.register_entry
        self._acts.store.run(
            partial(self._acts.drafts.keep, made),
            owner=self.screen,
            done=lambda draft: self.screen.show_saved(words.saved(moment(draft.saved_at)) if self._form else ""),
            failed=self._on_not_kept,
        )

    def check(self) -> None:
        """How it would work out now."""
        form, draft, words = self._form, self._people.draft, self._kit.texts.register_entry
        if form is None:
            return
        if not draft.values.get("reason"):
            self.screen.show_state(words.missing(self._reader().label("reason")))
            return
        if not any(one.moves for one in draft.persons):
            self.screen.show_state(words.nobody)
            return
        self.screen.show_checking()
        filing, change = self._filing(form), self._acts.change
        self.ask(
            lambda press, it: change.try_out(press, it.session, filing, draft.entry_id),
            partial(self._on_trial, filing),
        )

    def _on_trial(self, filing: Filing, trial: Trial) -> None:
        reader, words = self._words(), self._kit.texts.register_entry
        self._is_tried = True
        names = {one.number: one.name for one in self._people.draft.persons if one.number}
        marks = trial.findings
        self._show_errors(marks)
        self.screen.outcome.show_findings(reader.findings(marks, filing, names, asks=True))
        is_closed = not trial.changes and not any(one.check == "nothing_changes" for one in marks)
        self.screen.outcome.show_difference(
            reader.people(trial.changes), words.difference_closed if is_closed else words.difference_none
        )
        plain = reader.findings(marks, filing, names, asks=False)
        self.screen.change.show_findings(plain, self._errors(marks))
        self.screen.show_state(findings_said(self._kit, marks) if marks else words.findings_none)

    def _show_errors(self, marks: tuple[FindingMark, ...]) -> None:
        person = self._people.person()
        number = "" if person is None else person.number
        about = [one for one in marks if one.about in {"", number} or (not number and one.about.startswith("new"))]
        self.screen.people.items.show_errors(self._errors(tuple(about)))

    def _errors(self, marks: tuple[FindingMark, ...]) -> dict[str, str]:
        """Field or item → what is wrong there."""
        places, word = self._acts.forms.places, self._kit.messages.word
        return {places[one.check]: word("register_check", one.check) for one in marks if one.level == "error"}

    def _on_field(self, name: str, value: str) -> None:
        self._people.change(self._people.draft.with_value(name, value))

    def _on_part(self, part: int) -> None:
        self.screen.show_part(part)
        if part == PEOPLE:
            self._people.show()
        if not self._is_tried:
            self.check()

    def _pressed(self) -> Press:
        """One press for one content: what may have arrived although no answer came is not entered twice."""
        self._press = self._press or self._acts.press()
        return self._press

    def _on_changed(self) -> None:
        self._is_tried, self._press = False, None
        self.screen.show_state(self._kit.texts.register_entry.findings_old)
        self._timer.start()

    def _on_save(self) -> None:
        form, draft, words = self._form, self._people.draft, self._kit.texts.register_entry
        if form is None or self._occasion is None:
            return
        errors = {name: MISSING for name in ("reason", "filed_day") if not draft.values.get(name)}
        if errors:
            self.screen.show_missing(errors)
            return
        if not any(one.moves for one in draft.persons):
            self.screen.show_state(words.nobody)
            return
        self._errands.drop()
        self.screen.show_working()
        filing, confirmed = self._filing(form), self.screen.outcome.confirmed()
        change = self._acts.change
        if draft.entry_id:
            again = CorrectEntry(entry_id=draft.entry_id, version=draft.version, filing=filing, confirmed=confirmed)
            self.ask(lambda press, it: change.correct(press, it.session, again), self._on_entered, self._pressed())
        else:
            fresh = ProposeEntry(entry_id=self._entry_id, filing=filing, confirmed=confirmed)
            self.ask(lambda press, it: change.propose(press, it.session, fresh), self._on_entered, self._pressed())

    def _on_entered(self, row: EntryRow) -> None:
        words, draft_id = self._kit.texts.register_entry, self._draft_id
        self._timer.stop()
        self._form = None
        self._acts.store.run(
            partial(self._acts.drafts.done_with, draft_id), owner=self.screen, done=nothing, failed=nothing
        )
        left = sum(not one.confirmed for one in row.findings)
        text = words.done_findings(left) if left else words.done_text
        self.done.emit(words.done_title(row.title), text)

    def _on_not_kept(self, error: AppError) -> None:
        self.screen.show_saved(self._kit.texts.register_entry.save_failed)
        self.screen.banner.show_message(self._kit.messages.of(error))

    def _filing(self, form: FilingForm) -> Filing:
        visit_id = "" if self._occasion is None else self._occasion.visit.visit_id
        return filing_of(form, self._people.draft, visit_id, self.today())

    def _reader(self) -> FormReader:
        return FormReader(self._kit, self._acts.rules, self._occasion.wards if self._occasion else ())

    def _words(self) -> RegisterReader:
        return RegisterReader(self._kit, self._acts.rules, self._occasion.wards if self._occasion else ())


def drafted(draft: Draft) -> FilingDraft | None:
    """The form that a draft keeps, None for one of an application."""
    kept = draft.facts.get(_FILING)
    if not draft.procedure.startswith(DRAFTED) or not isinstance(kept, str):
        return None
    return decode(kept.encode(), FilingDraft)


def findings_said(kit: Kit, marks: tuple[FindingMark, ...]) -> str:
    """How many checks stop it, and how many want a look."""
    words, between = kit.texts.register_own, kit.texts.register.between
    errors = len({one.check for one in marks if one.level == "error"})
    asks = len({one.check for one in marks if one.level != "error" and not one.confirmed})
    said = [words.errors(errors)] if errors else []
    return between.join([*said, *([words.asks(asks)] if asks else [])]) or words.clear
