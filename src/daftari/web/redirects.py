"""Validation of redirect targets from user input, such as the `next` of a form."""

from urllib.parse import urlsplit


def local_path(text: str, otherwise: str = "/") -> str:
    """The text if it is a local path of this installation, else `otherwise`.

    Browsers read `//host`, `/\\host` and a tab between the slashes as another host.
    """
    if not text.isascii() or not text.isprintable() or "\\" in text:
        return otherwise
    if not text.startswith("/") or text.startswith("//"):
        return otherwise
    parts = urlsplit(text)
    return otherwise if parts.scheme or parts.netloc else text
