"""The words of fields and of choices that a change can name."""

from collections.abc import Mapping
from typing import Final

from daftari.web.i18n import marked as _

LABELS: Final[Mapping[str, str]] = {
    "name": _("Name"),
    "nickname": _("Known as"),
    "phone": _("Phone"),
    "role": _("Customer or supplier"),
    "note": _("Note"),
    "credit_limit_minor": _("Limit of the debt"),
    "due_days": _("Days to pay"),
    "email": _("E-mail"),
    "language": _("Language"),
    "payday": _("Payday"),
    "neighbourhood": _("Neighbourhood or address"),
    "occurred_on": _("Day of the entry"),
    "due_on": _("Due date"),
    "method": _("Method"),
    "given": _("Agreed to"),
    "ended": _("Ended"),
    "country": _("Country"),
    "currency": _("Currency"),
    "zone": _("Time zone"),
    "digits": _("Digits"),
    "notation": _("How amounts are written"),
    "weekend": _("Weekend"),
    "calendar": _("Calendar"),
    "digest_hour": _("«Due today» notification at"),
    "large_reversal_minor": _("A reversal is large from"),
    "hijri_shift": _("Hijri date compared with Umm al-Qura"),
    "day_ends": _("The day of the shop ends at"),
    "tone": _("Tone"),
    "greets": _("Greet in Ramadan and at the feasts"),
    "quiet_from": _("Reminders until"),
    "quiet_until": _("Reminders from"),
    "automatic": _("Automatic reminders"),
    "days_before": _("Days before the due date"),
    "receipts": _("Automatic receipts"),
    "wording": _("What the lock screen shows"),
    "member_role": _("Role"),
    "granted": _("Allowed besides the role"),
    "denied": _("Not allowed in spite of the role"),
}
"""The label of each field that a record can name; the progress of a plan has none."""

CHOICES: Final[Mapping[str, Mapping[str, str]]] = {
    "role": {"customer": _("Somebody who buys"), "supplier": _("Supplier of the shop")},
    "member_role": {
        "owner": _("Owner of the shop"),
        "manager": _("Manager of the shop"),
        "cashier": _("Seller"),
        "viewer": _("Only looks"),
    },
    "permission": {
        "record_entry": _("Writes debts and payments"),
        "add_customer": _("Adds customers"),
        "change_customer": _("Changes the details of customers"),
        "set_credit_limit": _("Sets the credit limit of a customer"),
        "see_totals": _("Sees the totals"),
        "export_book": _("Prints and exports the whole book"),
        "reverse_own_entry": _("Reverses what he wrote himself"),
        "reverse_entry": _("Reverses what others wrote"),
        "give_over_limit": _("Gives beyond the credit limit"),
        "write_off": _("Gives discounts and writes off debts"),
        "send_message": _("Sends a customer a reminder"),
        "remind_many": _("Reminds all who are due at once"),
        "manage_people": _("Invites and removes people"),
        "manage_shop": _("Changes the settings of the shop"),
    },
    "method": {
        "cash": _("in cash"),
        "transfer": _("by transfer"),
        "wallet": _("by mobile wallet"),
        "cheque": _("by cheque"),
        "goods": _("in goods"),
        "other": _("in another way"),
    },
    "language": {"ar": "العربية", "en": "English"},
    "digits": {"latn": "123", "arab": "١٢٣"},
    "notation": {"point": "1,234.56", "comma": "1.234,56"},
    "calendar": {
        "gregorian": _("Gregorian"),
        "hijri": _("Gregorian, with Hijri beside it"),
    },
    "hijri_shift": {
        "-1": _("a day behind"),
        "0": _("the same"),
        "1": _("a day ahead"),
    },
    "tone": {
        "gentle": _("Gentle words"),
        "plain": _("Plain words"),
        "firm": _("Firm words"),
    },
    "greets": {"True": _("Yes"), "False": _("No")},
    "wording": {
        "discreet": _("No name, no amount"),
        "full": _("Names and amounts"),
    },
    "channel": {
        "whatsapp": _("WhatsApp"),
        "sms": _("text message"),
        "email": _("e-mail"),
    },
    "purpose": {
        "reminder": _("Reminder of what is due"),
        "receipt": _("Receipt of an entry"),
        "statement": _("Statement of the account"),
    },
}
"""The words of each choice, by field."""
