"""Training mode: set up what is missing, start the backend, open counter and training panel."""

import argparse
import os
import sys
from dataclasses import replace
from pathlib import Path

from app.client.counter import open_counter
from app.client.desktop import Desktop
from app.client.program import make_application
from app.domain.clock import SystemClock, SystemRandom
from app.errors import AppError, KeyringMissing
from app.log import to_stderr
from app.settings import CounterSettings, counter_settings
from app.standin.city.staff import TrainingTeam
from app.store.vault import Vault
from app.training import own_keyring
from app.training.cards import TrainingCards
from app.training.child import BackendProcess
from app.training.home import Home
from app.training.setup import KEYRING, TLS_KEY, TrainingSetup
from app.trust.authority import TerminalName
from app.ui.flows.training import CardActs, TrainingFlow
from app.ui.messages import load_messages
from app.ui.training_panel import TrainingPanel, TrainingSignIn

TERMINAL = TerminalName("991007", "kunren-1")
WINDOW = "1"


def main(words: list[str] | None = None) -> int:
    """Run training mode until its window is closed; 0, or 3 with one sentence when a part is missing."""
    parser = argparse.ArgumentParser(prog="python -m app.training", description="Madoguchi in training mode")
    parser.add_argument("--home", type=Path, default=_default_home(), help="where the training data lie")
    parser.add_argument("--fresh", action="store_true", help="make the training data anew")
    asked = parser.parse_args(words)
    os.umask(0o077)
    to_stderr()
    home = Home(asked.home.resolve())
    try:
        return _run(home, fresh=asked.fresh)
    except KeyringMissing as error:
        if own_keyring.can_help():
            own_keyring.start_again(home.keyring, sys.argv[1:] if words is None else words, SystemRandom())
        return _said(error)
    except AppError as error:
        return _said(error)


def _said(error: AppError) -> int:
    """One sentence for who started it; 3."""
    message = load_messages().of(error)
    print(f"{message.title} {message.why} {message.next} ({message.code})", file=sys.stderr)
    return 3


def _run(home: Home, *, fresh: bool) -> int:
    clock, random = SystemClock(), SystemRandom()
    vault = Vault(f"{KEYRING}-{TERMINAL.terminal}", random)
    vault.find(TLS_KEY)
    setup = TrainingSetup(home, clock, random)
    if fresh or not setup.is_ready():
        setup.prepare(said=lambda step: print(f"training: {step}", file=sys.stderr))
        setup.enrol([(TERMINAL.municipality, TERMINAL.terminal, WINDOW)])
    settings = counter_settings(setup.add_counter(TERMINAL, WINDOW, vault))
    application = make_application()
    cards = TrainingCards(setup.city(), clock)
    with BackendProcess(home.server_settings, home.root / "backend.log") as backend:
        counter = open_counter(_at(settings, backend.port), cards.readers, clock, random)
        counter.memory.postbox.start()
        desktop = Desktop(counter, application, clock, random)
        panel = TrainingPanel(desktop.kit, cards.personas(), _staff(setup.team()))
        flow = TrainingFlow(panel, desktop.window, CardActs(cards.put, cards.take))
        desktop.show()
        flow.show()
        code = application.exec()
        flow.close()
        desktop.close()
    return code


def _staff(team: TrainingTeam) -> tuple[TrainingSignIn, ...]:
    """Who can sign in at this terminal, and with what."""
    own = [one for one in team.staff if one.municipality == TERMINAL.municipality]
    return tuple(TrainingSignIn(one.staff_id, one.name, one.titles, team.password.text()) for one in own)


def _at(settings: CounterSettings, port: int) -> CounterSettings:
    """The settings with the address at which the backend listens this time."""
    return replace(settings, office_url=f"https://127.0.0.1:{port}")


def _default_home() -> Path:
    """Beside the checkout's build files, else in the user's data folder."""
    checkout = Path(__file__).resolve().parents[2]
    if (checkout / "pyproject.toml").exists():
        return checkout / "build" / "training"
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "madoguchi" / "training"


if __name__ == "__main__":
    sys.exit(main())
