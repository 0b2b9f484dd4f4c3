"""Messages of a PC that enrols itself: a code that two administrators agreed to, and a request for a certificate."""

from app.wire.message import Message


class Enrol(Message, frozen=True):
    """端末の登録: asks for the certificate of a key that was made on this PC and stays there.

    ``code``: as it was shown to the approver, capitals and hyphens do not matter. ``request``: PKCS #10 (PEM), signed
    by that key; the name in it is not read. ``display_checked_by``: who saw on the spot that the display can't be
    seen from the visitors' side.
    """

    municipality: str
    terminal: str
    code: str
    request: str
    display_checked_by: str


class Enrolled(Message, frozen=True):
    """``chain``: the terminal's certificate and that of the authority which signed it, PEM."""

    chain: str
