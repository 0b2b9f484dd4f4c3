"""運転免許証, the driving licence: free basics, entries behind the first PIN, the portrait behind both."""

from collections.abc import Callable

from app.card.application import SelectedApplication, select
from app.card.channel import OK, Channel
from app.card.licence_text import end_of_objects, parse_basics, parse_entries, parse_signature, portrait, portrait_end
from app.card.picture import to_picture
from app.domain.secret import Secret
from app.errors import BadCardData, CardRefused
from app.services.card_port import Key, Picture, Tries
from app.services.other_cards_port import LicenceBasics, LicenceEntries
from app.trust.licence_proof import LicenceSignature

ENTRIES_AID = bytes.fromhex("A0000002310100000000000000000000")
_PHOTO_AID = bytes.fromhex("A0000002310200000000000000000000")
_ROOT = b""
_COMMON, _PINS_SET = 0x2F01, 0x000A
_ENTRIES, _DOMICILE, _CHARACTERS, _CHANGES, _SIGNATURE = 0x0001, 0x0002, 0x0003, 0x0004, 0x0007
_PHOTO = 0x0001
_KEYS = {Key.LICENCE_PIN_1: 0x01, Key.LICENCE_PIN_2: 0x02}
"""Applications, files and keys: NPA specification V7-V10 through card.md 8.1, published by several readers."""
_PAST_END, _END_OF_FILE = 0x6B00, 0x6282
_FILLER = b"\xff"
_CHUNK = 256
"""Some phones lost longer answers of licences (card.md 9): chunks of 256 bytes everywhere."""
_MOST_FILE_BYTES = 0x1000


class Licence(SelectedApplication):
    """The licence, recognised by the name of its entries' application; a PIN stays given in all of them."""

    def __init__(self, channel: Channel) -> None:
        select(channel, ENTRIES_AID, "licence")
        super().__init__(channel, _KEYS)
        self._place = ENTRIES_AID
        self._entries = self._portrait = b""

    def basics(self) -> LicenceBasics:
        """Read what is free."""
        self._go(_ROOT)
        return parse_basics(self._file(_COMMON), self._file(_PINS_SET))

    def tries(self, key: Key) -> Tries:
        """Ask a PIN's counter."""
        self._go(_ROOT)
        return super().tries(key)

    def verify(self, key: Key, secret: Secret) -> None:
        """Present a PIN once."""
        self._go(_ROOT)
        super().verify(key, secret)

    def verify_on_pad(self, key: Key) -> None:
        """Have a PIN typed on the reader's pad and presented once."""
        self._go(_ROOT)
        super().verify_on_pad(key)

    def entries(self) -> LicenceEntries:
        """Read the entries and their changes."""
        self._go(ENTRIES_AID)
        self._entries = self._file(_ENTRIES)
        return parse_entries(self._entries, self._file(_CHANGES))

    def signature(self) -> LicenceSignature | None:
        """Read the signature file; a licence without one is no error."""
        self._go(ENTRIES_AID)
        try:
            return parse_signature(self._file(_SIGNATURE))
        except CardRefused:
            return None

    def photo(self) -> Picture | None:
        """Read the portrait."""
        self._go(_PHOTO_AID)
        self._portrait = self._file(_PHOTO, portrait_end)
        return to_picture(portrait(self._portrait))

    def signed(self) -> bytes:
        """Everything signed, in the order that is assumed (app/trust/licence_proof.py)."""
        self._go(ENTRIES_AID)
        domicile, characters = self._file(_DOMICILE), self._file(_CHARACTERS)
        return self._entries + domicile + characters + self._portrait

    def _go(self, place: bytes) -> None:
        if place == self._place:
            return
        if place == _ROOT:
            self._channel.fetch(b"\x00\xa4\x00\x00")
        else:
            select(self._channel, place, "licence")
        self._place = place

    def _file(self, number: int, end: Callable[[bytes], int | None] = end_of_objects) -> bytes:
        """A file of the place we are in, up to the end of its objects. Errors: BadCardData, CardRefused."""
        self._channel.fetch(b"\x00\xa4\x02\x0c\x02" + number.to_bytes(2, "big"))
        data = b""
        while end(data) is None and len(data) < _MOST_FILE_BYTES:
            more, status = self._channel.send(b"\x00\xb0" + len(data).to_bytes(2, "big") + b"\x00")
            if status == _PAST_END and data:
                break
            if status not in {OK, _END_OF_FILE}:
                raise CardRefused(status=f"{status:04X}")
            data += more
            self._channel.read_so_far(len(data), 0)
            if len(more) < _CHUNK:
                break
        known = end(data + _FILLER)
        if known is None or known > len(data):
            raise BadCardData(what=f"file {number:04X}")
        return data[:known]
