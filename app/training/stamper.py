"""The time-stamping authority of training: in threads of this program, told to the backend before it starts."""

from app.domain.clock import Clock
from app.standin.stamper.server import Answers, StampServer
from app.training.home import Home

FOLDER = "stamper"
_TABLE = "\n[stamper]\n"
"""Behind all other tables of the backend's settings: its address is another one at each start."""


def open_stamper(home: Home, clock: Clock) -> StampServer:
    """The stamper, listening; its keys are read when it is first asked. To be closed."""

    def answers() -> Answers:
        from app.standin.stamper.answers import StampAnswers  # noqa: PLC0415 -- a start need not wait for it
        from app.standin.stamper.authority import kept_keys  # noqa: PLC0415 -- likewise

        return StampAnswers(kept_keys(home.root / FOLDER, clock.now()), clock.now)

    return StampServer(answers)


def tell_stamper(home: Home, stamper: StampServer, clock: Clock) -> None:
    """Write into the backend's settings where the stamper listens this time; its keys are made if there are none."""
    root = home.root / FOLDER / "authority.pem"
    if not root.exists():
        from app.standin.stamper.authority import kept_keys  # noqa: PLC0415 -- at the first start only

        kept_keys(root.parent, clock.now())
    kept = home.server_settings.read_text(encoding="utf-8").partition(_TABLE)[0]
    lines = [f'url = "{stamper.url}"', f'authority = "{FOLDER}/{root.name}"', ""]
    home.server_settings.write_text(kept + _TABLE + "\n".join(lines), encoding="utf-8")
