"""The rooms of certificates and seals within a visit: which screen follows which, and the way back."""

from PySide6.QtCore import QObject, Signal

from app.domain.capacity import CapacityTable
from app.ui.flows.certificate_acts import CertificateActs
from app.ui.flows.certificate_copies import CertificateCopiesFlow
from app.ui.flows.certificate_request import CertificateRequestFlow
from app.ui.flows.seal_register import SealFlow
from app.ui.flows.visit_state import Present
from app.ui.kit import Kit
from app.ui.screen import Screen
from app.ui.screens.certificate_copies import CertificateCopiesScreen
from app.ui.screens.certificate_draft import CertificateDraftScreen
from app.ui.screens.certificate_request import CertificateRequestScreen
from app.ui.screens.seal_register import SealScreen
from app.ui.window import Window
from app.wire.certificate import Copies, CopyRow


class CertificateRoom(QObject):
    """Works while a visit is open. ``close_asked``: the person leaves; ``issued``: a copy was handed over or posted.

    ``release``: a ``Visit`` and the ``Hit`` of somebody restrained, to be let through by another person.
    ``alerts``: the ``Note`` that stand in this room now; what is issued in spite of one overrides it.
    """

    close_asked = Signal()
    issued = Signal()
    release = Signal(object, object)
    alerts = Signal(object)

    def __init__(self, kit: Kit, window: Window, acts: CertificateActs, capacities: CapacityTable) -> None:
        super().__init__(window)
        self._window = window
        self._request_screen, self._draft_screen = CertificateRequestScreen(kit), CertificateDraftScreen(kit)
        self._copies_screen, self._seal_screen = CertificateCopiesScreen(kit), SealScreen(kit)
        self._request = CertificateRequestFlow(kit, (self._request_screen, self._draft_screen), acts, capacities)
        self._copies = CertificateCopiesFlow(kit, self._copies_screen, acts)
        self._seals = SealFlow(kit, self._seal_screen, acts)
        self._present: Present | None = None
        self._is_at_once = False
        self._back: Screen | None = None
        self._request.opened.connect(self._open)
        self._request.issued.connect(self._on_issued)
        self._request.release.connect(self.release)
        self._request.alerts.connect(self.alerts)
        window.screen_opened.connect(self._on_opened)
        self._request_screen.list_asked.connect(self._on_list)
        self._copies.another_asked.connect(self._on_another)
        self._copies.handed.connect(self.issued)
        self._copies.again_asked.connect(self._on_again)
        for screen in (self._request_screen, self._copies_screen, self._seal_screen):
            screen.back_asked.connect(self._on_back)
        for one in (self._request_screen, self._draft_screen, self._copies_screen, self._seal_screen):
            one.close_asked.connect(self.close_asked)

    @property
    def screens(self) -> tuple[Screen, ...]:
        """Where something of a person may stand."""
        return self._request_screen, self._draft_screen, self._copies_screen, self._seal_screen

    def begin(self, present: Present) -> None:
        """Certificates for who is confirmed in the visit; going back leads to the screen that is open now."""
        self._enter(present)
        self._request.begin(present)

    def begin_at_once(self, present: Present) -> None:
        """The short way: the first kind is chosen already, and the paper of a single copy is made with its number."""
        self._enter(present)
        self._is_at_once = True
        self._request.begin(present, at_once=True)

    def begin_seals(self, present: Present) -> None:
        """The register of seals, likewise."""
        self._enter(present)
        self._open(self._seal_screen)
        self._seals.begin(present)

    def end(self) -> None:
        """The visit is over: nothing of the person stays."""
        self._present = self._back = None
        for flow in (self._request, self._copies, self._seals):
            flow.end()

    def _enter(self, present: Present) -> None:
        current = self._window.current
        self._present, self._is_at_once = present, False
        if current is not None and current not in self.screens:
            self._back = current

    def _on_opened(self, screen: Screen) -> None:
        if self._present is not None and screen is self._request_screen:
            self._request.judge_again()

    def _open(self, screen: Screen) -> None:
        if self._present is not None:
            self._window.open_screen(screen)

    def _on_issued(self, copies: Copies) -> None:
        at_once = self._is_at_once and len(copies.rows) == 1
        self._show_copies(are_new=True, make=copies.rows[0].number if at_once else "")

    def _on_list(self) -> None:
        self._show_copies(are_new=False)

    def _show_copies(self, *, are_new: bool, make: str = "") -> None:
        if self._present is not None:
            self._open(self._copies_screen)
            self._copies.begin(self._present, self._request.spoil_reasons, are_new=are_new, make=make)

    def _on_another(self) -> None:
        if self._present is not None:
            self._request.begin(self._present)

    def _on_again(self, row: CopyRow) -> None:
        if self._present is not None:
            self._request.replace(self._present, row)

    def _on_back(self) -> None:
        if self._back is not None:
            self._window.open_screen(self._back)
