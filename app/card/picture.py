"""Pictures of a card (JPEG 2000 portrait, 1-bit PNG texts) as plain 8-bit PNG; the only place that decodes pictures."""

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
)


def to_picture(raw: bytes) -> Picture | None:
    """The picture in grey; None if it can't be decoded: whether it is genuine is another question."""
    try:
        with Image.open(BytesIO(raw), formats=("JPEG2000", "PNG")) as image:
            if image.width * image.height > _MOST_PIXELS:
                return None
            grey = image.convert("L")
    except _DECODER_FAULTS as fault:
        log.warning("picture not decoded", extra={"size": len(raw), "fault": type(fault).__name__})
        return None
    out = BytesIO()
    grey.save(out, "PNG", compress_level=1)
    return Picture(out.getvalue(), grey.width, grey.height)
