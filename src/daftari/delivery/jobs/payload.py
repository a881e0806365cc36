"""The payload of a push message: one JSON for our service worker and for declarative web push.

A browser that supports declarative push messages (Push API) shows it by itself; in all others our
service worker reads the same members.
"""

from datetime import datetime
from typing import Final

import msgspec

from daftari.delivery.pages.notification_text import words_of
from daftari.delivery.pages.speaker import Details, Speaker
from daftari.web.view import assets

MARKER: Final = 8030


def payload_of(
    speaker: Speaker, origin: str, message_id: str, at: datetime, details: Details, *, is_full: bool
) -> bytes:
    """The JSON payload of a notification. `details`: those of the notification, with `kind`, the
    `path` below the shop's home, and optionally a `badge`.
    """
    words = words_of(speaker, details, is_full=is_full)
    notification: dict[str, object] = {
        "title": words.title,
        "body": words.body,
        "lang": speaker.language,
        "dir": "rtl" if speaker.language == "ar" else "ltr",
        "tag": message_id,
        "timestamp": int(at.timestamp() * 1000),
        "icon": f"{origin}{assets().url('icons/app-192.png')}",
        "navigate": f"{origin}{speaker.shop.home}{details.get('path', '/')}",
    }
    if details["kind"] == "approval_asked":
        notification["actions"] = _answers(speaker, str(notification["navigate"]))
    payload: dict[str, object] = {"web_push": MARKER, "notification": notification}
    if isinstance(badge := details.get("badge"), int):
        payload["app_badge"] = notification["app_badge"] = badge
    return msgspec.json.encode(payload)


def _answers(speaker: Speaker, path: str) -> list[dict[str, str]]:
    """The buttons of a request for approval: each leads to its page, behind the passkey."""
    gettext = speaker.words.gettext
    return [
        {"action": "yes", "title": gettext("Yes"), "navigate": f"{path}/answer?is=yes"},
        {"action": "no", "title": gettext("No"), "navigate": f"{path}/answer?is=no"},
    ]
