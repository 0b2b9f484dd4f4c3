"""QR codes for papers: text in, one SVG picture out."""

import io

import segno

from app.errors import FormFault

LONGEST = 2_953
"""Bytes in the largest code at the lowest level of correction. Source: ISO/IEC 18004, published."""


def code_picture(text: str) -> str:
    """``text`` (UTF-8) as one QR code with its quiet zone. Errors: FormFault for more than ``LONGEST`` bytes."""
    data = text.encode()
    if len(data) > LONGEST:
        raise FormFault(what="qr_code")
    code = segno.make(data, error="l", boost_error=True, micro=False, mode="byte")
    out = io.BytesIO()
    code.save(out, kind="svg", border=4, light="white", xmldecl=False, svgns=True, nl=False)
    return out.getvalue().decode()
