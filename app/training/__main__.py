"""Training mode: set up what is missing, start the backend, open counter and training panel."""

import argparse
import os
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from app.client.only_one import only_one
from app.domain.clock import Clock, SystemClock, SystemRandom
from app.errors import AppError, KeyringMissing
from app.log import to_stderr
from app.standin.jpki.server import StatusServer
from app.standin.stamper.server import StampServer
from app.store.vault import Vault
from app.training import own_keyring
from app.training.child import BackendProcess
from app.training.home import KEYRING, SIZE, TERMINAL, TLS_KEY, Home
from app.training.network import open_training_network, tell_network
from app.training.stamper import open_stamper, tell_stamper
from app.training.status import open_status, tell_backend


def main(words: list[str] | None = None) -> int:
    """Run training mode until its window is closed; 0, or 3 with one sentence when a part is missing."""
    parser = argparse.ArgumentParser(prog="madoguchi --training", description="Madoguchi in training mode")
    parser.add_argument("--home", type=Path, default=_default_home(), help="where the training data lie")
    parser.add_argument("--fresh", action="store_true", help="make the training data anew")
    parser.add_argument("--residents", type=int, default=SIZE, help="of each municipality, when the data are made")
    parser.add_argument("--self-check", action="store_true", help="open, tell as JSON what is painted, leave")
    asked = parser.parse_args(words)
    os.umask(0o077)
    to_stderr()
    home = Home(asked.home.resolve())
    try:
        return _run(home, asked.residents, fresh=asked.fresh, check=asked.self_check)
    except KeyringMissing as error:
        if own_keyring.can_help():
            own_keyring.start_again(home.keyring, sys.argv[1:] if words is None else words, SystemRandom())
        return _said(error)
    except AppError as error:
        return _said(error)


def _run(home: Home, size: int, *, fresh: bool, check: bool) -> int:
    clock, random = SystemClock(), SystemRandom()
    vault = Vault(f"{KEYRING}-{TERMINAL.terminal}", random)
    vault.find(TLS_KEY)  # before anything is started: without a keyring this program starts again under its own
    with ExitStack() as closing:
        closing.enter_context(only_one(home.lock))
        beside = Beside(
            closing.enter_context(open_status(home, clock)), closing.enter_context(open_stamper(home, clock))
        )
        is_ready = home.is_ready(size) and not fresh
        backend = _backend(home, beside, closing, clock) if is_ready else None
        from app.training.opening import TrainingOpening  # noqa: PLC0415 -- the backend starts meanwhile
        from app.training.setup import TrainingSetup  # noqa: PLC0415 -- likewise

        opening, setup = TrainingOpening(clock, stays=not check), TrainingSetup(home, clock, random, size)
        try:
            if backend is None:
                if not opening.prepare(setup):
                    return 0
                backend = _backend(home, beside, closing, clock)
            opening.show()
            from app.training.program import TrainingProgram  # noqa: PLC0415 -- somebody looks at the opening already

            return TrainingProgram(opening, setup, clock, random).run(vault, backend, leaves=check)
        except AppError as error:
            opening.show_failed(error)
            raise


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands in for services outside the city while this program runs."""

    status: StatusServer
    stamper: StampServer


def _backend(home: Home, beside: Beside, closing: ExitStack, clock: Clock) -> BackendProcess:
    """The backend, told what is beside it; the network has its keys from the set-up on."""
    network = closing.enter_context(open_training_network(home, clock))
    tell_backend(home, beside.status)
    tell_stamper(home, beside.stamper, clock)
    tell_network(home, network)
    return closing.enter_context(BackendProcess(home.server_settings, home.log, wait=False))


def _said(error: AppError) -> int:
    """One sentence for who started it; 3."""
    from app.ui.messages import load_messages  # noqa: PLC0415 -- seldom needed

    message = load_messages().of(error)
    print(f"{message.title} {message.why} {message.next} ({message.code})", file=sys.stderr)
    return 3


def _default_home() -> Path:
    """Beside the checkout's build files, else in the user's data folder."""
    checkout = Path(__file__).resolve().parents[2]
    if (checkout / "pyproject.toml").exists():
        return checkout / "build" / "training"
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "madoguchi" / "training"


if __name__ == "__main__":
    sys.exit(main())
