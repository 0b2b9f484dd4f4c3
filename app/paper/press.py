"""Turns a form's content into a PDF by a typst template; the values go in as bytes, no file is written."""

import dataclasses
import json
from functools import cached_property
from pathlib import Path

import typst

from app.domain.form import FaultKind, FormContent, PaperFault, Pressed
from app.errors import FormFault
from app.paper.code import code_picture
from app.paper.faces import FACES, Faces

_FAULTS = "<fault>"
"""The label under which templates tell what had to shrink or does not fit (resources/forms/frame.typ)."""


class FormPress:
    """Makes PDFs from the templates in one folder, with the fonts of the system and of ``fonts``.

    ``faces``: the families that values are set in, in their order.
    """

    def __init__(self, templates: Path, fonts: tuple[Path, ...] = (), faces: tuple[str, ...] = FACES) -> None:
        self._templates, self._folders, self._names = templates, list(fonts), faces

    def press(self, content: FormContent) -> bytes:
        """The form as PDF/A-2b with selectable text. Errors: FormFault. Time: 0.1-0.4 s (measured), blocks."""
        try:
            made = self._compiler(content).compile(format="pdf", pdf_standards="a-2b")
        except (OSError, RuntimeError) as error:
            raise FormFault(what=content.form) from error
        return made if isinstance(made, bytes) else b"".join(made or ())

    def press_pages(self, content: FormContent, dots_per_inch: float = 110) -> tuple[bytes, ...]:
        """The pages of the same form as PNG, for looking at them. Errors: FormFault. Time: as ``press``, blocks."""
        return self.press_checked(content, dots_per_inch).pages

    def press_checked(self, content: FormContent, dots_per_inch: float = 110) -> Pressed:
        """Pages as of ``press_pages``, and what is wrong with them: faults of characters, then those of room."""
        try:
            compiler = self._compiler(content)
            made = compiler.compile(format="png", ppi=dots_per_inch)
            told = json.loads(compiler.query(_FAULTS, field="value"))
        except (OSError, RuntimeError) as error:
            raise FormFault(what=content.form) from error
        pages = (made,) if isinstance(made, bytes) else tuple(made or ())
        room = (PaperFault(FaultKind(one["kind"]), one["label"], f"{one['points']:g}") for one in told)
        return Pressed(pages, (*self._faces.faults(content), *dict.fromkeys(room)))

    def inputs(self, content: FormContent) -> dict[str, str]:
        """What a template is handed: the content as JSON, with the faces that values are set in."""
        values = dataclasses.asdict(content)
        values["picture"] = list(content.picture)
        values["proofs"] = [{"label": one.label, "picture": code_picture(one.text)} for one in content.proofs]
        values |= {"faces": list(self._names), "shapes": self._faces.shapes(content)}
        return {"content": json.dumps(values, ensure_ascii=False)}

    def _compiler(self, content: FormContent) -> typst.Compiler:
        template = self._templates / f"{content.form}.typ"
        return typst.Compiler(template, self._templates, self._fonts, sys_inputs=self.inputs(content))

    @cached_property
    def _fonts(self) -> typst.Fonts:
        """The fonts, looked for once: that takes longer than a form (0.3 s, measured)."""
        return typst.Fonts(font_paths=list(self._folders))

    @cached_property
    def _faces(self) -> Faces:
        return Faces(self._fonts, self._names)
