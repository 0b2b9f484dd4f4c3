"""A staff card or key as ``fido2``'s own client speaks to it, however it is connected; the holder verified by PIN."""

import json
from dataclasses import replace

from fido2.client import ClientError, DefaultClientDataCollector, Fido2Client, UserInteraction
from fido2.ctap import CtapDevice, CtapError
from fido2.ctap2.base import Ctap2
from fido2.ctap2.extensions import HmacSecretExtension
from fido2.ctap2.pin import ClientPin
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AuthenticationExtensionsClientOutputs,
    AuthenticationResponse,
    PublicKeyCredentialCreationOptions,
    PublicKeyCredentialRequestOptions,
)

from app.domain.secret import Secret, taken
from app.errors import (
    CardSilent,
    StaffCardAgain,
    StaffCardTaken,
    StaffCardUnknown,
    StaffKeyUntouched,
    StaffPinBlocked,
    StaffPinMissing,
    StaffPinWrong,
)
from app.services.ports.staff_card import Answered, CardAsked, key_name

_ERR = CtapError.ERR
_UNTOUCHED = (_ERR.USER_ACTION_TIMEOUT, _ERR.ACTION_TIMEOUT, _ERR.OPERATION_DENIED, _ERR.KEEPALIVE_CANCEL)
_NOTHING = AuthenticationExtensionsClientOutputs()


class Typed(UserInteraction):
    """What the holder has typed, given once."""

    def __init__(self, pin: Secret) -> None:
        self._pin = pin

    def request_pin(self, permissions: object, rp_id: str | None) -> str | None:  # noqa: ARG002 -- as its port
        return self._pin.text()


def answer(device: CtapDevice, asked: CardAsked, typed: Typed, salt: bytes | None) -> Answered:
    """Have ``device`` answer. Errors: those of ``StaffCards.answer``."""
    wished = json.loads(asked.options) | ({} if salt is None else salted(salt))
    options = PublicKeyCredentialRequestOptions.from_dict(wished)
    try:
        return answered(_client(device, options.rp_id, typed).get_assertion(options).get_response(0))
    except ClientError as error:
        raise _refusal(device, error) from None


def register(device: CtapDevice, asked: CardAsked, typed: Typed) -> str:
    """Have ``device`` make a new key. Errors: those of ``StaffCards.register``."""
    wished = json.loads(asked.options) | {"extensions": {"prf": {}}}
    options = PublicKeyCredentialCreationOptions.from_dict(wished)
    if not Ctap2(device).info.options.get("clientPin"):
        raise StaffPinMissing
    try:
        made = _client(device, options.rp.id, typed).make_credential(options)
        return json.dumps(dict(replace(made, client_extension_results=_NOTHING)))
    except ClientError as error:
        if error.code == ClientError.ERR.DEVICE_INELIGIBLE:
            raise StaffCardTaken from None
        raise _refusal(device, error) from None


def salted(salt: bytes) -> dict[str, object]:
    """What is added to WebAuthn's request for what a card keeps for ``salt`` (the extension ``prf``)."""
    return {"extensions": {"prf": {"eval": {"first": websafe_encode(salt)}}}}


def answered(response: AuthenticationResponse) -> Answered:
    """What a client of the library gave, with what the card keeps taken out of it: it is nobody else's."""
    found = response.client_extension_results.prf
    first = None if found is None or found.results is None else found.results.first
    assertion = json.dumps(dict(replace(response, client_extension_results=_NOTHING)))
    return Answered(assertion, key_name(response.raw_id), None if first is None else taken(first))


def _client(device: CtapDevice, rp_id: str | None, typed: Typed) -> Fido2Client:
    collector = DefaultClientDataCollector(f"https://{rp_id}")
    return Fido2Client(device, collector, typed, [HmacSecretExtension()])  # type: ignore[no-untyped-call]


def _refusal(device: CtapDevice, error: ClientError) -> Exception:
    cause = error.cause
    code = cause.code if isinstance(cause, CtapError) else None
    if code == _ERR.PIN_INVALID:
        return StaffPinWrong(left=ClientPin(Ctap2(device)).get_pin_retries()[0])
    known = {_ERR.PIN_BLOCKED: StaffPinBlocked, _ERR.PIN_AUTH_BLOCKED: StaffCardAgain} | dict.fromkeys(
        _UNTOUCHED, StaffKeyUntouched
    )
    if code in known:
        return known[code]()
    if error.code == ClientError.ERR.DEVICE_INELIGIBLE or code in {_ERR.PIN_NOT_SET, _ERR.NO_CREDENTIALS}:
        return StaffCardUnknown()
    return CardSilent()
