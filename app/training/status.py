"""The authorities' status service of training: in threads of this program, told to the backend before it starts."""

from pathlib import Path

from app.domain.clock import Clock
from app.shipped import read_toml, resource
from app.standin.jpki.server import Answers, StatusServer
from app.training.home import Home

_TABLE = "\n[revocation]\n"
"""The last table of the backend's settings: its address is another one at each start."""


def open_status(home: Home, clock: Clock) -> StatusServer:
    """The service, listening; keys and city are read when it is first asked. To be closed."""

    def answers() -> Answers:
        from app.standin.cards.jpki_authority import TrainingJpki  # noqa: PLC0415 -- a start need not wait for it
        from app.standin.city.file import from_json  # noqa: PLC0415 -- likewise
        from app.standin.jpki.answers import StatusAnswers  # noqa: PLC0415 -- likewise
        from app.standin.jpki.training import training_registers  # noqa: PLC0415 -- likewise

        jpki, city = TrainingJpki.load(_keys()), from_json(home.city.read_text(encoding="utf-8"))
        return StatusAnswers(training_registers(jpki, city, read_toml("training", "revoked.toml")), clock)

    return StatusServer(answers)


def tell_backend(home: Home, status: StatusServer) -> None:
    """Write into the backend's settings where the service listens this time."""
    kept = home.server_settings.read_text(encoding="utf-8").partition(_TABLE)[0]
    names = sorted(path.name.removesuffix(".key.pem") for path in _keys().glob("*.key.pem"))
    lists = [status.list_of(name) for name in names if not name.startswith("holder-")]
    lines = ['first = "responder"', f'responder = "{status.responder}"', "lists = ["]
    lines += [*(f'  "{place}",' for place in lists), "]", ""]
    home.server_settings.write_text(kept + _TABLE + "\n".join(lines), encoding="utf-8")


def _keys() -> Path:
    return resource("training", "card", "jpki")
