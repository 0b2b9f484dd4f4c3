"""Messages about registered seals: asked for, answered, cancelled; none of them holds a 個人番号."""

from datetime import date

from app.wire.certificate import Page
from app.wire.desk import Evidence
from app.wire.message import Message


class RegisterSeal(Message, frozen=True):
    """印鑑登録の申請. ``way``: own_photo, guarantor or letter; ``text``: what is cut into the seal.

    ``shape``: a code of the shipped list; ``imprint``: PNG of 8 bit grey that says its scale. ``guardianship``: none,
    accompanied (an adult ward whose guardian stands here too) or unaccompanied. ``guarantor``: the 宛名番号 of who
    vouches, and their ``guarantor_card``.
    """

    seal_id: str
    business_number: str
    way: str
    text: str
    shape: str
    imprint: bytes
    capacity: str
    presenter_name: str
    evidence: tuple[Evidence, ...]
    presenter: str = ""
    guardianship: str = "none"
    guarantor: str = ""
    guarantor_card: str = ""
    exemption: str = ""
    visit_id: str = ""


class AnswerLetter(Message, frozen=True):
    """回答書: the answer to a 照会書 was brought back in time. ``letter``: its number."""

    seal_id: str
    version: int
    letter: str
    capacity: str
    presenter_name: str
    evidence: tuple[Evidence, ...]
    presenter: str = ""
    visit_id: str = ""


class CancelSeal(Message, frozen=True):
    """廃印. ``reason``: a code of the shipped list; what follows from the register by itself is not among them."""

    seal_id: str
    version: int
    reason: str
    capacity: str
    presenter_name: str
    evidence: tuple[Evidence, ...]
    presenter: str = ""
    visit_id: str = ""


class SealRow(Message, frozen=True):
    """One registration. ``state``: asked, active or cancelled; ``card``: 印鑑登録証の番号.

    ``fee``: yen; ``cancelled_why``: in words; ``may``: answer, cancel.
    """

    seal_id: str
    business_number: str
    state: str
    way: str
    text: str
    card: str
    registered_on: date | None
    letter: str
    letter_until: date | None
    cancelled_on: date | None
    cancelled_why: str
    fee: int
    may: tuple[str, ...]
    version: int


class SealDone(Message, frozen=True):
    """What came of it. ``letter``: the 照会書 to be posted, and ``address`` where to, the registered one."""

    row: SealRow
    letter: Page | None = None
    address: tuple[str, ...] = ()


class AskSeals(Message, frozen=True):
    """Ask what is registered for a person."""

    business_number: str
    visit_id: str = ""


class Seals(Message, frozen=True):
    """All registrations of a person, newest first; what a registration asks for.

    ``ways``: id, title and by whom; ``shapes``, ``reasons``: id and title; ``fee``: of a registration, yen.
    """

    rows: tuple[SealRow, ...]
    ways: tuple[tuple[str, str, tuple[str, ...]], ...]
    shapes: tuple[tuple[str, str], ...]
    reasons: tuple[tuple[str, str], ...]
    exemptions: tuple[tuple[str, str], ...]
    fee: int
