"""One measure: seen whole, decided by another person, asked to end or go on, its systems ticked off one by one."""

from app.services.tend_restraints import DECIDE, SET
from app.ui.flows.register_acts import Occasion, RegisterActs, RegisterFlow
from app.ui.flows.register_measures import line_of
from app.ui.flows.register_words import RegisterReader, moment
from app.ui.kit import Kit
from app.ui.screens.register_measure import Deed, MeasureShown, RegisterMeasureScreen, SystemLine, facts_of
from app.ui.widgets.chip import Kind
from app.wire.register_restraint import MeasureRow, MeasureView, SystemRow

_SETTLED = frozenset({"set", "lifted"})
_OPEN = frozenset({"provisional", "active"})


class MeasureFlow(RegisterFlow[RegisterMeasureScreen]):
    """Works between ``begin`` and ``end``."""

    def __init__(self, kit: Kit, screen: RegisterMeasureScreen, acts: RegisterActs) -> None:
        super().__init__(kit, screen, acts)
        self._measure_id = ""
        self._view: MeasureView | None = None
        screen.refresh_asked.connect(self.look)
        screen.decided.connect(self._on_decide)
        screen.changed.connect(self._on_change)
        screen.seen.connect(self._on_seen)

    def begin(self, occasion: Occasion, measure_id: str) -> None:
        """Open one measure."""
        self.enter(occasion)
        self._measure_id, self._view = measure_id, None
        self.look()

    def end(self) -> None:
        super().end()
        self._measure_id, self._view = "", None

    def look(self) -> None:
        """Read it (again)."""
        measure_id = self._measure_id
        self.ask(lambda press, it: self._acts.restraints.open(press, it.session, measure_id), self._on_view)

    def _on_view(self, view: MeasureView) -> None:
        self._view = view
        self.screen.show_measure(self._shown(view))

    def _on_decide(self, outcome: str, reason: str) -> None:
        view, tend = self._view, self._acts.restraints
        if view is not None:
            self.screen.show_working()
            self.ask(lambda press, it: tend.decide(press, it.session, view.row, outcome, reason), self._on_decided)

    def _on_decided(self, row: MeasureRow) -> None:
        words = self._kit.texts.register_measure
        state = self._kit.messages.word("measure_state", row.state)
        self._after("success", words.decided, words.decided_text(state))

    def _on_change(self, change: str, reason: str) -> None:
        view, tend = self._view, self._acts.restraints
        if view is not None:
            words = self._kit.texts.register_measure
            self.screen.show_working()
            self.ask(
                lambda press, it: tend.change(press, it.session, view.row, change, reason),
                lambda _: self._after("success", words.asked, words.asked_text),
            )

    def _on_seen(self, system: str) -> None:
        view, tend = self._view, self._acts.restraints
        if view is not None:
            state = "set" if view.row.state in _OPEN else "lifted"
            self.screen.show_working()
            self.ask(lambda press, it: tend.mark(press, it.session, view.row.measure_id, system, state),
                     lambda marked: self._on_marked(system, marked))  # fmt: skip

    def _on_marked(self, system: str, marked: MeasureView) -> None:
        words, word = self._kit.texts.register_measure, self._kit.messages.word
        (one,) = [each for each in marked.systems if each.system == system]
        self._after("success", words.marked(one.title, word("system_state", one.state)), "")

    def _after(self, kind: Kind, title: str, text: str) -> None:
        """It is done: read anew, and say so."""
        measure_id = self._measure_id

        def shown(view: MeasureView) -> None:
            self._on_view(view)
            self.screen.banner.show_text(kind, title, text)

        self.ask(lambda press, it: self._acts.restraints.open(press, it.session, measure_id), shown)

    def _shown(self, view: MeasureView) -> MeasureShown:
        words, missing = self._kit.texts.register_measure, sum(one.state not in _SETTLED for one in view.systems)
        return MeasureShown(
            facts=facts_of(self._facts(view)),
            systems=tuple(map(self._system, view.systems)),
            said=words.missing(missing) if missing else words.complete,
            deeds=self._deeds(view, missing),
            notes=self._notes(view.row),
            lifts=view.row.state not in _OPEN,
        )

    def _facts(self, view: MeasureView) -> tuple[tuple[str, str], ...]:
        words, row, word = self._kit.texts.register_measure, view.row, self._kit.messages.word
        reader = RegisterReader(self._kit, self._acts.rules)
        line = line_of(self._kit, reader, row)
        names = dict(zip(row.persons, row.names, strict=False))
        until = words.no_end if row.until is None else reader.day(row.until)
        return (
            (words.kind, line.kind),
            (words.state, word("measure_state", row.state)),
            (words.people, self._kit.texts.register.between.join(names.get(one) or one for one in row.persons)),
            (words.scope, word("measure_scope", row.scope)),
            (words.acts, line.acts),
            (words.period, words.period_of(reader.day(row.since), until)),
            (words.lead_person, names.get(view.lead, view.lead)),
            (words.offender, view.offender),
            (words.opinion, view.opinion),
            (words.reason, view.reason),
        )

    def _system(self, one: SystemRow) -> SystemLine:
        settled = one.state in _SETTLED
        by = f"{one.by}　{moment(one.at)}" if settled and one.at is not None else ""
        state = self._kit.messages.word("system_state", one.state)
        return SystemLine(one.system, one.title, state, "success" if settled else "warning", by, settled)

    def _deeds(self, view: MeasureView, missing: int) -> frozenset[Deed]:
        row, found = view.row, set[Deed]()
        if "decide" in row.may:
            found |= {"approve", "refuse"}
        if self.may(SET) and missing:
            found.add("mark")
        if self.may(SET) and row.state in _OPEN and not row.waits_for:
            found.add("end")
            if row.until is not None:
                found.add("extend")
        return frozenset(found)

    def _notes(self, row: MeasureRow) -> tuple[str, ...]:
        words, found = self._kit.texts.register_measure, list[str]()
        alerts = {"moved_out": words.moved_out, "lapsed": words.lapsed, "ending": words.ending}
        if row.alert:
            found.append(alerts[row.alert])
        if row.waits_for and "decide" not in row.may:
            found.append(words.waits(self._kit.messages.word("measure_waits", row.waits_for)))
            if self.may(DECIDE):
                found.append(words.own)
        return tuple(found)
