"""Staff cards over the readers named for them: FIDO2 by the library's own PC/SC client, the holder verified by PIN."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Protocol

from fido2.client import ClientError, DefaultClientDataCollector, Fido2Client, UserInteraction
from fido2.ctap import CtapError
from fido2.ctap2.base import Ctap2
from fido2.ctap2.extensions import HmacSecretExtension
from fido2.ctap2.pin import ClientPin
from fido2.pcsc import CtapPcscDevice
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AuthenticationExtensionsClientOutputs,
    AuthenticationResponse,
    PublicKeyCredentialCreationOptions,
    PublicKeyCredentialRequestOptions,
)

from app.card.monitor import SILENCE_S, Life, ReaderThread
from app.card.pcsc import Context
from app.card.pcsc import Wire as PcscWire
from app.card.readers import PcscReaders
from app.domain.clock import Clock
from app.domain.secret import Secret, taken
from app.errors import (
    CardRemoved,
    CardSilent,
    NoReader,
    StaffCardAbsent,
    StaffCardAgain,
    StaffCardTaken,
    StaffCardUnknown,
    StaffPinBlocked,
    StaffPinMissing,
    StaffPinWrong,
)
from app.services.card_port import ReadersSeen
from app.services.ports.staff_card import Answered, CardAsked, key_name

_ERR = CtapError.ERR
_NOTHING = AuthenticationExtensionsClientOutputs()


class Wire(Protocol):
    """The wire to one card. Errors: those of readers."""

    def transmit(self, apdu: bytes) -> tuple[bytes, int]: ...


class Lying(Protocol):
    """What lies on the readers for staff."""

    def seen(self) -> ReadersSeen: ...
    def watch(self, changed: Callable[[ReadersSeen], None]) -> Callable[[], None]: ...
    def close(self) -> None: ...


class FidoStaffCards:
    """See ``StaffCards``. ``open_card`` holds the card on the staff reader for a moment; errors: StaffCardAbsent.

    ``lying`` says what lies there.
    """

    def __init__(
        self,
        open_card: Callable[[Life], AbstractContextManager[Wire]],
        clock: Clock,
        lying: Lying,
        *,
        silence_s: float = SILENCE_S,
    ) -> None:
        self._open_card = open_card
        self._lying = lying
        self._thread = ReaderThread(clock, silence_s=silence_s)

    def answer(self, asked: CardAsked, pin: Secret, salt: bytes | None = None) -> Answered:
        return self._thread.run(lambda life: self._answer(life, asked, pin, salt))

    def register(self, asked: CardAsked, pin: Secret) -> str:
        return self._thread.run(lambda life: self._register(life, asked, pin))

    def is_there(self) -> bool:
        return bool(self._lying.seen().cards)

    def watch(self, gone: Callable[[], None]) -> None:
        last = bool(self._lying.seen().cards)

        def changed(seen: ReadersSeen) -> None:
            nonlocal last
            was, last = last, bool(seen.cards)
            if was and not last:
                gone()

        self._lying.watch(changed)

    def close(self) -> None:
        """End the threads."""
        self._lying.close()
        self._thread.close()

    def _answer(self, life: Life, asked: CardAsked, pin: Secret, salt: bytes | None) -> Answered:
        wished = json.loads(asked.options) | ({} if salt is None else salted(salt))
        options = PublicKeyCredentialRequestOptions.from_dict(wished)
        with self._client(life, options.rp_id or "", pin) as (client, device):
            try:
                return answered(client.get_assertion(options).get_response(0))
            except ClientError as error:
                raise _refusal(device, error) from None

    def _register(self, life: Life, asked: CardAsked, pin: Secret) -> str:
        wished = json.loads(asked.options) | {"extensions": {"prf": {}}}
        options = PublicKeyCredentialCreationOptions.from_dict(wished)
        with self._client(life, options.rp.id or "", pin) as (client, device):
            if not Ctap2(device).info.options.get("clientPin"):
                raise StaffPinMissing
            try:
                made = client.make_credential(options)
                return json.dumps(dict(replace(made, client_extension_results=_NOTHING)))
            except ClientError as error:
                if error.code == ClientError.ERR.DEVICE_INELIGIBLE:
                    raise StaffCardTaken from None
                raise _refusal(device, error) from None

    @contextmanager
    def _client(self, life: Life, rp_id: str, pin: Secret) -> Iterator[tuple[Fido2Client, CtapPcscDevice]]:
        life.beat()
        with self._open_card(life) as wire:
            life.connected()
            device = _device(_Connection(wire, life))
            collector = DefaultClientDataCollector(f"https://{rp_id}")
            yield Fido2Client(device, collector, _Typed(pin), [HmacSecretExtension()]), device  # type: ignore[no-untyped-call]


def salted(salt: bytes) -> dict[str, object]:
    """What is added to WebAuthn's request for what a card keeps for ``salt`` (the extension ``prf``)."""
    return {"extensions": {"prf": {"eval": {"first": websafe_encode(salt)}}}}


