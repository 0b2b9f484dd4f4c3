"""C-01, R-055: Windows' own dialog as second factor, tried on a stand-in of its client; never run on Windows."""

import os
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from fido2.client import AssertionSelection, ClientError, DefaultClientDataCollector, Fido2Client
from fido2.ctap2.extensions import HmacSecretExtension
from fido2.pcsc import CtapPcscDevice
from fido2.webauthn import (
    PublicKeyCredentialCreationOptions,
    PublicKeyCredentialRequestOptions,
    RegistrationResponse,
    UserVerificationRequirement,
)

from app.card.windows_key import WebAuthn, WindowsStaffKeys
from app.domain.secret import secret
from app.errors import (
    BadSettings,
    CardSilent,
    SecondFactorRefused,
    StaffCardAbsent,
    StaffCardTaken,
    StaffCardUnknown,
    StaffKeyUntouched,
)
from app.services.ports.staff_card import CardAsked
from app.settings import counter_settings
from tests.edge.staff_key.test_authenticator import OFFICE
from tests.support.staff_keys import STAFF_PIN, Fingers, Held, staff_card

NOBODY = secret("")
PERSON = (b"\x01" * 16, "k1001")


def windows_error(result: int) -> OSError:
    """As Windows raises it; elsewhere errors have no such field of their own."""
    error = OSError()
    error.winerror = result - 0x1_0000_0000  # type: ignore[attr-defined]
    return error


@dataclass
class Windows:
    """The surface of the library's client, on a virtual authenticator whose PIN is typed in "Windows' dialog".

    ``result``: what the functions end with instead, as a number of Windows. ``rp_ids``: for whom it was made.
    """

    result: int = 0
    rp_ids: list[str] = field(default_factory=list)
    verification: list[object] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.card = staff_card()

    def __call__(self, rp_id: str) -> WebAuthn:
        self.rp_ids.append(rp_id)
        self._client = Fido2Client(
            CtapPcscDevice(Held(self.card), "held"),
            client_data_collector=DefaultClientDataCollector(f"https://{rp_id}"),
            user_interaction=Fingers(STAFF_PIN),
            extensions=[HmacSecretExtension()],  # type: ignore[no-untyped-call]
        )
        return self

    def get_assertion(self, options: PublicKeyCredentialRequestOptions) -> AssertionSelection:
        self._demand(options.user_verification)
        return self._client.get_assertion(options)

    def make_credential(self, options: PublicKeyCredentialCreationOptions) -> RegistrationResponse:
        assert options.authenticator_selection is not None
        self._demand(options.authenticator_selection.user_verification)
        return self._client.make_credential(options)

    def _demand(self, verification: object) -> None:
        self.verification.append(verification)
        if self.result:
            raise ClientError.ERR.OTHER_ERROR(windows_error(self.result))


def test_a_key_registered_through_windows_signs_in_and_gives_what_it_keeps() -> None:
    windows, challenge = Windows(), os.urandom(32)
    keys = WindowsStaffKeys(windows)
    made = keys.register(CardAsked("r", OFFICE.ask_registration(PERSON, (), challenge)), NOBODY)
    factor = OFFICE.register(made, challenge)
    challenge = os.urandom(32)
    wanted = CardAsked("a", OFFICE.ask([factor.credential_id], challenge))
    found = keys.answer(wanted, NOBODY, b"s" * 32)
    assert OFFICE.check(found.assertion, challenge, [factor]).credential_id == factor.credential_id
    assert found.kept is not None
    assert len(found.kept.reveal()) == 32
    assert windows.rp_ids == [OFFICE.rp_id] * 2
    assert set(windows.verification) == {UserVerificationRequirement.REQUIRED}
    assert keys.is_there()


def test_another_person_s_key_is_no_factor_of_this_one() -> None:
    windows, challenge = Windows(), os.urandom(32)
    keys = WindowsStaffKeys(windows)
    mine = OFFICE.register(
        keys.register(CardAsked("r", OFFICE.ask_registration(PERSON, (), challenge)), NOBODY), challenge
    )
    theirs = Windows()
    other = OFFICE.register(
        WindowsStaffKeys(theirs).register(CardAsked("r", OFFICE.ask_registration(PERSON, (), challenge)), NOBODY),
        challenge,
    )
    challenge = os.urandom(32)
    found = WindowsStaffKeys(theirs).answer(CardAsked("a", OFFICE.ask([other.credential_id], challenge)), NOBODY)
    with pytest.raises(SecondFactorRefused):
        OFFICE.check(found.assertion, challenge, [mine])


@pytest.mark.parametrize(
    ("result", "error"),
    [
        (0x800704C7, StaffKeyUntouched),
        (0x80090036, StaffKeyUntouched),
        (0x800705B4, StaffKeyUntouched),
        (0x8009000F, StaffCardTaken),
        (0x80090011, StaffCardUnknown),
        (0x80090035, StaffCardAbsent),
        (0x80004005, CardSilent),
    ],
    ids=["cancelled", "cancelled by the user", "timeout", "exists", "not found", "no device", "something else"],
)
def test_what_windows_ends_with_has_our_names(result: int, error: type[Exception]) -> None:
    keys = WindowsStaffKeys(Windows(result))
    challenge = os.urandom(32)
    with pytest.raises(error):
        keys.answer(CardAsked("a", OFFICE.ask([b"x" * 32], challenge)), NOBODY)
    with pytest.raises(error):
        keys.register(CardAsked("r", OFFICE.ask_registration(PERSON, (), challenge)), NOBODY)


def test_a_pc_names_its_second_factor_by_one_of_three_words(tmp_path: Path) -> None:
    file = tmp_path / "counter.toml"
    plain = "\n".join(
        [
            *(
                f'{name} = "{value}"'
                for name, value in {
                    "folder": "f", "office_url": "https://o", "terminal": "T-01", "municipality": "131016",
                    "window": "1", "keyring_service": "k", "recovery": "00" * 32, "municipality_name": "m",
                    "prefecture": "p", "issuer": "i",
                }.items()
            ),
            "lock_after_s = 180",
            "training = true",
        ]
    )  # fmt: skip
    tls = '\n[tls]\nauthority = "a"\ncertificate = "b"\nkey = "c"\n'
    file.write_text(plain + tls)
    assert counter_settings(file).staff_authenticator == "card"
    for word in ("card", "usb", "windows"):
        file.write_text(f'{plain}\nstaff_authenticator = "{word}"{tls}')
        assert counter_settings(file).staff_authenticator == word
    file.write_text(f'{plain}\nstaff_authenticator = "none"{tls}')
    with pytest.raises(BadSettings) as bad:
        counter_settings(file)
    assert bad.value.data["name"] == "staff_authenticator"
