"""What would come out wrong is told before it is printed: characters without a glyph, values without room."""

from dataclasses import replace

import pytest

from app.domain.form import FaultKind, FormRow, FormSection, PaperFault
from app.errors import FormFault
from tests.edge.paper.test_press import PRESS, content, text_of

IN_SECOND_FACE = "邉\U000e0101"
"""IPAmj明朝 has other shapes of 邉 than this one, Noto Serif has it."""
IN_NO_FACE = "邉\U000e01ef"


def faults(value: str, form: str = "notice") -> tuple[PaperFault, ...]:
    section = FormSection("届出", (FormRow("氏名", value),))
    return PRESS.press_checked(replace(content(form), sections=(section,)), 40).faults


@pytest.mark.parametrize("value", ["渡邉\U000e0102　葵", "\U00020bb7野　髙𣘺", IN_SECOND_FACE, "GARCÍA MÜLLER"])
def test_a_name_whose_every_shape_is_there_has_no_fault(value: str) -> None:
    assert faults(value) == ()


def test_a_shape_that_only_the_second_face_has_is_printed_in_that_face() -> None:
    section = FormSection("届出", (FormRow("氏名", f"渡{IN_SECOND_FACE}"),))
    other = FormSection("届出", (FormRow("氏名", "渡邉"),))
    exact, plain = (replace(content("notice"), sections=(one,)) for one in (section, other))
    assert f"渡{IN_SECOND_FACE}" in text_of(PRESS.press(exact))
    assert PRESS.press_pages(exact, 60) != PRESS.press_pages(plain, 60)


def test_a_shape_that_no_face_has_is_told_with_its_character_and_item() -> None:
    assert faults(f"渡{IN_NO_FACE}") == (PaperFault(FaultKind.VARIANT, "氏名", IN_NO_FACE),)


def test_a_character_that_no_font_has_is_told_and_such_a_paper_can_not_be_made() -> None:
    rare = "\U0003134a"
    assert faults(rare) == (PaperFault(FaultKind.MISSING, "氏名", rare),)
    with pytest.raises(FormFault):
        PRESS.press(replace(content("notice"), sections=(FormSection("届出", (FormRow("氏名", rare),)),)))


def test_a_long_name_is_set_smaller_and_told_and_one_without_room_even_so_is_told_too() -> None:
    (shrunk,) = faults("A" * 50)
    assert (shrunk.kind, shrunk.where) == (FaultKind.SHRUNK, "氏名")
    assert float(shrunk.what) < 10.5
    (beyond,) = faults("A" * 200)
    assert (beyond.kind, beyond.where, beyond.what) == (FaultKind.OVERFLOW, "氏名", "7")
    assert faults("見本　" * 60) == ()
