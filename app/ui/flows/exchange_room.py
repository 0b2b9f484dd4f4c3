"""The exchange before who is signed in: from each door to its list, from a list to one of it or a form, and back."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance

from app.services.ports.seat import Session
from app.ui.flows.exchange_flow import ExchangeActs, ExchangeFlow
from app.ui.flows.exchange_form import FormAsked, FormFlow, form_screen
from app.ui.flows.exchange_keep import Choose, Keep
from app.ui.flows.exchange_pages import ACTS, BEFORE, doors, make_pages, offers
from app.ui.flows.register_path import Again, RegisterPath, anew, stay
from app.ui.kit import Kit
from app.ui.late import Late
from app.ui.screens.admin import TaskShown
from app.ui.screens.exchange_screen import ExchangeScreen
from app.ui.window import Window
from app.wire.entry_draft import EntryDraft
from app.wire.replica_file import ReplicaFileState

_READ_ANEW = frozenset({"releases", "flags", "files", "replica", "receivers", "records", "enquiries", "received",
                        "notices", "state"})  # fmt: skip
"""Lists that are read again when one comes back from a form."""


_FORMS = ("flag_set", "flag_clear", "error_note", "record_mark", "replica_row", "replica_delete", "file_withdraw",
          "enquiry_again", "enquiry_close", "notice_send", "notice_cancel", "stop_announce")  # fmt: skip
"""The forms, named as their words are."""


class _Begins(Protocol):
    """A list that a door leads to."""

    @property
    def screen(self) -> ExchangeScreen: ...
    def begin(self, session: Session) -> None: ...
    def end(self) -> None: ...


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
        self.pages = make_pages((kit, window), acts, files)
        self.forms = {name: Late(window, partial(self._make_form, name)) for name in _FORMS}
        for page in (*vars(self.pages).values(), *self.forms.values()):
            page.when_made(lambda flow: flow.left.connect(self._path.back))
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
        page: Late[_Begins] = getattr(self.pages, name)
        flow = page.now()
        look: Callable[[], None] | None = getattr(flow, "look", None)
        self._enter(flow, self._anew(look) if look is not None and name in _READ_ANEW else stay)
        flow.begin(session)

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

    def _enter(self, flow: ExchangeFlow | _Begins, again: Again = stay) -> None:
        self._path.enter(flow.screen, again, flow.end)

    def _connect_one(self) -> None:
        """From a list to one of it."""
        pages = self.pages
        pages.releases.when_made(lambda flow: flow.opened.connect(self._on_release))
        pages.release.when_made(lambda flow: flow.done.connect(partial(self._on_done, flow)))
        pages.files.when_made(lambda flow: flow.rejected_asked.connect(self._on_rejected))
        pages.receivers.when_made(lambda flow: flow.notes_asked.connect(self._on_notes))
        pages.enquiries.when_made(lambda flow: flow.opened.connect(self._on_enquiry))

    def _on_release(self, process_number: str) -> None:
        if self._session is not None:
            flow = self.pages.release.now()
            self._enter(flow)
            flow.begin(self._session, process_number)

    def _on_rejected(self, file: ReplicaFileState) -> None:
        if self._session is not None:
            flow = self.pages.rejected.now()
            self._enter(flow)
            flow.begin(self._session, file)

    def _on_notes(self, owner: str) -> None:
        if self._session is not None:
            flow = self.pages.notes.now()
            self._enter(flow)
            flow.begin(self._session, owner)

    def _on_enquiry(self, enquiry_id: str) -> None:
        if self._session is not None:
            flow = self.pages.enquiry.now()
            self._enter(flow, self._anew(flow.look))
            flow.show(self._session, enquiry_id)

    def _connect_forms(self) -> None:
        """From a list to a form; once it is sent, back to the list, which is read anew."""
        pages, lead = self.pages, self._lead
        pages.flags.when_made(lambda flow: lead(flag_set=flow.set_asked, flag_clear=flow.clear_asked))
        pages.receivers.when_made(lambda flow: lead(error_note=flow.note_asked))
        pages.records.when_made(lambda flow: lead(record_mark=flow.mark_asked))
        pages.replica.when_made(lambda flow: lead(replica_row=flow.enter_asked, replica_delete=flow.delete_asked))
        pages.files.when_made(lambda flow: lead(file_withdraw=flow.withdraw_asked))
        pages.enquiry.when_made(lambda flow: lead(enquiry_again=flow.again_asked, enquiry_close=flow.close_asked))
        pages.notices.when_made(lambda flow: lead(notice_send=flow.send_asked, notice_cancel=flow.cancel_asked))
        pages.state.when_made(lambda flow: lead(stop_announce=flow.stop_asked))

    def _lead(self, **ways: SignalInstance) -> None:
        """From a list that was just made to its forms."""
        for name, signal in ways.items():
            signal.connect(partial(self._on_form, name))

    def _make_form(self, name: str) -> FormFlow:
        words = getattr(self._kit.texts.exchange, name)
        screen = form_screen(self._kit, words.title, (words.send, words.send_key, words.question))
        flow = FormFlow(self._kit, screen, self._acts)
        flow.done.connect(partial(self._on_done, flow))
        return flow

    def _on_form(self, name: str, asked: FormAsked) -> None:
        if self._session is not None:
            flow = self._form = self.forms[name].now()
            self._path.enter(flow.screen, stay, self._leave_form)
            flow.begin(self._session, asked)

    def _leave_form(self) -> None:
        if self._form is not None:
            self._form.end()
        self._form = None

    def _on_done(self, flow: ExchangeFlow, title: str, text: str) -> None:
        self._path.done((flow.screen,), title, text)
