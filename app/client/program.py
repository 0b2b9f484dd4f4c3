"""The program around the window: settings, the PC's readers, and its run until the window is closed."""

import os
import sys
from functools import partial
from pathlib import Path

from app.card.readers import PcscReaders
from app.card.staff_card import FidoStaffCards, on_readers, watched
from app.client.application import make_application
from app.client.counter import open_counter
from app.client.desktop import ANEW, Desktop
from app.desktop.process import start_anew
from app.domain.clock import Clock, Random
from app.log import to_stderr
from app.settings import counter_settings


def run(settings: Path, clock: Clock, random: Random) -> int:
    """Open the counter of ``settings`` on the readers of this PC. Errors: BadSettings and those of ``open_counter``."""
    to_stderr()
    known = counter_settings(settings)
    to_stderr(known.log_level)
    application = make_application()
    own = frozenset(known.staff_readers)
    readers = PcscReaders(clock, serves=lambda name: name not in own)
    staff_cards = FidoStaffCards(partial(on_readers, known.staff_readers, clock), clock, watched(own, clock))
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
    desktop.show()
    code = application.exec()
    desktop.close()
    if code == ANEW:
        start_anew(os.environ)
    return code
