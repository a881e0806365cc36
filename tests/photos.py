"""Photos as phones make them, drawn here: with everything a phone writes into the file."""

import io
from typing import Any

from PIL import Image, ImageDraw

MAKER, GPS = 0x010F, 0x8825
RIYADH = {1: "N", 2: (24.0, 42.0, 49.0), 3: "E", 4: (46.0, 40.0, 31.0)}


def a_photo(
    size: tuple[int, int] = (640, 480),
    kind: str = "JPEG",
    colour: str = "teal",
    orientation: int = 1,
    mode: str = "RGB",
    **options: Any,
) -> bytes:
    """A bill of one colour, a dark corner at its top left, taken in Riyadh by a talkative phone."""
    drawn = Image.new("RGB", size, colour)
    corner = (0, 0, size[0] // 4, size[1] // 4)
    ImageDraw.Draw(drawn).rectangle(corner, fill="black")
    exif = Image.Exif()
    exif[MAKER], exif[0x0112] = "Talkative Phone", orientation
    exif.get_ifd(GPS).update(RIYADH)
    out = io.BytesIO()
    drawn.convert(mode).save(out, kind, exif=exif, comment=b"Abu Ali, shop 7", **options)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    photo = Image.open(io.BytesIO(content))
    photo.load()
    return photo
