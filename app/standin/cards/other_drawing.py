"""Pictures as small as driving licences and residence cards hold them: JPEG 2000 portraits, texts as G4 TIFF."""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from app.standin.cards.drawing import FONT_PATHS, Drawing
from app.standin.cards.holder import Holder

LICENCE_PHOTO_BYTES, RESIDENCE_PHOTO_BYTES = 2005, 3000
_PHOTO = (120, 160)
_SKIN, _SHADE = (255, 226, 208), (30, 24, 34)
_FIRST_RATIO, _LAST_RATIO = 12, 80


class OtherDrawing:
    """Draws with one Japanese font. Errors: FileNotFoundError if none of ``fonts`` exists."""

    def __init__(self, fonts: tuple[Path, ...] = FONT_PATHS) -> None:
        found = next((path for path in fonts if path.is_file()), None)
        if found is None:
            raise FileNotFoundError(fonts[0])
        self._font = found
        self._portraits = Drawing(fonts)

    def grey_portrait(self, holder: Holder) -> bytes:
        """For a licence: JPEG 2000, grey, at most 2,005 bytes."""
        return _at_most(LICENCE_PHOTO_BYTES, self._portrait(holder))

    def colour_portrait(self, holder: Holder) -> bytes:
        """For a residence card: JPEG 2000 in colour, at most 3,000 bytes."""
        grey = self._portrait(holder)
        bands = [grey.point([low + (high - low) * level // 255 for level in range(256)]) for low, high in _ends()]
        return _at_most(RESIDENCE_PHOTO_BYTES, Image.merge("RGB", bands))

    def text(self, lines: tuple[str, ...], size: tuple[int, int], points: int = 22) -> bytes:
        """Black on white as TIFF, compressed as a fax (MMR, group 4)."""
        image = Image.new("1", size, 1)
        draw = ImageDraw.Draw(image)
        font, step = ImageFont.truetype(self._font, points), size[1] // len(lines)
        for row, line in enumerate(lines):
            draw.text((4, step * row + step // 2), line, 0, font, anchor="lm")
        out = BytesIO()
        image.save(out, "TIFF", compression="group4")
        return out.getvalue()

    def _portrait(self, holder: Holder) -> Image.Image:
        with Image.open(BytesIO(self._portraits.photo(holder))) as large:
            return large.convert("L").resize(_PHOTO)


def _ends() -> list[tuple[int, int]]:
    return list(zip(_SHADE, _SKIN, strict=True))


def _at_most(size: int, image: Image.Image) -> bytes:
    """The picture at the least compression that fits. Errors: ValueError if none does."""
    for ratio in range(_FIRST_RATIO, _LAST_RATIO, 4):
        out = BytesIO()
        image.save(out, "JPEG2000", quality_mode="rates", quality_layers=[ratio], irreversible=True)
        if out.tell() <= size:
            return out.getvalue()
    raise ValueError(size)
