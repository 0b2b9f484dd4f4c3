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
from app.ui.flows.visit_state import Present
from app.ui.kit import Kit
from app.ui.late import Late
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
        self._visit = visit
        acts = partial(_acts, counter, face, office, ways)
        self._room = Late(window, lambda: CertificateRoom(kit, window, acts(), shipped_capacities()))
        self._room.when_made(self._connect)
        visit.certificates_asked.connect(self._on_asked)
        visit.certificate_at_once.connect(self._on_at_once)
        visit.seals_asked.connect(self._on_seals)
        visit.visit_over.connect(self.end)

    def begin(self, session: Session) -> None:
        """A visit hands over whom it is about, with its session."""

    def end(self) -> None:
        """The visit is over, or the session."""
        if self._room.made is not None:
            self._room.made.end()

    def _on_asked(self, present: Present) -> None:
        self._room.now().begin(present)

    def _on_at_once(self, present: Present) -> None:
        self._room.now().begin_at_once(present)

    def _on_seals(self, present: Present) -> None:
        self._room.now().begin_seals(present)

    def _connect(self, room: CertificateRoom) -> None:
        visit = self._visit
        room.close_asked.connect(visit.close_asked)
        room.issued.connect(visit.note_issued)
        room.release.connect(visit.doors.release)
        room.alerts.connect(visit.doors.issue_alerts)


def _acts(
    counter: Counter, face: tuple[Kit, Window], office: Lane, ways: tuple[Callable[[], Press], PrintDesk]
) -> CertificateActs:
    kit, window = face
    cases, (press, printing) = counter.cases, ways
    pick = partial(pick_imprint, window, kit)
    return CertificateActs(
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
