"""Floor of a preview: the typesetter alone, on the same template and values, fonts known."""

import time
from pathlib import Path

import typst

_FONTS: list[typst.Fonts] = []


def pages(templates: Path, form: str, inputs: dict[str, str]) -> float:
    """Seconds for one page set and drawn, nothing checked and nothing shown."""
    if not _FONTS:
        _FONTS.append(typst.Fonts())
    began = time.perf_counter()
    compiler = typst.Compiler(templates / f"{form}.typ", templates, _FONTS[0], sys_inputs=inputs)
    compiler.compile(format="png", ppi=110)
    return time.perf_counter() - began
