"""Texts of notifications about requests for approval."""

from typing import Final

from daftari.delivery.pages.speaker import Details, NotificationText, Speaker
from daftari.web.i18n import marked as _

_ANSWERED: Final = {
    "approved": _("Approved: it is in the book"),
    "declined": _("Not approved"),
    "expired": _("Nobody approved it in time"),
    "closed": _("It could no longer be written"),
}
_VERBS: Final = {"reverse_entry": _("Reversal"), "correct_entry": _("Correction")}
_KINDS: Final = {
    "debt": _("Debt"),
    "payment": _("Payment"),
    "opening": _("Earlier balance"),
    "discount": _("Discount"),
    "write_off": _("Written off"),
    "recovery": _("Recovered"),
}


def approval_asked(speaker: Speaker, details: Details, is_full: bool) -> NotificationText:
    gettext = speaker.words.gettext
    title = gettext("Your approval is asked for")
    if not is_full:
        return NotificationText(title, gettext("Open the book to see what for."))
    body = gettext("%(who)s asks: %(what)s %(amount)s, %(name)s.") % _approval(speaker, details)
    return NotificationText(title, body)


def approval_answered(speaker: Speaker, details: Details, is_full: bool) -> NotificationText:
    gettext = speaker.words.gettext
    title = gettext(_ANSWERED.get(details.get("state", ""), _ANSWERED["closed"]))
    if not is_full:
        return NotificationText(title, gettext("Open the book to see which."))
    return NotificationText(
        title, gettext("%(what)s %(amount)s, %(name)s.") % _approval(speaker, details)
    )


def _approval(speaker: Speaker, details: Details) -> dict[str, str]:
    what = _VERBS.get(details.get("verb", "")) or _KINDS.get(details.get("what", ""), "")
    return {
        "who": speaker.name(details.get("who", "")),
        "what": speaker.words.gettext(what) if what else "",
        "amount": speaker.amount(details["amount_minor"], details["currency"]),
        "name": speaker.name(details.get("name", "")),
    }
