"""A planted leak of each kind is found: else a search that finds nothing would say nothing."""

import base64
import gzip
import io
import json
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from app.paper.press import FormPress
from app.shipped import resource
from tests.edge.leaks.searcher import Searcher
from tests.edge.paper.test_press import content

NAME, NUMBER, PIN = "纊褜鍈銈", "987654321097", "8362"
SEARCHER = Searcher({"name": NAME, "number": NUMBER, "pin": PIN})


def zipped(content: bytes, kind: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as archive:
        archive.writestr("a.txt", content)
    return out.getvalue()


PLANTED = {
    "utf-8": NAME.encode(),
    "utf-16-le": NAME.encode("utf-16-le"),
    "utf-16-be": NAME.encode("utf-16-be"),
    "shift_jis": NAME.encode("cp932"),
    "hex": NAME.encode().hex().encode(),
    "hex in capitals": NAME.encode("utf-16-le").hex().upper().encode(),
    "hex of shift_jis": NAME.encode("cp932").hex().encode(),
    "base64 at 0": base64.b64encode(NAME.encode() + b"tail"),
    "base64 at 1": base64.b64encode(b"x" + NAME.encode() + b"tail"),
    "base64 at 2": base64.b64encode(b"xy" + NAME.encode() + b"tail"),
    "base64 of utf-16": base64.b64encode(b"xyz1" + NAME.encode("utf-16-le") + b"tail"),
    "base64 for addresses": base64.urlsafe_b64encode(b"xy" + NAME.encode("cp932") + b"tail"),
    "json": json.dumps({"name": NAME}).encode(),
    "json in capitals": json.dumps(NAME).upper().replace("\\U", "\\u").encode(),
    "gzip": gzip.compress(NAME.encode()),
    "gzip in the middle": b"\0" * 99 + gzip.compress(b"." * 99 + NAME.encode("utf-16-le")) + b"\0" * 99,
    "zlib": b"stream\n" + zlib.compress(b"/Title <" + NAME.encode("utf-16-be").hex().encode() + b">"),
    "zip": zipped(NAME.encode(), zipfile.ZIP_DEFLATED),
    "zip as it is": zipped(NAME.encode("cp932"), zipfile.ZIP_STORED),
    "zip in gzip": gzip.compress(zipped(NAME.encode(), zipfile.ZIP_DEFLATED)),
    "a number": b"x" + NUMBER.encode() + b"x",
    "a number in base64": base64.b64encode(b"x" + NUMBER.encode() + b"x"),
    "a PIN in a message": json.dumps({"pin": PIN}).encode(),
    "a PIN in a command to a card": bytes.fromhex("0020008304") + PIN.encode(),
}


@pytest.mark.parametrize("kind", PLANTED)
def test_a_planted_leak_is_found(kind: str, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file").write_bytes(b"\x00\xff" * 500 + PLANTED[kind] + b"\xff\x00" * 500)
    (find, *_) = SEARCHER.files([tmp_path])
    assert find.mark in {"name", "number", "pin"}
    assert find.place.endswith("file")


def test_a_name_set_on_paper_is_found(tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(FormPress(resource("forms")).press(replace(content("notice"), addressee=NAME)))
    assert {find.mark for find in SEARCHER.files([tmp_path])} == {"name"}


def test_a_file_called_after_somebody_is_found(tmp_path: Path) -> None:
    (tmp_path / f"{NAME}.pdf").write_bytes(b"")
    assert [find.how for find in SEARCHER.files([tmp_path])] == ["file name"]


def test_what_holds_no_mark_gives_nothing(tmp_path: Path) -> None:
    near = NAME[:3].encode() + NUMBER[:11].encode() + b"18362"
    (tmp_path / "file").write_bytes(near + zlib.compress(b"nothing at all" * 9))
    assert SEARCHER.files([tmp_path]) == []
