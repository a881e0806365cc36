"""The words and the icon of each kind of activity."""

from collections.abc import Mapping
from typing import Final

from daftari.audit.rules.kinds import ActivityKind
from daftari.web.i18n import marked as _

KIND_WORDS: Final[Mapping[ActivityKind, str]] = {
    ActivityKind.DEBT: _("Debts"),
    ActivityKind.PAYMENT: _("Payments"),
    ActivityKind.DISCOUNT: _("Discounts and write-offs"),
    ActivityKind.OPENING: _("Earlier balances"),
    ActivityKind.CORRECTION: _("Corrections"),
    ActivityKind.REVERSAL: _("Reversals"),
    ActivityKind.CUSTOMER: _("Details of customers"),
    ActivityKind.AGREEMENT: _("Promises, plans, consents"),
    ActivityKind.MESSAGE: _("Messages to customers"),
    ActivityKind.SETTING: _("Settings"),
    ActivityKind.PEOPLE: _("People and phones"),
    ActivityKind.APPROVAL: _("Approvals"),
    ActivityKind.EXPORT: _("Exports, and much reading"),
}

KIND_ICONS: Final[Mapping[ActivityKind, str]] = {
    ActivityKind.DEBT: "goods",
    ActivityKind.PAYMENT: "money",
    ActivityKind.DISCOUNT: "undo",
    ActivityKind.OPENING: "book",
    ActivityKind.CORRECTION: "edit",
    ActivityKind.REVERSAL: "reversal",
    ActivityKind.CUSTOMER: "person",
    ActivityKind.AGREEMENT: "calendar",
    ActivityKind.MESSAGE: "message",
    ActivityKind.SETTING: "options",
    ActivityKind.PEOPLE: "device",
    ActivityKind.APPROVAL: "check",
    ActivityKind.EXPORT: "share",
}
