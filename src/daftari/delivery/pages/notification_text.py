"""Texts of push notifications, in the language of the person who holds the device.

A full text shows names and amounts; a discreet one, for lock screens, shows neither.
"""

from collections.abc import Callable, Mapping
from typing import Final

from daftari.delivery.pages.approval_text import approval_answered, approval_asked
from daftari.delivery.pages.speaker import Details, NotificationText, Speaker


def words_of(speaker: Speaker, details: Details, *, is_full: bool) -> NotificationText:
    """The text of a notification, by its `kind`."""
    return _WORDS[details["kind"]](speaker, details, is_full)


def _digest(speaker: Speaker, details: Details, is_full: bool) -> NotificationText:
    ngettext = speaker.count
    due, late = int(details.get("due", 0)), int(details.get("late", 0))
    lines = []
    if due or not late:
        lines.append(ngettext("Due today: one customer", "Due today: %(num)s customers", due))
    if late:
        lines.append(ngettext("Late: one customer", "Late: %(num)s customers", late))
    if is_full:
        lines.append(speaker.name(speaker.shop.name))
    return NotificationText(lines[0], " · ".join(lines[1:]))


def _limit_passed(speaker: Speaker, details: Details, is_full: bool) -> NotificationText:
    gettext = speaker.words.gettext
    if not is_full:
        return NotificationText(
            gettext("A limit was passed"), gettext("Open the book to see whose.")
        )
    currency = details["currency"]
    body = gettext("%(name)s owes %(balance)s; the limit is %(limit)s.") % {
        "name": speaker.name(details.get("name", "")),
        "balance": speaker.amount(details["balance_minor"], currency),
        "limit": speaker.amount(details["limit_minor"], currency),
    }
    return NotificationText(gettext("A limit was passed"), body)


def _large_reversal(speaker: Speaker, details: Details, is_full: bool) -> NotificationText:
    gettext = speaker.words.gettext
    if not is_full:
        return NotificationText(gettext("A large reversal"), gettext("Open the book to see which."))
    body = gettext("%(who)s reversed %(amount)s of %(name)s.") % {
        "who": speaker.name(details.get("who", "")),
        "amount": speaker.amount(details["amount_minor"], details["currency"]),
        "name": speaker.name(details.get("name", "")),
    }
    return NotificationText(gettext("A large reversal"), body)


def _new_phone(speaker: Speaker, details: Details, is_full: bool) -> NotificationText:
    gettext = speaker.words.gettext
    title = gettext("A sign-in on a new phone")
    if not is_full or not details.get("device"):
        return NotificationText(title, gettext("If it was not you, end it at once."))
    device = {"device": speaker.name(details["device"])}
    return NotificationText(
        title, gettext("%(device)s. If it was not you, end it at once.") % device
    )


def _large_at_night(speaker: Speaker, details: Details, is_full: bool) -> NotificationText:
    gettext = speaker.words.gettext
    title = gettext("A large entry at night")
    if not is_full:
        return NotificationText(title, gettext("Open the book to see which."))
    body = gettext("%(amount)s on the account of %(name)s, by %(who)s.") % {
        "amount": speaker.amount(details["amount_minor"], details["currency"]),
        "name": speaker.name(details.get("name", "")),
        "who": speaker.name(details.get("who", "")),
    }
    return NotificationText(title, body)


def _many_reversals(speaker: Speaker, details: Details, is_full: bool) -> NotificationText:
    ngettext = speaker.count
    title = speaker.words.gettext("Many reversals in an hour")
    if not is_full:
        return NotificationText(title, speaker.words.gettext("Open the book to see who it was."))
    body = ngettext(
        "%(who)s: one reversal within an hour.",
        "%(who)s: %(num)s reversals within an hour.",
        int(details["count"]),
        who=speaker.name(details.get("who", "")),
    )
    return NotificationText(title, body)


