"""The exchange before who is signed in: from each door to its list, from a list to one of it or a form, and back."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from app.services.ports.seat import Session
from app.ui.flows.exchange_flow import ExchangeActs, ExchangeFlow
from app.ui.flows.exchange_form import FormAsked, FormFlow, form_screen
from app.ui.flows.exchange_keep import Choose, Keep
from app.ui.flows.exchange_pages import ACTS, BEFORE, doors, make_pages, offers
from app.ui.flows.register_path import Again, RegisterPath, anew, stay
from app.ui.kit import Kit
from app.ui.screens.admin import TaskShown
from app.ui.window import Window
from app.wire.entry_draft import EntryDraft
from app.wire.replica_file import ReplicaFileState

_READ_ANEW = frozenset({"releases", "flags", "files", "replica", "receivers", "records", "enquiries", "received",
                        "notices", "state"})  # fmt: skip
"""Lists that are read again when one comes back from a form."""


class _Begins(Protocol):
    def begin(self, session: Session) -> None: ...


class ExchangeRoom(QObject):
    """See ``OtherRoom``."""

    left = Signal()
    finished = Signal(str, str)

    def __init__(self, kit: Kit, window: Window, acts: ExchangeActs, files: tuple[Choose, Keep]) -> None:
        super().__init__(window)
        self._kit, self._acts = kit, acts
        self._session: Session | None = None
        self._form: FormFlow | None = None
        self._is_locking = False
        self._path = RegisterPath(window)
        self._path.left.connect(self.left)
        self._path.finished.connect(self.finished)
        self.pages = make_pages(kit, acts, files)
        self.forms: dict[str, FormFlow] = {}
        for flow in vars(self.pages).values():
            flow.left.connect(self._path.back)
        self._connect_one()
        self._connect_forms()

    @property
    def doors(self) -> tuple[TaskShown, ...]:
        """Its doors, in their order."""
        return doors(self._kit)

    def offers(self, session: Session) -> frozenset[str]:
        """The doors that are open to this person today."""
        return offers(self._kit, session)

    def begin(self, session: Session, door: str) -> None:
        """Go in by this door."""
        name = door.removeprefix(BEFORE)
        if name not in ACTS:
            return
        self._path.clear()
        self._session = session
        flow: ExchangeFlow = getattr(self.pages, name)
        look: Callable[[], None] | None = getattr(flow, "look", None)
        self._enter(flow, self._anew(look) if look is not None and name in _READ_ANEW else stay)
        begins: _Begins = getattr(self.pages, name)
        begins.begin(session)

    def resume(self, _session: Session, _typed: EntryDraft) -> bool:
        """No form of this room outlives a session: numbers of people are typed in them."""
        return False

    def end(self) -> None:
        """Forget everything shown."""
        self._path.clear()
        self._session = None

    def save_now(self) -> None:
        """Before a lock a form is left: what would send it knows whom it is about, and no function can be put away."""
        if self._form is not None:
            self._is_locking = True
            self._path.back()
            self._is_locking = False

    def _anew(self, look: Callable[[], None]) -> Again:
        """Read it anew, but not while the window is being locked."""

        def unlocked() -> None:
            if not self._is_locking:
                look()

        return anew(unlocked)

    def _enter(self, flow: ExchangeFlow, again: Again = stay) -> None:
        self._path.enter(flow.screen, again, flow.end)

    def _connect_one(self) -> None:
        """From a list to one of it."""
        pages = self.pages
        pages.releases.opened.connect(self._on_release)
        pages.release.done.connect(partial(self._on_done, pages.release))
        pages.files.rejected_asked.connect(self._on_rejected)
        pages.receivers.notes_asked.connect(self._on_notes)
        pages.enquiries.opened.connect(self._on_enquiry)

    def _on_release(self, process_number: str) -> None:
        if self._session is not None:
            self._enter(self.pages.release)
            self.pages.release.begin(self._session, process_number)

    def _on_rejected(self, file: ReplicaFileState) -> None:
        if self._session is not None:
            self._enter(self.pages.rejected)
            self.pages.rejected.begin(self._session, file)

    def _on_notes(self, owner: str) -> None:
        if self._session is not None:
            self._enter(self.pages.notes)
            self.pages.notes.begin(self._session, owner)

    def _on_enquiry(self, enquiry_id: str) -> None:
        if self._session is not None:
            self._enter(self.pages.enquiry, self._anew(self.pages.enquiry.look))
            self.pages.enquiry.show(self._session, enquiry_id)

    def _connect_forms(self) -> None:
        """From a list to a form; once it is sent, back to the list, which is read anew."""
        pages, words = self.pages, self._kit.texts.exchange
        asked = (
            ("flag_set", pages.flags.set_asked, words.flag_set),
            ("flag_clear", pages.flags.clear_asked, words.flag_clear),
            ("error_note", pages.receivers.note_asked, words.error_note),
            ("record_mark", pages.records.mark_asked, words.record_mark),
            ("replica_row", pages.replica.enter_asked, words.replica_row),
            ("replica_delete", pages.replica.delete_asked, words.replica_delete),
            ("file_withdraw", pages.files.withdraw_asked, words.file_withdraw),
            ("enquiry_again", pages.enquiry.again_asked, words.enquiry_again),
            ("enquiry_close", pages.enquiry.close_asked, words.enquiry_close),
            ("notice_send", pages.notices.send_asked, words.notice_send),
            ("notice_cancel", pages.notices.cancel_asked, words.notice_cancel),
            ("stop_announce", pages.state.stop_asked, words.stop_announce),
        )
        for name, signal, each in asked:
            screen = form_screen(self._kit, each.title, (each.send, each.send_key, each.question))
            flow = self.forms[name] = FormFlow(self._kit, screen, self._acts)
            flow.left.connect(self._path.back)
            flow.done.connect(partial(self._on_done, flow))
            signal.connect(partial(self._on_form, flow))

    def _on_form(self, flow: FormFlow, asked: FormAsked) -> None:
        if self._session is not None:
            self._form = flow
            self._path.enter(flow.screen, stay, self._leave_form)
            flow.begin(self._session, asked)

    def _leave_form(self) -> None:
        if self._form is not None:
            self._form.end()
        self._form = None

    def _on_done(self, flow: ExchangeFlow, title: str, text: str) -> None:
        self._path.done((flow.screen,), title, text)
