"""The manifest of the installed app (W3C Web Application Manifest, Web Share Target)."""

from collections.abc import Callable
from typing import Any, Final

from daftari.web.i18n import catalogue
from daftari.web.i18n import marked as _

_NAMES: Final = {"ar": "دفتري", "en": "Daftari"}
_ICONS: Final = (
    ("icons/app-192.png", "192x192", "any"),
    ("icons/app-512.png", "512x512", "any"),
    ("icons/app-maskable-512.png", "512x512", "maskable"),
    ("icons/app-monochrome-512.png", "512x512", "monochrome"),
)
_SHORTCUTS: Final = (
    ("/open/new-entry", _("New entry"), "icons/shortcut-new-entry.png"),
    ("/open/due", _("Due"), "icons/shortcut-due.png"),
    ("/open/new-customer", _("New customer"), "icons/shortcut-new-customer.png"),
)
_SCREENSHOTS: Final = (
    ("pictures/book.png", "720x1480", "narrow", _("The book: who owes, and how much")),
    ("pictures/account.png", "720x1480", "narrow", _("An account, with every entry")),
    ("pictures/entry.png", "720x1480", "narrow", _("A new entry")),
    ("pictures/wide.png", "1280x800", "wide", _("The book: who owes, and how much")),
)
_SHARE_TARGET: Final = {
    "action": "/share",
    "method": "POST",
    "enctype": "multipart/form-data",
    "params": {
        "title": "title",
        "text": "text",
        "url": "url",
        "files": [
            {"name": "photo", "accept": ["image/*"]},
            {"name": "contact", "accept": ["text/vcard", "text/x-vcard", ".vcf"]},
        ],
    },
}


def manifest(language: str, asset: Callable[[str], str]) -> dict[str, Any]:
    """The members of the manifest. `asset` gives the address of a file of the build."""
    words = catalogue(language).gettext
    return {
        "id": "/",
        "name": _NAMES[language],
        "short_name": _NAMES[language],
        "description": words(_("The shop's debt book: who owes, and how much.")),
        "lang": language,
        "dir": "rtl" if language == "ar" else "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "orientation": "any",
        "background_color": "#f7f3ea",
        "theme_color": "#f7f3ea",
        "categories": ["finance", "business"],
        "launch_handler": {"client_mode": ["navigate-existing", "auto"]},
        "icons": [_image(asset(path), sizes, purpose=purpose) for path, sizes, purpose in _ICONS],
        "shortcuts": [
            {"name": words(name), "url": url, "icons": [_image(asset(icon), "96x96")]}
            for url, name, icon in _SHORTCUTS
        ],
        "screenshots": [
            _image(asset(path), sizes, form_factor=form, label=words(label))
            for path, sizes, form, label in _SCREENSHOTS
        ],
        "share_target": _SHARE_TARGET,
    }


def _image(address: str, sizes: str, **more: str) -> dict[str, str]:
    return {"src": address, "sizes": sizes, "type": "image/png", **more}
