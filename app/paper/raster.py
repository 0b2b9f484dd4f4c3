"""A PDF as pictures of its pages, for printers that take pictures only. typst draws it; no file is written."""

import json
import re

import typst

from app.errors import FormFault

_DRAW = b"""#let pdf = bytes(json(bytes(sys.inputs.pdf)))
#set page(width: 210mm, height: 297mm, margin: 0pt)
#for at in range(int(sys.inputs.pages)) { image(pdf, format: "pdf", page: at + 1, width: 210mm) }
"""
_PAGE = re.compile(rb"/Type\s*/Page\b")
"""Each page's own dictionary. Our PDFs keep them outside compressed streams (PDF/A-2b by typst 0.15, measured)."""


def draw_pages(pdf: bytes, dots_per_inch: float) -> tuple[bytes, ...]:
    """The A4 pages of one of our PDFs as PNG. Errors: FormFault. Time: some 0.4 s a page at 300 dpi; blocks."""
    inputs = {"pdf": json.dumps(list(pdf)), "pages": str(len(_PAGE.findall(pdf)))}
    try:
        made = typst.Compiler(_DRAW, sys_inputs=inputs).compile(format="png", ppi=dots_per_inch)
    except (OSError, RuntimeError) as error:
        raise FormFault(what="pdf") from error
    return (made,) if isinstance(made, bytes) else tuple(made or ())
