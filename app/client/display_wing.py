"""The resident's display of one counter: the monitor this PC remembers, and where it is chosen."""

from app.client.counter import Counter
from app.store.display import DisplayBook
from app.ui.background import Lane
from app.ui.flows.pin_entry import Faces
from app.ui.flows.resident_display import ResidentFlow
from app.ui.flows.resident_more import ResidentMonitorFlow
from app.ui.kit import Kit
from app.ui.resident_display import ResidentDisplay


def resident_display(counter: Counter, kit: Kit) -> ResidentDisplay:
    """The display, hidden; it stands on the monitor that was chosen here, if one was. Errors: StoreBusy."""
    settings, book = counter.settings, DisplayBook(counter.memory.terminal)
    office, training = settings.municipality_name, settings.is_training
    return ResidentDisplay(kit, training=training, office=office, monitor=book.monitor())


def resident_monitor(
    counter: Counter, kit: Kit, faces: Faces, resident: ResidentFlow, store: Lane
) -> ResidentMonitorFlow:
    """Where the monitor is chosen; ``store``: the lane on which the choice is written."""
    return ResidentMonitorFlow(kit, faces, resident, (DisplayBook(counter.memory.terminal), store))
