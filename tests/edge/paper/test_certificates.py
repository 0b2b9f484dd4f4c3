"""Certificates as paper (S08-5, S08-8): the text of each page is what was asked for; no number where none may be."""

import shutil
import subprocess
from datetime import date

import pytest

from app.backend.register.service.certificate_pages import Writer, present
from app.domain.certificate_rules import parse_certificates
from app.services.compose_certificate import compose_certificate, parse_certificate_words
from app.shipped import read_toml
from app.wire.certificate import Page
from tests.edge.backend.register.issuing import CHILD, CODE, GUEST, HEAD
from tests.edge.paper.test_press import PRESS
from tests.support.imprints import imprint

NUMBER = "123456789018"
RULES = parse_certificates(read_toml("tables", "certificates.toml"))
WORDS = parse_certificate_words(read_toml("text", "certificate.toml"))


def text(kind: str, *groups: str, people=(HEAD,), is_draft: bool = False, **more) -> str:
    """What poppler reads on the page, without spaces and line ends."""
    own = RULES.kind(kind)
    subjects = [present(one, NUMBER, "渡邉󠄂　葵", "00000001") for one in people]
    blocks = Writer(RULES, str, is_draft).blocks(own, frozenset(groups), subjects)
    page = Page(
        form=own.form, title=own.title, number="" if is_draft else "20261120-戸籍住民-0001", day=date(2026, 11, 20),
        statement=own.statement, blocks=blocks, **more,
    )  # fmt: skip
    content = compose_certificate(page, WORDS, "見本市中央区長", "", is_draft=is_draft)
    return "".join(in_order(PRESS.press(content)).split())


def in_order(pdf: bytes) -> str:
    """The text as the page holds it: a name with a wide space in it stays in one piece."""
    program = shutil.which("pdftotext")
    assert program is not None, "poppler-utils is one of the system packages"
    return subprocess.run([program, "-raw", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


def test_a_copy_carries_exactly_what_was_asked_for() -> None:
    found = text("residence_copy", "household", "my_number", people=(HEAD, CHILD), marks=("公用",))
    for said in (
        "住民票の写し", "渡邉󠄂葵", "渡邉󠄂蓮", "髙𣘺", "昭和60年3月4日", "北市北区北一条西2番3号", "続柄子", "公用",
        NUMBER, "この写しは、住民票の原本と相違ないことを証明します。", "令和8年11月20日", "見本市中央区長",
        "20261120-戸籍住民-0001",
    ):  # fmt: skip
        assert said in found, said
    assert "本籍省略" in found
    for unasked in (CODE, "札幌市中央区", "北九条西", "髙𣘺葵", "あおい", "確認用"):
        assert unasked not in found, unasked


@pytest.mark.parametrize("kind", ["residence_statement", "removed_copy", "seal_certificate"])
def test_no_page_bears_a_number_that_nobody_asked_for(kind: str) -> None:
    found = text(kind)
    assert "渡邉󠄂葵" in found
    assert not [one for one in (NUMBER, CODE, "個人番号", "住民票コード") if one in found]


def test_a_draft_says_so_and_bears_no_number_though_it_was_asked_for() -> None:
    found = text("residence_copy", "my_number", "resident_code", "status", people=(GUEST,), is_draft=True)
    assert "確" in found
    assert not [one for one in (NUMBER, "技術・人文知識", "AB12345678CD", "公印", "20261120") if one in found]


def test_a_foreigner_stands_with_latin_and_kanji_names_and_alias() -> None:
    found = text("residence_copy", "status", people=(GUEST,))
    for said in ("NGUYENTHIHOA", "阮氏花", "花田ホア", "1992年9月1日", "2028年3月31日", "AB12345678CD"):
        assert said in found, said


def test_a_moving_out_certificate_bears_both_numbers() -> None:
    found = text("moving_out_certificate", marks=("再交付",))
    assert [one in found for one in (NUMBER, CODE, "再交付", "札幌市中央区北一条西二丁目")] == [True] * 4


def test_the_imprint_stands_on_its_certificate_in_its_size() -> None:
    own = RULES.kind("seal_certificate")
    page = Page(
        form=own.form, title=own.title, number="n", day=date(2026, 11, 20), statement=own.statement,
        blocks=Writer(RULES, str).blocks(own, frozenset(), [present(HEAD, "", "", "00000001")]),
        picture=imprint(15), picture_mm=170,
    )  # fmt: skip
    pdf = PRESS.press(compose_certificate(page, WORDS, "見本市中央区長", ""))
    assert b"/Subtype/Image" in pdf.replace(b" ", b"")
    assert "00000001" in in_order(pdf)