def _many_accounts(speaker: Speaker, details: Details, is_full: bool) -> NotificationText:
    ngettext, count = speaker.count, int(details["count"])
    who = speaker.name(details.get("who", ""))
    opened = ngettext(
        "%(who)s: one account opened within an hour.",
        "%(who)s: %(num)s accounts opened within an hour.",
        count,
        who=who,
    )
    searched = ngettext(
        "%(who)s: one search within an hour.",
        "%(who)s: %(num)s searches within an hour.",
        count,
        who=who,
    )
    title = speaker.words.gettext("Many accounts looked at")
    if not is_full:
        return NotificationText(title, speaker.words.gettext("Open the book to see who it was."))
    return NotificationText(title, searched if details.get("of") == "searches" else opened)


def _export(speaker: Speaker, details: Details, is_full: bool) -> NotificationText:
    gettext = speaker.words.gettext
    title = gettext("Something was taken out of the book")
    if not is_full:
        return NotificationText(title, gettext("Open the book to see who it was."))
    who = {"who": speaker.name(details.get("who", ""))}
    return NotificationText(title, gettext("%(who)s: a list saved as a file.") % who)


def _member_phone(speaker: Speaker, details: Details, is_full: bool) -> NotificationText:
    gettext = speaker.words.gettext
    title = gettext("Somebody of the shop has a new phone")
    if not is_full:
        return NotificationText(title, gettext("Open the book to see who it was."))
    body = gettext("%(who)s: a sign-in on %(device)s.") % {
        "who": speaker.name(details.get("who", "")),
        "device": speaker.name(details.get("device", "")),
    }
    return NotificationText(title, body)


def _access_review(speaker: Speaker, details: Details, is_full: bool) -> NotificationText:
    gettext = speaker.words.gettext
    title = gettext("Time to look at who may do what")
    body = gettext("The people of %(shop)s and their phones, a minute every three months.")
    shop = {"shop": speaker.name(speaker.shop.name)}
    return NotificationText(title, body % shop if is_full else "")


def _not_accepted(speaker: Speaker, details: Details, is_full: bool) -> NotificationText:
    gettext, ngettext = speaker.words.gettext, speaker.count
    title, count = gettext("Entries were not accepted"), int(details.get("count", 0))
    if not is_full:
        return NotificationText(title, gettext("Open the book to see which."))
    who = speaker.name(details.get("who", ""))
    left = ngettext(
        "%(who)s handed in an entry, not accepted for being out of the shop.",
        "%(who)s handed in %(num)s entries, not accepted for being out of the shop.",
        count,
        who=who,
    )
    narrowed = ngettext(
        "%(who)s handed in an entry, not accepted as the role does not allow it.",
        "%(who)s handed in %(num)s entries, not accepted as the role does not allow it.",
        count,
        who=who,
    )
    return NotificationText(title, left if details.get("left") else narrowed)


def _task_done(speaker: Speaker, details: Details, is_full: bool) -> NotificationText:
    gettext = speaker.words.gettext
    title = gettext("The file you asked for is ready")
    return NotificationText(title, gettext("Download it within a day, then it is deleted."))


def _task_failed(speaker: Speaker, details: Details, is_full: bool) -> NotificationText:
    gettext = speaker.words.gettext
    title = gettext("The file you asked for was not made")
    return NotificationText(title, gettext("The page of long work says why."))


def _test(speaker: Speaker, details: Details, is_full: bool) -> NotificationText:
    gettext = speaker.words.gettext
    shop = speaker.name(speaker.shop.name)
    body = gettext("So %(shop)s will reach you.") % {"shop": shop}
    return NotificationText(
        gettext("It arrives"), body if is_full else gettext("So it will reach you.")
    )


_WORDS: Final[Mapping[str, Callable[[Speaker, Details, bool], NotificationText]]] = {
    "digest": _digest,
    "limit_passed": _limit_passed,
    "large_reversal": _large_reversal,
    "new_phone": _new_phone,
    "large_at_night": _large_at_night,
    "many_reversals": _many_reversals,
    "many_accounts": _many_accounts,
    "export": _export,
    "member_phone": _member_phone,
    "access_review": _access_review,
    "not_accepted": _not_accepted,
    "task_done": _task_done,
    "task_failed": _task_failed,
    "approval_asked": approval_asked,
    "approval_answered": approval_answered,
    "test": _test,
}
