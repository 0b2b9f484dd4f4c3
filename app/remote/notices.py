"""The desk's post room over the line."""

from app.link.line import Line
from app.remote.staff import headers
from app.services.ports.seat import Press, Session
from app.wire.notices import AskNotices, NoticePosted, Notices, PostNotice


class HttpNotices:
    """See ``NoticeOffice``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def notices(self, press: Press, session: Session, *, posted: bool) -> Notices:
        return self._line.ask("/desk/v1/notices", AskNotices(posted=posted), Notices, headers(press, session))

    def post_notice(self, press: Press, session: Session, application_id: str, version: int) -> NoticePosted:
        asked = PostNotice(application_id=application_id, version=version)
        return self._line.ask("/desk/v1/post-notice", asked, NoticePosted, headers(press, session))
