"""What the office is told about the status service, and what people are told when nothing is known."""

import re
from pathlib import Path

import pytest

from app.errors import BadSettings
from app.settings import StatusPlace, server_settings
from app.shipped import read_toml
from tests.edge.backend.test_admin import SETTINGS
from tests.support.source import sources

PLACE = '\n[revocation]\nfirst = "lists"\nresponder = ""\nlists = ["https://crl.example/a.crl"]\n'


def reasons() -> list[str]:
    found = {"certificate_revoked"}
    for source in sources("app/trust", "app/backend/revocation"):
        found |= set(re.findall(r'NotChecked\(\s*"(\w+)"', source.text)) if "revocation" in source.name else set()
    return sorted(found)


def test_there_are_reasons_to_look_at() -> None:
    assert {"revocation_unknown", "revocation_list_stale", "revocation_not_arranged"} <= set(reasons())


@pytest.mark.parametrize("reason", reasons())
def test_every_reason_has_a_sentence(reason: str) -> None:
    assert read_toml("text", "ja.toml")["verdict"][reason]


def told(folder: Path, revocation: str) -> StatusPlace | None:
    path = folder / "server.toml"
    path.write_text(SETTINGS + revocation, "utf-8")
    return server_settings(path).revocation


def test_an_office_that_is_no_registered_verifier_has_no_service(tmp_path: Path) -> None:
    assert told(tmp_path, "") is None


def test_the_order_and_the_places_are_settings(tmp_path: Path) -> None:
    assert told(tmp_path, PLACE) == StatusPlace("lists", "", ("https://crl.example/a.crl",))
    loose = told(tmp_path, PLACE + 'nonce = false\nnaming = "sha1"\n')
    assert loose is not None
    assert (loose.has_nonce, loose.naming) == (False, "sha1")


@pytest.mark.parametrize(
    "wrong",
    [
        PLACE.replace('"lists"', '"somebody"'),
        PLACE.replace('""', '"ftp://example/ocsp"'),
        PLACE.replace('["https://crl.example/a.crl"]', '"crl.example"'),
        PLACE.replace('["https://crl.example/a.crl"]', "[1]"),
        PLACE.replace('responder = ""', ""),
        PLACE + 'naming = "md5"\n',
        PLACE + 'nonce = "yes"\n',
    ],
)
def test_what_is_wrong_in_them_is_named(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(BadSettings):
        told(tmp_path, wrong)


def test_a_setting_instead_of_a_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "server.toml"
    path.write_text('revocation = "yes"\n' + SETTINGS, "utf-8")
    with pytest.raises(BadSettings):
        server_settings(path)
