"""The exchange in the window: its room behind the door of the office's other work, and files in and out of it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from app.client.counter import Counter
from app.client.network_wing import municipality_names
from app.domain.conversion.layout import Layout, parse_layout
from app.domain.provision_rules import ProvisionRules, parse_provision_rules
from app.durable.files import disk_error, write_new
from app.errors import AppError
from app.shipped import read_toml, resource
from app.ui.background import Lane
from app.ui.flows.exchange_flow import ExchangeActs
from app.ui.flows.exchange_pages import doors, offers
from app.ui.flows.exchange_room import ExchangeRoom
from app.ui.flows.late_room import Front, LateRoom
from app.ui.flows.office_flow import OfficeMeans
from app.ui.kit import Kit
from app.ui.late import Late
from app.ui.window import Window


def shipped_provision_rules() -> ProvisionRules:
    """What the city provides to others, and whose it is."""
    return parse_provision_rules(read_toml("tables", "provision.toml"))


def shipped_layouts() -> tuple[Layout, ...]:
    """What files of business systems may look like."""
    names = sorted(path.name for path in resource("layouts").glob("*.toml") if path.name != "codes.toml")
    return tuple(parse_layout(read_toml("layouts", name), name) for name in names)


def exchange_acts(counter: Counter, means: OfficeMeans) -> ExchangeActs:
    """What the flows of the room are handed."""
    return ExchangeActs(
        means=means,
        cases=counter.cases.exchange,
        rules=shipped_provision_rules(),
        procedures=counter.procedures,
        places=municipality_names() | dict(counter.settings.municipalities),
        layouts=shipped_layouts(),
        municipality=counter.settings.municipality,
    )


def exchange_room(counter: Counter, face: tuple[Kit, Window], means: OfficeMeans) -> LateRoom:
    """The room behind its doors; its screens are made when somebody goes in."""
    kit, window = face
    files = (partial(choose_file, window), FileKeeper(window, means.store).keep)
    front = Front(doors(kit), partial(offers, kit))
    return LateRoom(front, Late(window, lambda: ExchangeRoom(kit, window, exchange_acts(counter, means), files)))


def choose_file(window: Window, title: str) -> Path | None:
    """A file that the person chooses; None when they give up."""
    name, _ = QFileDialog.getOpenFileName(window, title, "", "(*)")
    return Path(name) if name else None


class FileKeeper(QObject):
    """Writes files on the lane of this PC's disk, for their owner alone."""

    def __init__(self, window: Window, lane: Lane) -> None:
        super().__init__(window)
        self._window, self._lane = window, lane

    def keep(
        self,
        title: str,
        name: str,
        content: bytes,
        done: Callable[[str], None],
        failed: Callable[[AppError], None],
    ) -> None:
        """See ``Keep``."""
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, name, "(*)")
        if not chosen:
            done("")
            return
        path = Path(chosen)
        self._lane.run(partial(_write, path, content), owner=self, done=lambda _: done(path.name), failed=failed)


def _write(path: Path, content: bytes) -> None:
    """Errors: DiskFull, DiskFault."""
    try:
        path.unlink(missing_ok=True)  # the dialog has asked whether a file of that name may go
        write_new(path, content)
    except OSError as error:
        raise disk_error(error) from error
