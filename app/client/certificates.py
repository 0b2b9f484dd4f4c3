"""Certificates and seals in the window, opened from a visit by who may issue them; the visit stays open behind."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.client.counter import Counter, shipped_capacities, shipped_documents
from app.services.ports.seat import Press, Session
from app.ui.background import Lane
from app.ui.flows.certificate_acts import CertificateActs
from app.ui.flows.certificates import CertificateRoom
from app.ui.flows.print_paper import PrintDesk
from app.ui.flows.visit import VisitDesk
from app.ui.kit import Kit
from app.ui.screen import Screen
from app.ui.window import Window

LONGEST = 1_000_000
"""A picture longer than this is not read at all, bytes: the office takes a fifth of it. Assumed."""


class CertificateWing:
    """Works between ``begin`` and ``end`` of a session."""

    def __init__(
        self,
        counter: Counter,
        face: tuple[Kit, Window],
        office: Lane,
        visit: VisitDesk,
        ways: tuple[Callable[[], Press], PrintDesk],
    ) -> None:
        kit, window = face
        cases, (press, printing) = counter.cases, ways
        pick = partial(pick_imprint, window, kit)
        acts = CertificateActs(
            press,
            office,
            cases.issue_certificate,
            cases.judge_issue,
            shipped_documents(),
            cases.tend_seals,
            printing.show,
            printing.show_late,
            pick,
        )
        self._room = CertificateRoom(kit, window, acts, shipped_capacities())
        visit.certificates_asked.connect(self._room.begin)
        visit.certificate_at_once.connect(self._room.begin_at_once)
        visit.seals_asked.connect(self._room.begin_seals)
        visit.visit_over.connect(self._room.end)
        self._room.close_asked.connect(visit.close_asked)
        self._room.issued.connect(visit.note_issued)
        self._room.release.connect(visit.doors.release)
        self._room.alerts.connect(visit.doors.issue_alerts)

    @property
    def screens(self) -> tuple[Screen, ...]:
        """Where something of a person may stand."""
        return self._room.screens

    def begin(self, session: Session) -> None:
        """A visit hands over whom it is about, with its session."""

    def end(self) -> None:
        """The session has ended."""
        self._room.end()


def pick_imprint(window: QWidget, kit: Kit) -> bytes:
    """The picture that the clerk chooses, b"" for none; it is read and not copied anywhere."""
    words = kit.texts.seal
    chosen, _ = QFileDialog.getOpenFileName(window, words.pick, "", words.pick_filter)
    try:
        return read_imprint_file(Path(chosen)) if chosen else b""
    except OSError:
        return b""


def read_imprint_file(path: Path) -> bytes:
    """At most ``LONGEST`` bytes and one, so that a longer file is refused by its length."""
    with path.open("rb") as file:
        return file.read(LONGEST + 1)
