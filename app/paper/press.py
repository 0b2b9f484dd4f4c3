"""Turns a form's content into a PDF by a typst template; the values go in as bytes, no file is written."""

import dataclasses
import json
from pathlib import Path

import typst

from app.domain.form import FormContent
from app.errors import FormFault
from app.paper.code import code_picture


class FormPress:
    """Makes PDFs from the templates in one folder, with the fonts of the system and of ``fonts``."""

    def __init__(self, templates: Path, fonts: tuple[Path, ...] = ()) -> None:
        self._templates = templates
        self._fonts = list(fonts)

    def press(self, content: FormContent) -> bytes:
        """The form as PDF/A-2b with selectable text. Errors: FormFault. Time: 0.1-0.4 s (measured), blocks."""
        template = self._templates / f"{content.form}.typ"
        try:
            return typst.compile(
                template,
                root=self._templates,
                font_paths=self._fonts,
                format="pdf",
                sys_inputs=_inputs(content),
                pdf_standards="a-2b",
            )
        except (OSError, RuntimeError) as error:
            raise FormFault(what=content.form) from error

    def press_pages(self, content: FormContent, dots_per_inch: float = 110) -> tuple[bytes, ...]:
        """The pages of the same form as PNG, for looking at them. Errors: FormFault. Time: as ``press``, blocks."""
        template = self._templates / f"{content.form}.typ"
        try:
            compiler = typst.Compiler(template, self._templates, self._fonts, sys_inputs=_inputs(content))
            made = compiler.compile(format="png", ppi=dots_per_inch)
        except (OSError, RuntimeError) as error:
            raise FormFault(what=content.form) from error
        return (made,) if isinstance(made, bytes) else tuple(made or ())


def _inputs(content: FormContent) -> dict[str, str]:
    values = dataclasses.asdict(content)
    values["picture"] = list(content.picture)
    values["proofs"] = [{"label": one.label, "picture": code_picture(one.text)} for one in content.proofs]
    return {"content": json.dumps(values, ensure_ascii=False)}
