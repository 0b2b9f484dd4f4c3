"""The program around the window: settings, the PC's readers, and its run until the window is closed."""

import os
import sys
from functools import partial
from pathlib import Path

from app.card.readers import PcscReaders
from app.card.staff_card import FidoStaffCards, on_readers, watched
from app.card.usb_key import HidPorts, UsbStaffKeys
from app.client.application import make_application
from app.client.counter import open_counter
from app.client.desktop import ANEW, Desktop
from app.client.handover import handover
from app.desktop.ending import ending_ends
from app.desktop.process import handed_over, start_anew
from app.domain.clock import Clock, Random
from app.errors import BadSettings
from app.log import to_stderr
from app.services.ports.staff_card import StaffCards
from app.settings import CounterSettings, counter_settings

if sys.platform == "win32":
    from app.card.windows_key import WindowsStaffKeys, windows_client


def run(settings: Path, clock: Clock, random: Random) -> int:
    """Open the counter of ``settings`` on the readers of this PC. Errors: BadSettings and those of ``open_counter``."""
    to_stderr()
    before = handover(handed_over(os.environ))
    known = counter_settings(settings)
    to_stderr(known.log_level)
    application = make_application()
    own = frozenset(known.staff_readers)
    readers = PcscReaders(clock, serves=lambda name: name not in own)
    staff_cards = _staff_cards(known, clock)
    counter = open_counter(known, readers, clock, random, staff_cards=staff_cards)
    counter.memory.postbox.start()
    desktop = Desktop(counter, application, clock, random, begins_anew=True)
    if sys.platform == "win32":
        from app.desktop.windows import tell_of_session  # noqa: PLC0415 -- exists there only
        from app.desktop.windows_messages import WindowsWatch  # noqa: PLC0415

        session = WindowsWatch(application, int(desktop.window.winId()), tell_of_session)
        session.leaving.connect(desktop.leave_alone)
        session.start()
    else:
        from app.desktop.signals import system_watch  # noqa: PLC0415 -- there is no message bus on Windows

        watch = system_watch(os.getpid())
        watch.leaving.connect(desktop.leave_alone)
        watch.start()
    with ending_ends(application):
        desktop.show(before)
        code = application.exec()
        desktop.close()
    if code == ANEW:
        start_anew(os.environ, desktop.handed_on())
    return code


def _staff_cards(known: CounterSettings, clock: Clock) -> StaffCards:
    """What the second factor is at this PC."""
    if known.staff_authenticator == "usb":
        return UsbStaffKeys(HidPorts(), clock)
    if known.staff_authenticator == "windows":
        return _by_windows()
    readers = partial(on_readers, known.staff_readers, clock)
    return FidoStaffCards(readers, clock, watched(frozenset(known.staff_readers), clock))


if sys.platform == "win32":

    def _by_windows() -> StaffCards:
        return WindowsStaffKeys(windows_client)

else:

    def _by_windows() -> StaffCards:
        """Errors: BadSettings: there is no such thing on this system."""
        raise BadSettings(name="staff_authenticator")
