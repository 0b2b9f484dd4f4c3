"""Pictures of a card (JPEG 2000 portrait, text as PNG or G4 TIFF) as plain PNG; the one place that decodes pictures."""

import logging
import struct
import zlib
from io import BytesIO

from PIL import Image

from app.services.card_port import Picture

log = logging.getLogger(__name__)

_MOST_PIXELS = 4_000_000
"""Ten times what a card can hold at useful quality (assumed): a forged picture must not fill the memory."""
_DECODER_FAULTS = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    Warning,
)


def to_picture(raw: bytes, *, colour: bool = False) -> Picture | None:
    """The picture in grey or ``colour``; None if it can't be decoded: whether it is genuine is another question."""
    try:
        with Image.open(BytesIO(raw), formats=("JPEG2000", "PNG", "TIFF")) as image:
            if image.width * image.height > _MOST_PIXELS:
                return None
            plain = image.convert("RGB" if colour else "L")
    except _DECODER_FAULTS as fault:
        log.warning("picture not decoded", extra={"size": len(raw), "fault": type(fault).__name__})
        return None
    out = BytesIO()
    plain.save(out, "PNG", compress_level=1)
    return Picture(out.getvalue(), plain.width, plain.height)
