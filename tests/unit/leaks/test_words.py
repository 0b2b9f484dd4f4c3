"""What is written into logs, answers and tracebacks by itself carries no value of a person."""

from pathlib import Path

import pytest

from app.domain.secret import secret
from app.errors import NotUnderstood
from app.server.door import Knock
from app.settings import ServerSettings, TlsPlace
from app.wire.desk import HandIn, PersonMark
from app.wire.endpoint import Caller
from app.wire.exchange import AnswerContent
from app.wire.message import decode, encode
from app.wire.register import SearchByNumber
from app.wire.staff import SignedIn, SignIn

NAME, NUMBER = "標識秘子", "900000000001"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (f'{{"v":1,"{NAME}":1,"staff_id":"a","password":"b"}}', SignIn),
        (f'{{"v":"{NAME}"}}', SignIn),
        (f'{{"v":1,"reached_at":"{NAME}"}}', HandIn),
        (f'{{"v":1,"kind":"{NAME}","items":{{"{NAME}":[]}}}}', AnswerContent),
        (f'"{NAME}"', Caller),
        (f'{{"v":1,"my_number":"{NUMBER}"', SearchByNumber),
        (NAME, SignIn),
    ],
)
def test_what_could_not_be_read_is_told_by_its_place_and_never_by_its_value(body: str, kind: type) -> None:
    with pytest.raises(NotUnderstood) as refused:
        decode(body.encode(), kind)
    assert NAME not in str(refused.value)
    assert NUMBER not in str(refused.value)
    assert str(refused.value.data["what"]).startswith("$")


def test_the_place_of_what_could_not_be_read_is_still_told() -> None:
    with pytest.raises(NotUnderstood) as refused:
        decode(b'{"v":1,"staff_id":7,"password":"b"}', SignIn)
    assert refused.value.data == {"what": "$.staff_id"}


def test_a_message_shows_its_type_and_nothing_that_is_in_it() -> None:
    asked = SignIn(staff_id="k1001", password=NAME)
    mark = PersonMark(business_number=NUMBER, name=NAME)
    assert f"{asked} {asked!r} {mark!r} {(mark,)}" == "<SignIn> <SignIn> <PersonMark> (<PersonMark>,)"
    assert decode(encode(asked), SignIn) == asked
    assert SignedIn.__repr__ is SignIn.__repr__


def test_what_is_shown_at_the_door_hides_the_session_s_token() -> None:
    assert "token" not in repr(Knock(peer_der=None, authorization="Bearer token", trace="t", key="k"))


def test_the_address_of_a_database_with_its_password_is_not_shown(tmp_path: Path) -> None:
    settings = ServerSettings(
        folder=tmp_path,
        host="127.0.0.1",
        port=0,
        tls=TlsPlace(tmp_path, tmp_path, tmp_path),
        database="postgresql://desk:himitsu@db/desk",
        schema_prefix="",
        slices=(),
        municipalities=(),
        peers={},
        institutions={},
        is_training=False,
    )
    assert "himitsu" not in repr(settings)


def test_a_secret_stays_one_inside_any_value() -> None:
    assert NAME not in repr([secret(NAME)])
