"""The manifest of the installed app (W3C Web Application Manifest)."""

from collections.abc import Callable
from typing import Any, Final

_NAMES: Final = {"ar": "دفتري", "en": "Daftari"}
_ABOUT: Final = {
    "ar": "دفتر الديون: من عليه، ومن له، وكم.",
    "en": "The shop's debt book: who owes, and how much.",
}
_ICONS: Final = (
    ("icons/app-192.png", "192x192", "any"),
    ("icons/app-512.png", "512x512", "any"),
    ("icons/app-maskable-512.png", "512x512", "maskable"),
)


def manifest(language: str, asset: Callable[[str], str]) -> dict[str, Any]:
    """The members of the manifest. `asset` gives the address of a file of the build."""
    return {
        "id": "/",
        "name": _NAMES[language],
        "short_name": _NAMES[language],
        "description": _ABOUT[language],
        "lang": language,
        "dir": "rtl" if language == "ar" else "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "orientation": "any",
        "background_color": "#f7f3ea",
        "theme_color": "#f7f3ea",
        "categories": ["finance", "business"],
        "icons": [
            {"src": asset(path), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for path, sizes, purpose in _ICONS
        ],
    }
