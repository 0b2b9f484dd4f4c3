"""The code on 応対票 is read as a telephone reads it, and what it says verifies without any network."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.form import FormContent, FormRow, FormSection, Proof
from app.errors import FormFault
from app.paper.code import LONGEST, code_picture
from app.trust.receipt import Receipt, check_receipt, parse_receipt
from tests.edge.paper.test_press import PRESS, text_of
from tests.unit.trust.test_receipt import KEYS, proof_among_many, proof_of


def slip(*proofs: str) -> FormContent:
    return FormContent(
        form="visit_slip",
        title="応対票",
        number="番号札 A012",
        issued_on="令和8年11月21日",
        issuer="見本市長",
        addressee="見本　花子 様",
        lead="きょうの窓口で行ったことは、次のとおりです。",
        sections=(FormSection("行ったこと", (FormRow("9:05", "申請を受け付けました"),)),),
        reasons=(),
        instruction=(),
        mark="訓練",
        proof_title="受付の記録の証明",
        proof_lead="台帳の公開鍵で確かめられます。",
        proofs=tuple(Proof(f"児童手当 R8-{at:06}", text) for at, text in enumerate(proofs, 1)),
    )


def read_code(page: bytes, folder: Path) -> bytes:
    """What a reader of QR codes finds on a printed page; it ends what it read with a line end of its own."""
    program = shutil.which("zbarimg")
    assert program is not None, "zbar-tools is one of the system packages"
    file = folder / "page.png"
    file.write_bytes(page)
    words = [program, "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", str(file)]
    return subprocess.run(words, capture_output=True, check=True).stdout.removesuffix(b"\n")


@pytest.mark.parametrize("make", [proof_of, proof_among_many])
def test_the_code_on_the_slip_is_the_whole_proof(make: Callable[[], Receipt], tmp_path: Path) -> None:
    proof = make().to_bytes()
    assert len(proof) <= 2_000
    (page,) = PRESS.press_pages(slip(proof.decode()), 300)
    read = read_code(page, tmp_path)
    assert read == proof
    if make is proof_of:
        assert check_receipt(parse_receipt(read), KEYS).size == 11


def test_the_slip_says_what_was_done_in_words_too() -> None:
    text = text_of(PRESS.press(slip()))
    assert "申請を受け付けました" in text
    assert "受付の記録の証明" not in text


def test_more_than_a_code_can_hold_is_refused_and_not_cut_off() -> None:
    assert code_picture("あ" * (LONGEST // 3)).startswith("<svg")
    with pytest.raises(FormFault):
        code_picture("あ" * (LONGEST // 3 + 1))
