"""Pictures as tests look at them."""

import io

from PIL import Image


def picture_of(png: bytes) -> Image.Image:
    """The picture that these bytes are."""
    return Image.open(io.BytesIO(png))
