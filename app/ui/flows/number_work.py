"""What confirming a number does on the lanes: the use cases, and every entry wiped after its use."""

from app.domain.number import MyNumber
from app.domain.secret import Secret
from app.services.card_port import Insertion
from app.services.confirm_number import Asking, CardEntry, NumberConfirmed, Way
from app.services.find_person import Found
from app.services.ports.seat import Press
from app.ui.flows.visit_acts import VisitActs
from app.ui.flows.visit_state import Present


class NumberWork:
    """Runs on the lanes of store, reader and office."""

    def __init__(self, acts: VisitActs) -> None:
        self._acts = acts

    def without(self, way: Way, press: Press, present: Present, asking: Asking) -> NumberConfirmed:
        """Nothing is taken."""
        return self._acts.confirm_number.without(press, present.session, present.visit, asking, way)

    def by_paper(self, paper: str, entry: Secret, press: Press, present: Present, asking: Asking) -> NumberConfirmed:
        """From a paper; the entry is wiped."""
        try:
            shown = (paper, entry.text())
            return self._acts.confirm_number.by_paper(press, present.session, present.visit, asking, shown)
        finally:
            entry.wipe()

    def by_card(
        self, way: Way, how: tuple[Insertion, bool, Secret | None], press: Press, present: Present, asking: Asking
    ) -> NumberConfirmed:
        """From the card, by code A or PIN; the entry is wiped."""
        confirm = self._acts.confirm_number
        ask = confirm.by_code_a if way is Way.CODE_A else confirm.by_pin
        at, last_try, entry = how
        try:
            typed = None if entry is None else entry.text()
            return ask(press, present.session, present.visit, asking, CardEntry(at, typed, last_try))
        finally:
            if entry is not None:
                entry.wipe()

    def search(self, press: Press, present: Present, number: MyNumber) -> Found:
        """The register by the number, which is wiped."""
        try:
            find = self._acts.find_person
            return find.by_number(press, present.session, present.visit, number, present.card)
        finally:
            number.wipe()
