"""Shortcuts of the installed app: fixed addresses that lead into the last shop of a person.

Twin of src/daftari/static/js/book/shortcuts.js.
"""

from typing import Final

SHORTCUTS: Final = {
    "/open/new-entry": "entries/new",
    "/open/due": "due",
    "/open/new-customer": "customers/new",
}
SHARED: Final = ("photo", "contact")


def place_of(shortcut: str, home: str, shared: str) -> str:
    """The address in the shop at `home` ('/s/…/'); without a shop, `home` itself.

    `shared`: what another app has shared, for the form there; '' for nothing.
    """
    if not home.startswith("/s/"):
        return home
    return home + SHORTCUTS[shortcut] + (f"?shared={shared}" if shared in SHARED else "")
