"""Small files of the JPKI application and what a driver tells of itself: any bytes are answered, none breaks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from smartcard import scard

from app.card.driver import Driver, parse_driver
from app.card.jpki import parse_file, parse_there, parse_token
from app.domain.certificate import Purpose
from app.errors import BadCardData
from app.services.jpki_port import CertificatesThere, TokenKind


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        (b"JPKIAPICCTOKEN2".ljust(32), TokenKind.CARD),
        (b"JPKIAPICCTOKEN".ljust(32), TokenKind.OLD_CARD),
        (b"JPKIAPGPSETOKEN".ljust(32), TokenKind.ANDROID),
        (b"JPKIAPIOSTOKEN".ljust(32, b"\x00"), TokenKind.IPHONE),
        (b"JPKIAPICCTOKEN3".ljust(32), TokenKind.UNKNOWN),
        (b"", TokenKind.UNKNOWN),
    ],
)
def test_a_token_is_told_by_its_whole_label(label: bytes, kind: TokenKind) -> None:
    assert parse_token(label + b"0" * 32 if label else label) is kind


@pytest.mark.parametrize(
    ("file", "user", "signature"),
    [("8F8F00", True, True), ("008F00", True, False), ("8F00", False, True), ("FFFF00", False, False)],
)
def test_only_8f_says_that_a_certificate_is_there(file, user, signature) -> None:
    there = parse_there(bytes.fromhex(file))
    assert there == CertificatesThere(user_authentication=user, digital_signature=signature)
    assert (there.has(Purpose.USER_AUTHENTICATION), there.has(Purpose.DIGITAL_SIGNATURE)) == (user, signature)


@given(st.binary(max_size=80))
def test_any_bytes_are_a_value_or_bad_data(noise: bytes) -> None:
    assert parse_token(noise) in TokenKind
    for parse in (parse_there, parse_file):
        try:
            parse(noise)
        except BadCardData:
            continue


@given(st.binary(min_size=1, max_size=300), st.binary(max_size=40))
def test_a_certificate_ends_where_its_length_says_and_filler_is_left(body: bytes, filler: bytes) -> None:
    whole = b"\x30\x82" + len(body).to_bytes(2, "big") + body
    assert parse_file(whole + filler) == whole


def test_a_driver_tells_what_it_tells_and_nothing_is_made_up() -> None:
    told = {
        scard.SCARD_ATTR_VENDOR_NAME: b"Maker\x00\x00",
        scard.SCARD_ATTR_VENDOR_IFD_VERSION: (0x01040024).to_bytes(4, "little"),
        scard.SCARD_ATTR_CHANNEL_ID: (0x00200003).to_bytes(4, "little"),
    }
    assert parse_driver(told) == Driver("Maker", "", "1.4.36", "usb")
    assert parse_driver({}) == Driver()


@given(
    st.dictionaries(st.sampled_from([scard.SCARD_ATTR_VENDOR_NAME, scard.SCARD_ATTR_VENDOR_IFD_VERSION]), st.binary())
)
def test_no_driver_can_tell_anything_that_breaks(told: dict[int, bytes]) -> None:
    assert isinstance(parse_driver(told), Driver)
