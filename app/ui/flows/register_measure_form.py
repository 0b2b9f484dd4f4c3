"""A measure being asked for: from somebody's record, for them or for their household."""

from PySide6.QtCore import Signal

from app.ui.flows.register_acts import Occasion, RegisterActs, RegisterFlow
from app.ui.flows.register_filing import day_in
from app.ui.kit import Kit
from app.ui.screens.register_fields import FieldShown
from app.ui.screens.register_measure_form import CoveredShown, RegisterMeasureFormScreen
from app.wire.register import Record, RestraintMark
from app.wire.register_restraint import MeasureRow, RequestMeasure

PROTECTIVE = "protective"
_ACTS = ("view", "issue", "edit")
_FREE = "free"


class MeasureFormFlow(RegisterFlow[RegisterMeasureFormScreen]):
    """``done`` carries title and sentence."""

    done = Signal(str, str)

    def __init__(self, kit: Kit, screen: RegisterMeasureFormScreen, acts: RegisterActs) -> None:
        super().__init__(kit, screen, acts)
        self._record: Record | None = None
        self._covered: set[str] = set()
        self._values: dict[str, str] = {}
        self._measure_id = ""
        screen.edited.connect(self._on_edited)
        screen.toggled.connect(self._on_toggled)
        screen.save_asked.connect(self._on_save)

    def begin(self, occasion: Occasion, record: Record) -> None:
        """Open the form for whose record was open."""
        self.enter(occasion)
        self._record, self._measure_id = record, self._acts.new_id()
        self._covered = {record.hit.business_number}
        self._values = {"kind": PROTECTIVE, "scope": "person", "since": self.today().isoformat()}
        self._values |= {"view": "error", "issue": "error", "edit": _FREE}
        self.screen.show_form(self._fields(), self._values)
        self._show_people(0)

    def end(self) -> None:
        super().end()
        self._record = None
        self._covered.clear()
        self._values.clear()

    def _fields(self) -> tuple[FieldShown, ...]:
        words, messages = self._kit.texts.register_measure_form, self._kit.messages
        levels = (*messages.words("restraint_level"), (_FREE, words.free))
        acts = tuple(
            FieldShown(act, f"{words.acts}：{messages.word('restrained_act', act)}", "choice", levels) for act in _ACTS
        )
        return (
            FieldShown("kind", words.kind, "choice", messages.words("measure_kind"), required=True),
            FieldShown("scope", words.scope, "choice", messages.words("measure_scope"), words.scope_support),
            FieldShown("since", words.since, "day"),
            FieldShown("until", words.until, "day", support=words.until_support),
            *acts,
            FieldShown("opinion", words.opinion, support=words.opinion_support),
            FieldShown("reason", words.reason, "long", support=words.reason_support, required=True),
            FieldShown("offender", words.offender, "long"),
        )

    def _show_people(self, at: int) -> None:
        record = self._record
        if record is None:
            return
        own = [(record.hit.business_number, record.hit.name, "")]
        home = [(one.business_number, one.name, one.relation) for one in record.household] or own
        self.screen.show_people(
            [
                CoveredShown(place, name, relation, number in self._covered)
                for place, (number, name, relation) in enumerate(home)
            ],
            at,
        )

    def _on_toggled(self, place: int) -> None:
        record = self._record
        if record is not None and place < len(record.household):
            self._covered ^= {record.household[place].business_number}
            self._show_people(place)

    def _on_edited(self, name: str, value: str) -> None:
        self._values[name] = value

    def _on_save(self) -> None:
        words, values = self._kit.texts.register_measure_form, self._values
        acts = tuple((act, level) for act in _ACTS if (level := values.get(act, _FREE)) not in {_FREE, ""})
        missing = {} if values.get("reason") else {"reason": words.reason_missing}
        missing |= {} if values.get("kind") else {"kind": words.kind_missing}
        if missing or not acts or not self._covered:
            said = words.nobody if not self._covered else "" if acts else words.acts_missing
            self.screen.show_missing(missing, said)
            return
        self.screen.show_working()
        asked = RequestMeasure(
            measure_id=self._measure_id,
            kind=values["kind"],
            persons=tuple(sorted(self._covered)),
            reason=values["reason"],
            scope=values.get("scope") or "person",
            acts=tuple(RestraintMark(act=act, level=level) for act, level in acts),
            since=day_in(values.get("since", "")),
            until=day_in(values.get("until", "")),
            lead="" if self._record is None else self._record.hit.business_number,
            offender=values.get("offender", ""),
            opinion=values.get("opinion", ""),
            visit_id="" if self._occasion is None else self._occasion.visit.visit_id,
        )
        self.ask(lambda press, it: self._acts.restraints.request(press, it.session, asked), self._on_kept)

    def _on_kept(self, _: MeasureRow) -> None:
        words = self._kit.texts.register_measure_form
        self.done.emit(words.done, words.done_next)
