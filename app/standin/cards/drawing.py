"""What a card shows: a drawn portrait (JPEG 2000), name and address (1-bit PNG), the same for the same holder."""

import hashlib
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from app.standin.cards.holder import Holder

FONT_PATHS = (
    Path("/usr/share/fonts/truetype/ipamj/ipamjm.ttf"),
    Path("/usr/share/fonts/truetype/fonts-japanese-mincho.ttf"),
    Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
    Path("C:/Windows/Fonts/yumin.ttf"),
    Path("C:/Windows/Fonts/msmincho.ttc"),
)
_PHOTO = (240, 320)
_PHOTO_RATIO = 11
"""Compression that gives about 7 KB; the size of a real photo is not public (peers-card.md 4.1, assumed)."""


class Drawing:
    """Draws with one Japanese font. Errors: FileNotFoundError if none of ``fonts`` exists."""

    def __init__(self, fonts: tuple[Path, ...] = FONT_PATHS) -> None:
        found = next((path for path in fonts if path.is_file()), None)
        if found is None:
            raise FileNotFoundError(fonts[0])
        self._font = found

    def name(self, holder: Holder) -> bytes:
        """One line, 1-bit PNG."""
        return self._lines([holder.name], (368, 40), 30)

    def address(self, holder: Holder) -> bytes:
        """Two lines, 1-bit PNG."""
        half = 22
        return self._lines([holder.address[:half], holder.address[half:]], (560, 64), 24)

    def digits(self, text: str, size: tuple[int, int]) -> bytes:
        """Digits as 1-bit PNG, such as the security code (24×12) and the 個人番号 (72×12)."""
        return self._lines([text], size, 11)

    def photo(self, holder: Holder) -> bytes:
        """A grey portrait of nobody, JPEG 2000, about 7 KB, different for each holder."""
        chance = hashlib.sha256(f"{holder.name}|{holder.birth}".encode()).digest()
        width, height = _PHOTO
        image = Image.linear_gradient("L").resize(_PHOTO).point(lambda level: 200 + level // 8)
        draw = ImageDraw.Draw(image)
        _shoulders(draw, chance)
        _head(draw, chance)
        image = image.filter(ImageFilter.GaussianBlur(1.2))
        grain = Image.frombytes("L", (width // 4, height // 4), _stream(chance, width * height // 16)).resize(_PHOTO)
        image = Image.blend(image, grain, 0.06)
        out = BytesIO()
        image.save(out, "JPEG2000", quality_mode="rates", quality_layers=[_PHOTO_RATIO], irreversible=True)
        return out.getvalue()

    def _lines(self, lines: list[str], size: tuple[int, int], points: int) -> bytes:
        image = Image.new("1", size, 1)
        draw = ImageDraw.Draw(image)
        step = size[1] // len(lines)
        for row, line in enumerate(lines):
            font, room = ImageFont.truetype(self._font, points), points
            while draw.textlength(line, font) > size[0] - 2 and room > 6:  # noqa: PLR2004 - long names shrink, as on real cards
                room -= 1
                font = ImageFont.truetype(self._font, room)
            draw.text((1, step * row + step // 2), line, 0, font, anchor="lm")
        out = BytesIO()
        image.save(out, "PNG")
        return out.getvalue()


def _stream(seed: bytes, size: int) -> bytes:
    blocks = (hashlib.sha256(seed + count.to_bytes(4, "big")).digest() for count in range(size // 32 + 1))
    return b"".join(blocks)[:size]


def _shoulders(draw: ImageDraw.ImageDraw, chance: bytes) -> None:
    cloth = 60 + chance[0] % 90
    draw.ellipse((10, 236, 230, 430), fill=cloth)
    draw.polygon([(92, 236), (148, 236), (120, 292)], fill=min(cloth + 110, 245))
    draw.rectangle((98, 200, 142, 252), fill=186)


def _head(draw: ImageDraw.ImageDraw, chance: bytes) -> None:
    skin, hair = 196 + chance[1] % 24, 24 + chance[2] % 70
    wide = 60 + chance[3] % 10
    draw.ellipse((120 - wide - 9, 42, 120 + wide + 9, 188 + chance[4] % 60), fill=hair)
    draw.ellipse((120 - wide, 62, 120 + wide, 226), fill=skin)
    draw.pieslice((120 - wide - 4, 48, 120 + wide + 4, 150), 180 + chance[5] % 14, 360 - chance[6] % 14, fill=hair)
    for side in (-1, 1):
        eye = 120 + side * (24 + chance[7] % 6)
        draw.ellipse((eye - 10, 134, eye + 10, 144), fill=240)
        draw.ellipse((eye - 5, 133, eye + 5, 145), fill=30)
        draw.line((eye - 13, 122 - chance[8] % 4, eye + 13, 122), fill=hair, width=4)
    draw.line((120, 146, 115, 172), fill=skin - 36, width=3)
    draw.arc((100, 178, 140, 202), 20, 160, fill=110, width=4)
