"""The training program around its windows: counter and panel on one backend, until they are closed."""

import json
from dataclasses import replace

from app.card.staff_card import FidoStaffCards
from app.client.counter import Counter, open_counter
from app.client.desktop import Desktop
from app.desktop.ending import ending_ends
from app.domain.clock import Clock, Random
from app.settings import CounterSettings, counter_settings
from app.standin.city.staff import TrainingTeam
from app.store.vault import Vault
from app.training.cards import TrainingCards
from app.training.child import BackendProcess
from app.training.home import TERMINAL, WINDOW
from app.training.opening import TrainingOpening
from app.training.setup import TrainingSetup
from app.training.staff_cards import StaffReader
from app.ui.flows.training import CardActs, TrainingFlow
from app.ui.opening import FirstPaint
from app.ui.training_panel import TrainingPanel, TrainingSignIn


class TrainingProgram:
    """One run. ``leaves``: it says what it painted, as JSON, and closes itself."""

    def __init__(self, opening: TrainingOpening, setup: TrainingSetup, clock: Clock, random: Random) -> None:
        self._opening, self._setup = opening, setup
        self._clock, self._random = clock, random

    def run(self, vault: Vault, backend: BackendProcess, *, leaves: bool) -> int:
        """Open the windows and run until they are closed. Errors: those of ``open_counter``, ServerFault."""
        path = self._setup.add_counter(TERMINAL, WINDOW, vault)
        cards = TrainingCards(self._setup.city(), self._clock)
        staff = StaffReader(self._setup.staff_cards)
        settings = _at(counter_settings(path), backend.port)
        held = FidoStaffCards(staff.hold, self._clock, staff)
        counter = open_counter(settings, cards.readers, self._clock, self._random, staff_cards=held)
        counter.memory.postbox.start()
        return self._show(counter, (cards, staff), leaves=leaves)

    def _show(self, counter: Counter, laid: tuple[TrainingCards, StaffReader], *, leaves: bool) -> int:
        cards, staff = laid
        application = self._opening.application
        desktop = Desktop(counter, application, self._clock, self._random)
        panel = TrainingPanel(desktop.kit, cards.personas(), _staff(self._setup.team()))
        flow = TrainingFlow(panel, desktop.window, CardActs(cards.put, cards.take, staff.lay))
        desktop.show()
        if leaves and desktop.window.current is not None:
            FirstPaint(desktop.window.current, lambda: _leave(desktop))
        flow.show(in_front=self._opening.has_prepared)
        self._opening.close()
        with ending_ends(application):
            code = application.exec()
            flow.close()
            desktop.close()
        return code


def _leave(desktop: Desktop) -> None:
    print(json.dumps({"painted": type(desktop.window.current).__name__}), flush=True)
    desktop.window.close()


def _staff(team: TrainingTeam) -> tuple[TrainingSignIn, ...]:
    """Who can sign in at this terminal, and with what."""
    own = [one for one in team.staff if one.municipality == TERMINAL.municipality]
    return tuple(
        TrainingSignIn(one.staff_id, one.name, one.titles, team.password.text(), team.card_pin.text()) for one in own
    )


def _at(settings: CounterSettings, port: int) -> CounterSettings:
    """The settings with the address at which the backend listens this time."""
    return replace(settings, office_url=f"https://127.0.0.1:{port}")
