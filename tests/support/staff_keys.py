"""Staff cards made of software, and the library's own client that uses one on a reader."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager

from fido2.client import DefaultClientDataCollector, Fido2Client, UserInteraction
from fido2.ctap2.extensions import HmacSecretExtension
from fido2.pcsc import CtapPcscDevice
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import PublicKeyCredentialCreationOptions, PublicKeyCredentialRequestOptions
from smartcard import scard

from app.card.pcsc import Context
from app.standin.authenticator.card import StaffCard
from app.standin.authenticator.ctap import Authenticator
from app.standin.authenticator.pin import Pin, digest

STAFF_PIN = "482916"


def staff_card(pin: str | None = STAFF_PIN, *, counts: bool = True, keeps: bool = True) -> StaffCard:
    """A new staff card whose PIN is set (None: not). ``keeps`` False: it has no hmac-secret."""
    kept = Pin(os.urandom, None if pin is None else digest(pin.encode()))
    return StaffCard(Authenticator(os.urandom, kept, counts=counts, keeps=keeps))


class Fingers(UserInteraction):
    """Types this PIN when asked; None refuses."""

    def __init__(self, pin: str | None) -> None:
        self._pin = pin

    def request_pin(self, permissions: object, rp_id: str | None) -> str | None:
        return self._pin


class LibraryClient:
    """``fido2``'s own PC/SC client, as an independent peer of the virtual card."""

    def __init__(self, device: CtapPcscDevice, origin: str, pin: str | None = STAFF_PIN) -> None:
        self._client = Fido2Client(
            device,
            client_data_collector=DefaultClientDataCollector(origin),
            user_interaction=Fingers(pin),
            extensions=[HmacSecretExtension(allow_hmac_secret=True)],  # type: ignore[no-untyped-call]
        )

    def register(self, options: str) -> str:
        wished = json.loads(options) | {"extensions": {"hmacCreateSecret": True}}
        asked = PublicKeyCredentialCreationOptions.from_dict(wished)
        return json.dumps(dict(self._client.make_credential(asked)))

    def sign(self, options: str) -> str:
        asked = PublicKeyCredentialRequestOptions.from_dict(json.loads(options))
        return json.dumps(dict(self._client.get_assertion(asked).get_response(0)))

    def secret(self, options: str, salt: bytes) -> bytes:
        """What hmac-secret gives for this salt of 32 bytes."""
        asked = json.loads(options) | {"extensions": {"hmacGetSecret": {"salt1": websafe_encode(salt)}}}
        found = self._client.get_assertion(PublicKeyCredentialRequestOptions.from_dict(asked)).get_response(0)
        return websafe_decode(found.client_extension_results["hmacGetSecret"]["output1"])


class Held:
    """A card without a reader between: what the library needs of a connection."""

    def __init__(self, card: StaffCard) -> None:
        self._card = card

    def connect(self) -> None:
        self._card.insert()

    def transmit(self, apdu: list[int], protocol: int | None = None) -> tuple[list[int], int, int]:
        data, status = self._card.transmit(bytes(apdu))
        return list(data), status >> 8, status & 0xFF

    def disconnect(self) -> None:
        self._card.power_down()


def held(card: StaffCard, origin: str, pin: str | None = STAFF_PIN) -> LibraryClient:
    """The library's client on a card that lies on no reader: for the office's side, which readers do not concern."""
    return LibraryClient(CtapPcscDevice(Held(card), "held"), origin, pin)  # type: ignore[arg-type]


def is_seen(name: str) -> bool:
    """Whether a card lies on the reader of this name, as the service tells."""
    context = Context()
    try:
        (slot,) = context.states({name: scard.SCARD_STATE_UNAWARE}, 0)
    finally:
        context.release()
    return slot.present


@contextmanager
def on_reader(name: str) -> Iterator[CtapPcscDevice]:
    """The card on the reader of this name, and on no other."""
    (device,) = CtapPcscDevice.list_devices(name)
    try:
        yield device
    finally:
        device.close(release=True)