def answered(response: AuthenticationResponse) -> Answered:
    """What a client of the library gave, with what the card keeps taken out of it: it is nobody else's."""
    found = response.client_extension_results.prf
    first = None if found is None or found.results is None else found.results.first
    assertion = json.dumps(dict(replace(response, client_extension_results=_NOTHING)))
    return Answered(assertion, key_name(response.raw_id), None if first is None else taken(first))


class _Typed(UserInteraction):
    """What the holder has typed, given once."""

    def __init__(self, pin: Secret) -> None:
        self._pin = pin

    def request_pin(self, permissions: object, rp_id: str | None) -> str | None:  # noqa: ARG002 -- as its port
        return self._pin.text()


class _Connection:
    """Our wire in the shape that the library asks for."""

    def __init__(self, wire: Wire, life: Life) -> None:
        self._wire, self._life = wire, life

    def connect(self) -> None:
        """It is connected."""

    def disconnect(self) -> None:
        """Whoever opened it lets it go."""

    def transmit(self, apdu: list[int], protocol: int | None = None) -> tuple[list[int], int, int]:  # noqa: ARG002 -- as asked
        self._life.beat()
        data, status = self._wire.transmit(bytes(apdu))
        self._life.beat()
        return list(data), status >> 8, status & 0xFF


@contextmanager
def on_readers(names: tuple[str, ...], clock: Clock, life: Life) -> Iterator[Wire]:
    """The one card that lies on a reader of these names, alone; powered down afterwards. Errors: StaffCardAbsent."""
    context = Context()
    try:
        lying = [name for name in names if name in context.names() and context.states({name: 0}, 0)[0].present]
        if len(lying) != 1:
            raise StaffCardAbsent
        wire = _connected(context, lying[0], life, clock)
        try:
            yield wire
        finally:
            wire.power_down()
    finally:
        context.release()


def watched(names: frozenset[str], clock: Clock) -> PcscReaders:
    """What lies on the readers of these names and on no other."""
    return PcscReaders(clock, serves=lambda name: name in names)


def _connected(context: Context, name: str, life: Life, clock: Clock) -> PcscWire:
    try:
        return context.connect(name, clock, life.beat)
    except (CardRemoved, NoReader):
        raise StaffCardAbsent from None


def _device(connection: _Connection) -> CtapPcscDevice:
    """Errors: StaffCardUnknown for a card without the applet."""
    try:
        return CtapPcscDevice(connection, "staff")
    except ValueError:
        raise StaffCardUnknown from None


def _refusal(device: CtapPcscDevice, error: ClientError) -> Exception:
    cause = error.cause
    code = cause.code if isinstance(cause, CtapError) else None
    if code == _ERR.PIN_INVALID:
        return StaffPinWrong(left=ClientPin(Ctap2(device)).get_pin_retries()[0])
    known = {_ERR.PIN_BLOCKED: StaffPinBlocked, _ERR.PIN_AUTH_BLOCKED: StaffCardAgain}
    if code in known:
        return known[code]()
    if error.code == ClientError.ERR.DEVICE_INELIGIBLE or code in {_ERR.PIN_NOT_SET, _ERR.NO_CREDENTIALS}:
        return StaffCardUnknown()
    return CardSilent()
