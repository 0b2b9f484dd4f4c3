"""Messages by which social insurance numbers of known persons are linked in the addressee slice (S05-4)."""

from app.wire.message import Message


class LinkSocialNumber(Message, frozen=True):
    """One 社会保障宛名番号 of a known person. ``with_number``: 宛名番号 of the same person, "" for a non-resident.

    ``my_number``: as it was handed in, "" where none was; ``unlink``: it stands for nobody by itself any more.
    """

    social_number: str
    with_number: str = ""
    my_number: str = ""
    unlink: bool = False


class LinkSocialNumbers(Message, frozen=True):
    """socialaddress → addressee: numbers to link (S05-4); nothing else of a person is in here."""

    municipality: str
    links: tuple[LinkSocialNumber, ...]


class SocialNumbersLinked(Message, frozen=True):
    """One for each, in order: linked, unknown (nobody with that number yet), unlinked, or why it is refused."""

    municipality: str
    outcomes: tuple[str, ...]
