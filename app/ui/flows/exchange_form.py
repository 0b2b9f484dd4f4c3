"""A form of the exchange: filled, checked, asked once more where it is final, sent; then back with what was done."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Signal

from app.services.ports.seat import Press, Session
from app.ui.flows.exchange_flow import ExchangeActs, ExchangeFlow
from app.ui.kit import Kit
from app.ui.screens.exchange_screen import ExchangeLook, ExchangeScreen
from app.ui.screens.fact_table import FactShown
from app.ui.screens.network_screen import Deed
from app.ui.screens.register_fields import MISSING, FieldShown

SEND = "send"
Values = Mapping[str, str]


def _no_faults(_: Values) -> dict[str, str]:
    return {}


@dataclass(frozen=True, slots=True)
class FormAsked:
    """What is filled in and what happens with it.

    ``work`` sends the values, under an id of this content; its outcome is told with ``told``: title and sentence.
    ``faults``: what is wrong besides required fields that are empty, by field.
    """

    lead: str
    fields: tuple[FieldShown, ...]
    work: Callable[[Press, Session, Values, str], object]
    told: tuple[str, str]
    values: Values = field(default_factory=dict)
    faults: Callable[[Values], dict[str, str]] = _no_faults
    facts: tuple[FactShown, ...] = ()


class FormFlow(ExchangeFlow):
    """``done`` carries a title and a sentence."""

    done = Signal(str, str)

    def __init__(self, kit: Kit, screen: ExchangeScreen, acts: ExchangeActs) -> None:
        super().__init__(kit, screen, acts)
        self._asked: FormAsked | None = None

    def begin(self, session: Session, asked: FormAsked) -> None:
        """Open it."""
        self.enter(session)
        self._asked = asked
        self._values.update(asked.values)
        self.screen.show_lead(asked.lead)
        self.screen.show_form(asked.fields, self._values)
        self.screen.show_facts(asked.facts)

    def end(self) -> None:
        super().end()
        self._asked = None

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        return {SEND: self._send}

    def _send(self) -> None:
        asked = self._asked
        if asked is None:
            return
        values = {one.id: self.said(one.id) for one in asked.fields}
        missing = {one.id: MISSING for one in asked.fields if one.required and not values[one.id]}
        faults = missing or asked.faults(values)
        self.screen.show_missing(faults)
        if faults:
            return
        name = self.entry_id()
        self.write(lambda press, it: asked.work(press, it, values, name), lambda _: self.done.emit(*asked.told))


def form_screen(
    kit: Kit, title: str, send: tuple[str, str, str], *, columns: int = 2, facts: str = ""
) -> ExchangeScreen:
    """``send``: the button, the word under its key, and the question before ("" for none)."""
    text, key, question = send
    deed = Deed(SEND, text, "commit", key, is_primary=True, question=question)
    look = ExchangeLook(title=title, deeds=(deed,), form_columns=columns, facts_name=facts)
    return ExchangeScreen(kit, look)


def reason_field(label: str, options: Sequence[tuple[str, str]], support: str = "") -> FieldShown:
    """A reason out of a list."""
    return FieldShown("reason", label, "choice", tuple(options), support=support, required=True)
