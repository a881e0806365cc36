"""Re-encoding of uploaded photos: the pixels are written into a new file, nothing else is kept.

So the metadata of the upload is dropped: place, time and phone. A file that is not a photo is
refused.
"""

import struct
from io import BytesIO
from typing import TYPE_CHECKING, Final

from daftari.kernel.refusal import Refusal

if TYPE_CHECKING:
    from PIL.Image import Image

MEDIA_TYPE: Final = "image/webp"
LONG_EDGE: Final = 1600
MOST_BYTES: Final = 200_000
_FORMATS: Final = ("JPEG", "PNG", "WEBP")
_MEGAPIXEL: Final = 1_000_000
# A JPEG is decoded at a reduced size; other formats are decoded in full, 4 bytes per pixel.
_MOST_PIXELS: Final = {"JPEG": 50 * _MEGAPIXEL, "MPO": 50 * _MEGAPIXEL}
_MOST_UNPACKED: Final = 20 * _MEGAPIXEL
_TRIES: Final = ((LONG_EDGE, 80), (LONG_EDGE, 65), (1280, 60), (1024, 50))
# The exceptions of the decoders of the three formats for malformed bytes.
_UNREADABLE: Final = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    IndexError,
    KeyError,
    EOFError,
    OverflowError,
    struct.error,
)


def redraw(sent: bytes) -> bytes:
    """The photo re-encoded as WebP, upright, at most `LONG_EDGE` pixels and about `MOST_BYTES`.

    Raises Refusal(photo=…): photo_not_a_photo, photo_too_many_pixels.
    """
    from PIL import Image

    try:
        with Image.open(BytesIO(sent), formats=_FORMATS) as photo:
            _refuse_bomb(photo)
            drawn = _upright(photo)
    except Image.DecompressionBombError:
        raise Refusal(photo="photo_too_many_pixels") from None
    except _UNREADABLE:
        raise Refusal(photo="photo_not_a_photo") from None
    return _encoded(drawn)


def _refuse_bomb(photo: "Image") -> None:
    """Refuse a decompression bomb by the size in the header: a small file can be gigabytes."""
    width, height = photo.size
    if width * height > _MOST_PIXELS.get(photo.format or "", _MOST_UNPACKED):
        raise Refusal(photo="photo_too_many_pixels")


def _upright(photo: "Image") -> "Image":
    """The first frame of the file, scaled down, rotated by its EXIF tag, on a white background."""
    from PIL import Image, ImageOps

    if photo.mode.startswith(("I", "F")):
        photo = _eight_bits(photo)
    if photo.mode not in ("L", "RGB", "CMYK"):
        photo = photo.convert("RGBA")
    photo.thumbnail((LONG_EDGE, LONG_EDGE))
    photo = ImageOps.exif_transpose(photo)
    drawn = Image.new("RGB", photo.size, "white")
    drawn.paste(photo, mask=photo.getchannel("A") if photo.mode == "RGBA" else None)
    return drawn


def _eight_bits(photo: "Image") -> "Image":
    """A grey picture of 16 bits in 8: scaled, while Pillow alone would clip it to white."""
    return photo.convert("I").point(lambda value: value * (1 / 257)).convert("L")


def _encoded(drawn: "Image") -> bytes:
    content = b""
    for edge, quality in _TRIES:
        drawn.thumbnail((edge, edge))
        out = BytesIO()
        drawn.save(out, "WEBP", quality=quality, method=4)
        content = out.getvalue()
        if len(content) <= MOST_BYTES:
            break
    return content
