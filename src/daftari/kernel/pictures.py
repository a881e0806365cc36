"""A photo that somebody sends is drawn anew, and nothing of the sent file is kept.

With the file goes what a phone writes into it: where and when it was taken, by which phone. What
claims to be a photo and is something else does not come through either.
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
# A JPEG is read at a fraction of its size; the others are unpacked whole, 4 bytes a pixel.
_MOST_PIXELS: Final = {"JPEG": 50 * _MEGAPIXEL, "MPO": 50 * _MEGAPIXEL}
_MOST_UNPACKED: Final = 20 * _MEGAPIXEL
_TRIES: Final = ((LONG_EDGE, 80), (LONG_EDGE, 65), (1280, 60), (1024, 50))
# What the readers of three formats raise for bytes that are not what they say they are.
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
    """The photo as WebP: upright, its long edge at most `LONG_EDGE`, about `MOST_BYTES` at most.

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
    return _written(drawn)


def _refuse_bomb(photo: "Image") -> None:
    """Only the head of the file was read so far: a small file can unpack to many gigabytes."""
    width, height = photo.size
    if width * height > _MOST_PIXELS.get(photo.format or "", _MOST_UNPACKED):
        raise Refusal(photo="photo_too_many_pixels")


def _upright(photo: "Image") -> "Image":
    """The first picture of the file, small, as the phone was held, on white paper."""
    from PIL import Image, ImageOps

    if photo.mode not in ("L", "RGB", "CMYK"):
        photo = photo.convert("RGBA")
    photo.thumbnail((LONG_EDGE, LONG_EDGE))
    photo = ImageOps.exif_transpose(photo)
    drawn = Image.new("RGB", photo.size, "white")
    drawn.paste(photo, mask=photo.getchannel("A") if photo.mode == "RGBA" else None)
    return drawn


def _written(drawn: "Image") -> bytes:
    content = b""
    for edge, quality in _TRIES:
        drawn.thumbnail((edge, edge))
        out = BytesIO()
        drawn.save(out, "WEBP", quality=quality, method=4)
        content = out.getvalue()
        if len(content) <= MOST_BYTES:
            break
    return content
