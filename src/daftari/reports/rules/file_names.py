"""Names of files that people keep: letters and digits of any script, and nothing a system minds."""

import unicodedata
from typing import Final
from urllib.parse import quote

from daftari.kernel.arabic import neutral

_LONGEST: Final = 50
_KEPT: Final = ("L", "M", "N")


def file_name(*parts: str) -> str:
    """The parts joined by hyphens: «كشف-أبو-علي-2026-11». What is neither letter nor digit is left
    out, so no part can name a folder, an ending or a direction.
    """
    return "-".join(filter(None, (_safe(part) for part in parts)))


def attachment(name: str, plain: str, ending: str) -> str:
    """The Content-Disposition of a download (RFC 6266, RFC 8187). `plain`: an ASCII name for
    programs that know no other.
    """
    encoded = quote(f"{name}.{ending}", safe="")
    return f"attachment; filename=\"{plain}.{ending}\"; filename*=UTF-8''{encoded}"


def _safe(part: str) -> str:
    kept = (one if unicodedata.category(one)[0] in _KEPT else " " for one in neutral(part))
    return "-".join("".join(kept).split())[:_LONGEST].rstrip("-")
