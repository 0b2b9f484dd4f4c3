"""Forms come out as PDF with the exact characters of the names on them."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.form import FormContent, FormRow, FormSection
from app.errors import FormFault
from app.paper.press import FormPress

TEMPLATES = Path(__file__).parents[3] / "resources" / "forms"
PRESS = FormPress(TEMPLATES)
"""One for all: it looks for the fonts once."""


def content(form: str, mark: str = "研修") -> FormContent:
    row = FormRow("氏名", "渡邉\U000e0101 \U00020bb7子", "住民票")
    return FormContent(
        form=form,
        title="決裁票",
        number="R08-000012",
        issued_on="令和8年11月21日",
        issuer="見本市中央区長",
        addressee="架空 花子 様",
        lead="次のとおり決定します。",
        sections=(FormSection("請求者", (row,)),),
        reasons=("所得が下回るため。",),
        instruction=("審査請求をすることができます。",),
        mark=mark,
    )


def text_of(pdf: bytes) -> str:
    program = shutil.which("pdftotext")
    assert program is not None, "poppler-utils is one of the system packages"
    return subprocess.run([program, "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


@pytest.mark.parametrize("form", ["notice", "receipt", "decision_sheet"])
def test_a_form_carries_every_value_with_its_exact_characters(form: str) -> None:
    text = text_of(PRESS.press(content(form)))
    assert "渡邉\U000e0101 \U00020bb7子" in text
    assert "審査請求をすることができます。" in text
    assert "研" in text
    assert "修" in text


def test_a_refusal_carries_its_reasons_and_how_to_object() -> None:
    text = text_of(PRESS.press(content("notice")))
    assert text.index("理由") < text.index("所得が下回るため。") < text.index("教示")


def test_outside_training_nothing_is_printed_across_the_page() -> None:
    assert "研" not in text_of(PRESS.press(content("notice", mark="")))


def test_the_pages_of_a_form_can_be_looked_at_one_by_one() -> None:
    short = PRESS.press_pages(content("notice"))
    long = PRESS.press_pages(replace(content("notice"), instruction=("審査請求。" * 900,)))
    assert len(short) == 1
    assert len(long) > 1
    assert all(page.startswith(b"\x89PNG") for page in (*short, *long))


def test_a_template_that_does_not_exist_is_a_fault_of_the_form() -> None:
    with pytest.raises(FormFault):
        PRESS.press(content("nothing"))
    with pytest.raises(FormFault):
        PRESS.press_pages(content("nothing"))


def test_no_file_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    PRESS.press(content("notice"))
    PRESS.press_pages(content("notice"))
    assert list(tmp_path.iterdir()) == []


FORMS = sorted(one.stem for one in TEMPLATES.glob("*.typ") if one.stem not in {"frame", "certificate"})
"""Those that stand on their own."""


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_pdf_a_2b_by_its_own_marks(form: str) -> None:
    """The marks only: which part and level it claims, its colour intent, no encryption. No validator is at hand."""
    pdf = PRESS.press(content(form))
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in pdf
    assert b"/OutputIntents" in pdf
    assert b"GTS_PDFA1" in pdf
    assert b"/Encrypt" not in pdf
    assert b"/EmbeddedFile" not in pdf
