"""The sentence of each activity: what was done, about whom, how much.

Sentences are noun phrases: their Arabic fits whoever did it, a man or a woman.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from daftari.audit.pages.labels import CHOICES
from daftari.audit.pages.values import choice_word
from daftari.audit.pages.words import Words
from daftari.audit.store import EntryActivity, RecordActivity
from daftari.web.i18n import marked as _

_ENTRIES: Final = {
    "debt": _("Debt of %(name)s: %(amount)s"),
    "payment": _("Payment by %(name)s: %(amount)s"),
    "opening": _("Earlier balance of %(name)s: %(amount)s"),
    "discount": _("Discount for %(name)s: %(amount)s"),
    "write_off": _("Written off of %(name)s: %(amount)s"),
    "recovery": _("Recovered from %(name)s: %(amount)s"),
}
_OF_SUPPLIERS: Final = _ENTRIES | {
    "debt": _("Goods on account from %(name)s: %(amount)s"),
    "payment": _("Payment to %(name)s: %(amount)s"),
}
_CARRIED: Final = _("Balance carried over, account of %(name)s: %(amount)s")
_INSTALMENT: Final = _("Instalment of %(name)s: %(amount)s")
_REVERSED: Final = _("Reversed: %(what)s")
_CORRECTED: Final = _("Corrected: %(what)s")
_CORRECTED_AMOUNT: Final = {
    "debt": _("Debt of %(name)s corrected from %(old)s to %(new)s"),
    "payment": _("Payment by %(name)s corrected from %(old)s to %(new)s"),
}
_ANY_CORRECTED_AMOUNT: Final = _("Entry of %(name)s corrected from %(old)s to %(new)s")

RECORDS: Final[Mapping[str, str]] = {
    "add_customer": _("New account: %(name)s"),
    "change_customer": _("Details of %(name)s changed"),
    "freeze_customer": _("No more debts for %(name)s"),
    "unfreeze_customer": _("Debts allowed again for %(name)s"),
    "archive_customer": _("Account of %(name)s archived"),
    "unarchive_customer": _("Account of %(name)s back from the archive"),
    "add_photo": _("Photo added to an entry of %(name)s"),
    "agree": _("What may be sent to %(name)s changed"),
    "stop_messages": _("%(name)s stopped messages by the link"),
    "make_promise": _("Promise by %(name)s: %(amount)s on %(day)s"),
    "withdraw_promise": _("Promise by %(name)s removed"),
    "make_plan": _("Plan with %(name)s: %(amount)s, instalments: %(count)s"),
    "reverse_plan": _("Plan with %(name)s reversed"),
    "send_message": _("%(purpose)s to %(name)s: %(channel)s"),
    "choose_ways": _("Settings of messages changed"),
    "change_rates": _("Exchange rates changed"),
    "change_shop": _("Settings of the shop changed"),
    "open_shop": _("The shop was opened in Daftari"),
    "add_push_device": _("Notifications switched on: %(device)s"),
    "change_push_device": _("Notifications of a phone changed"),
    "remove_push_device": _("Notifications of a phone switched off"),
    "invite": _("Invitation made: %(role)s"),
    "make_till": _("Shared till made: %(device)s"),
    "end_till": _("Shared till ended"),
    "set_pin": _("PIN chosen on the shared till %(device)s"),
    "revoke_invitation": _("Invitation revoked"),
    "accept_invitation": _("%(name)s is in by an invitation: %(role)s"),
    "change_member": _("Changed what %(name)s may do"),
    "remove_member": _("%(name)s removed from the shop: %(role)s"),
    "review_access": _("Who may do what: reviewed, people: %(count)s"),
    "sign_out_member": _("%(name)s signed out on a phone: %(device)s"),
    "leave_shop": _("%(name)s left the shop: %(role)s"),
    "add_branch": _("New branch: %(branch)s"),
    "rename_branch": _("Branch renamed"),
    "close_branch": _("Branch closed: %(branch)s"),
    "open_branch": _("Branch opened again: %(branch)s"),
    "ask_approval": _("Approval asked for: %(what)s %(amount)s, %(name)s"),
    "approve": _("Approved what %(asker)s asked for: %(what)s %(amount)s, %(name)s"),
    "decline": _("Not approved what %(asker)s asked for: %(what)s %(amount)s, %(name)s"),
    "withdraw_approval": _("Request withdrawn: %(what)s %(amount)s, %(name)s"),
    "close_approval": _("Could no longer be written: %(what)s %(amount)s, %(name)s"),
    "offer_shop": _("The shop offered to %(name)s"),
    "take_back_offer": _("Offer of the shop to %(name)s taken back"),
    "decline_shop": _("Offer of the shop declined by %(name)s"),
    "accept_shop": _("The shop handed over by %(of)s to %(name)s"),
    "rename_person": _("Own name changed: %(name)s"),
    "change_own_phone": _("Own phone number changed: %(name)s"),
    "enter_refused": _("Entered for %(of)s, whose phone's entry was not accepted: %(name)s"),
    "leave_refused": _("Left out, of what the phone of %(of)s held: %(name)s"),
    "export_shop": _("The whole shop: taken out as a file"),
    "cancel_task": _("Long work cancelled"),
    "export_activity": _("Who did what: taken out as a file"),
    "export_report": _("Reports taken out as a file: %(format)s"),
    "export_statement": _("Statement of %(name)s taken out as a file: %(format)s"),
    "look_at_many": _("Many accounts looked at within an hour: %(count)s"),
}
"""The sentence of each verb of the audit logs."""
_MOVED: Final = _("Account of %(name)s archived, its balance carried over to %(into)s")


def entry_sentence(words: Words, row: EntryActivity) -> str:
    """What an entry is; of a correction the old amount and the new one."""
    if row.corrects_id is not None and row.old_kind is not None:
        return _correction(words, row)
    if row.kind == "reversal":
        old = row.old_kind or "debt", row.old_amount_minor or 0, row.old_currency or row.currency
        return words.sentence(_REVERSED, {"what": _plain(words, row, *old)})
    if row.carry_id is not None:
        return _filled(words, _CARRIED, row.name, row.amount_minor, row.currency)
    if row.plan_id is not None:
        return _filled(words, _INSTALMENT, row.name, row.amount_minor, row.currency)
    return _plain(words, row, row.kind, row.amount_minor, row.currency)


def record_sentence(
    words: Words, row: RecordActivity, details: Mapping[str, Any], others: Mapping[str, str]
) -> str:
    """What an audit record tells. `others`: names by id, of other customers in the details and of
    the shop's people.
    """
    message = RECORDS.get(row.verb, row.verb)
    if row.verb == "archive_customer" and details.get("into"):
        message = _MOVED
    return words.sentence(message, _values(words, row, details, others))


def _correction(words: Words, row: EntryActivity) -> str:
    assert row.old_amount_minor is not None
    currency = row.old_currency or row.currency
    if (row.amount_minor, row.currency) == (row.old_amount_minor, currency):
        what = _plain(words, row, row.kind, row.amount_minor, row.currency)
        return words.sentence(_CORRECTED, {"what": what})
    of_customer = row.role != "supplier"
    kinds = _CORRECTED_AMOUNT if of_customer and row.kind == row.old_kind else {}
    values = {
        "name": words.name(row.name),
        "old": words.amount(row.old_amount_minor, currency),
        "new": words.amount(row.amount_minor, row.currency),
    }
    return words.sentence(kinds.get(row.kind, _ANY_CORRECTED_AMOUNT), values)


def _plain(words: Words, row: EntryActivity, kind: str, minor: int, currency: str) -> str:
    sentences = _OF_SUPPLIERS if row.role == "supplier" else _ENTRIES
    return _filled(words, sentences[kind], row.name, minor, currency)


def _filled(words: Words, message: str, name: str, minor: int, currency: str) -> str:
    values = {"name": words.name(name), "amount": words.amount(minor, currency)}
    return words.sentence(message, values)


def _values(
    words: Words, row: RecordActivity, details: Mapping[str, Any], others: Mapping[str, str]
) -> dict[str, str]:
    """The values of a record's sentence; those that its details leave out, or lost, are a dash."""
    minor, currency = details.get("amount_minor"), details.get("currency") or words.shop.currency
    day = details.get("promised_on")
    return {
        "name": words.name(row.name or others.get(row.subject_id, "—")),
        "of": words.name(others.get(str(details.get("of")), "—")),
        "into": words.name(others.get(str(details.get("into")), "—")),
        "amount": "—" if minor is None else words.amount(int(minor), currency),
        "day": "—" if day is None else words.day(date.fromisoformat(str(day))),
        "count": words.number(int(details.get("instalments", details.get("count", 0)))),
        "purpose": choice_word(words, "purpose", details.get("purpose")),
        "channel": choice_word(words, "channel", details.get("channel")),
        "device": words.name(details.get("name") or "—"),
        "asker": words.name(others.get(str(details.get("asked_by")), "—")),
        "what": _asked_for(words, details),
        "role": choice_word(words, "member_role", details.get("role")),
        "branch": words.name(details.get("name") or "—"),
        "format": words.ltr(str(details.get("format", "—")).upper()),
    }


def _asked_for(words: Words, details: Mapping[str, Any]) -> str:
    """What an approval was asked for: a reversal, a correction, or the kind of the entry."""
    verb = str(details.get("verb"))
    field = "approval_verb" if verb in CHOICES["approval_verb"] else "entry_kind"
    return choice_word(words, field, verb if field == "approval_verb" else details.get("kind"))
