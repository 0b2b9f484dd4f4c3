"""Staff keys through Windows: its WebAuthn API asks by Windows Hello or a security key, in Windows' own dialog.

Source: the WebAuthn API of Windows 10 19H1 and later (published), called by the library. No administrator's rights are
needed. The PIN is typed in Windows' dialog and never comes here; whether a key is there only Windows knows.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from fido2.client import AssertionSelection, ClientError
from fido2.webauthn import (
    AuthenticationExtensionsClientOutputs,
    PublicKeyCredentialCreationOptions,
    PublicKeyCredentialRequestOptions,
    RegistrationResponse,
)

from app.card.fido import answered, salted
from app.domain.secret import Secret
from app.errors import CardSilent, StaffCardAbsent, StaffCardTaken, StaffCardUnknown, StaffKeyUntouched
from app.services.ports.staff_card import Answered, CardAsked

_NOTHING = AuthenticationExtensionsClientOutputs()
_MEANING: dict[int, Callable[[], Exception]] = {
    0x800704C7: StaffKeyUntouched,  # ERROR_CANCELLED
    0x80090036: StaffKeyUntouched,  # NTE_USER_CANCELLED
    0x800705B4: StaffKeyUntouched,  # ERROR_TIMEOUT
    0x8009000F: StaffCardTaken,  # NTE_EXISTS
    0x80090011: StaffCardUnknown,  # NTE_NOT_FOUND
    0x80090035: StaffCardAbsent,  # NTE_DEVICE_NOT_FOUND
    0x80090029: StaffCardAbsent,  # NTE_NOT_SUPPORTED
}
"""Results of the WebAuthn functions, as their reference has them; published, never seen by us on Windows."""


class WebAuthn(Protocol):
    """The library's client for Windows, as far as it is used."""

    def get_assertion(self, options: PublicKeyCredentialRequestOptions) -> AssertionSelection: ...
    def make_credential(self, options: PublicKeyCredentialCreationOptions) -> RegistrationResponse: ...


class WindowsStaffKeys:
    """See ``StaffCards``. ``client``: one for the office of this RP ID, made for each use on the window in front."""

    def __init__(self, client: Callable[[str], WebAuthn]) -> None:
        self._client = client

    def answer(self, asked: CardAsked, pin: Secret, salt: bytes | None = None) -> Answered:  # noqa: ARG002 -- Windows asks for it
        wished = json.loads(asked.options) | ({} if salt is None else salted(salt))
        options = PublicKeyCredentialRequestOptions.from_dict(wished)
        try:
            return answered(self._client(options.rp_id or "").get_assertion(options).get_response(0))
        except ClientError as error:
            raise _refusal(error) from None

    def register(self, asked: CardAsked, pin: Secret) -> str:  # noqa: ARG002 -- Windows asks for it
        wished = json.loads(asked.options) | {"extensions": {"prf": {}}}
        options = PublicKeyCredentialCreationOptions.from_dict(wished)
        try:
            made = self._client(options.rp.id or "").make_credential(options)
        except ClientError as error:
            raise _refusal(error) from None
        return json.dumps(dict(replace(made, client_extension_results=_NOTHING)))

    def is_there(self) -> bool:
        """Windows says nothing before it is asked: it may be."""
        return True

    def watch(self, gone: Callable[[], None]) -> None:
        """Windows tells nobody that a key was pulled out; its own session's lock is heard."""

    def close(self) -> None:
        """Nothing is open."""


def _refusal(error: ClientError) -> Exception:
    result = getattr(error.cause, "winerror", None)
    meaning = _MEANING.get(result & 0xFFFFFFFF, CardSilent) if isinstance(result, int) else CardSilent
    return meaning()


if sys.platform == "win32":
    from fido2.client import DefaultClientDataCollector
    from fido2.client.windows import WindowsClient

    def windows_client(rp_id: str) -> WebAuthn:
        """The library's own. Errors: StaffCardAbsent where this Windows has no such API."""
        if not WindowsClient.is_available():
            raise StaffCardAbsent
        return WindowsClient(DefaultClientDataCollector(f"https://{rp_id}"))
