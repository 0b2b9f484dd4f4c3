"""Enquiries that are held back, and the marks that hold them, over the line."""

from app.link.line import Line
from app.remote.staff import headers
from app.services.ports.seat import Press, Session
from app.wire import provision

_AT = "/intermediary/v1"


class HttpReleases:
    """See ``ReleaseOffice``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def releases(self, press: Press, session: Session) -> provision.Releases:
        return self._line.ask(f"{_AT}/releases", provision.AskReleases(), provision.Releases, headers(press, session))

    def open_release(self, press: Press, session: Session, process_number: str) -> provision.ReleaseView:
        return self._line.ask(
            f"{_AT}/release/open",
            provision.OpenRelease(process_number=process_number),
            provision.ReleaseView,
            headers(press, session),
        )

    def check(self, press: Press, session: Session, asked: provision.CheckRelease) -> provision.ReleaseSettled:
        return self._line.ask(f"{_AT}/release/check", asked, provision.ReleaseSettled, headers(press, session))

    def decide(self, press: Press, session: Session, asked: provision.DecideRelease) -> provision.ReleaseSettled:
        return self._line.ask(f"{_AT}/release/decide", asked, provision.ReleaseSettled, headers(press, session))

    def flags(self, press: Press, session: Session, asked: provision.AskFlags) -> provision.Flags:
        return self._line.ask(f"{_AT}/flags", asked, provision.Flags, headers(press, session))

    def set_flag(self, press: Press, session: Session, asked: provision.SetFlag) -> provision.FlagKept:
        return self._line.ask(f"{_AT}/flag", asked, provision.FlagKept, headers(press, session))

    def clear_flag(self, press: Press, session: Session, asked: provision.ClearFlag) -> provision.FlagKept:
        return self._line.ask(f"{_AT}/flag/clear", asked, provision.FlagKept, headers(press, session))
