"""The kinds of activity that the page filters by, and which verbs and entries are of each."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class ActivityKind(StrEnum):
    """A kind of activity, as its filter names it."""

    DEBT = "debt"
    PAYMENT = "payment"
    DISCOUNT = "discount"
    OPENING = "opening"
    CORRECTION = "correction"
    REVERSAL = "reversal"
    CUSTOMER = "customer"
    AGREEMENT = "agreement"
    MESSAGE = "message"
    SETTING = "setting"
    PEOPLE = "people"
    APPROVAL = "approval"
    EXPORT = "export"


ENTRY_KINDS: Final[Mapping[ActivityKind, tuple[str, ...]]] = {
    ActivityKind.DEBT: ("debt",),
    ActivityKind.PAYMENT: ("payment",),
    ActivityKind.DISCOUNT: ("discount", "write_off", "recovery"),
    ActivityKind.OPENING: ("opening",),
    ActivityKind.REVERSAL: ("reversal",),
}
"""The kinds of entries of each kind of activity; a correction has the kind of what it corrects."""

VERBS: Final[Mapping[str, ActivityKind]] = {
    "add_customer": ActivityKind.CUSTOMER,
    "change_customer": ActivityKind.CUSTOMER,
    "freeze_customer": ActivityKind.CUSTOMER,
    "unfreeze_customer": ActivityKind.CUSTOMER,
    "archive_customer": ActivityKind.CUSTOMER,
    "unarchive_customer": ActivityKind.CUSTOMER,
    "add_photo": ActivityKind.CUSTOMER,
    "agree": ActivityKind.AGREEMENT,
    "stop_messages": ActivityKind.AGREEMENT,
    "make_promise": ActivityKind.AGREEMENT,
    "withdraw_promise": ActivityKind.AGREEMENT,
    "make_plan": ActivityKind.AGREEMENT,
    "reverse_plan": ActivityKind.AGREEMENT,
    "send_message": ActivityKind.MESSAGE,
    "choose_ways": ActivityKind.SETTING,
    "change_rates": ActivityKind.SETTING,
    "change_shop": ActivityKind.SETTING,
    "open_shop": ActivityKind.SETTING,
    "add_push_device": ActivityKind.PEOPLE,
    "change_push_device": ActivityKind.PEOPLE,
    "remove_push_device": ActivityKind.PEOPLE,
    "invite": ActivityKind.PEOPLE,
    "make_till": ActivityKind.PEOPLE,
    "end_till": ActivityKind.PEOPLE,
    "set_pin": ActivityKind.PEOPLE,
    "revoke_invitation": ActivityKind.PEOPLE,
    "accept_invitation": ActivityKind.PEOPLE,
    "change_member": ActivityKind.PEOPLE,
    "remove_member": ActivityKind.PEOPLE,
    "leave_shop": ActivityKind.PEOPLE,
    "add_branch": ActivityKind.SETTING,
    "rename_branch": ActivityKind.SETTING,
    "close_branch": ActivityKind.SETTING,
    "open_branch": ActivityKind.SETTING,
    "ask_approval": ActivityKind.APPROVAL,
    "approve": ActivityKind.APPROVAL,
    "decline": ActivityKind.APPROVAL,
    "withdraw_approval": ActivityKind.APPROVAL,
    "close_approval": ActivityKind.APPROVAL,
    "review_access": ActivityKind.PEOPLE,
    "sign_out_member": ActivityKind.PEOPLE,
    "offer_shop": ActivityKind.PEOPLE,
    "take_back_offer": ActivityKind.PEOPLE,
    "decline_shop": ActivityKind.PEOPLE,
    "accept_shop": ActivityKind.PEOPLE,
    "rename_person": ActivityKind.PEOPLE,
    "change_own_phone": ActivityKind.PEOPLE,
    "enter_refused": ActivityKind.PEOPLE,
    "leave_refused": ActivityKind.PEOPLE,
    "export_activity": ActivityKind.EXPORT,
    "export_report": ActivityKind.EXPORT,
    "export_statement": ActivityKind.EXPORT,
    "export_shop": ActivityKind.EXPORT,
    "cancel_task": ActivityKind.EXPORT,
    "look_at_many": ActivityKind.EXPORT,
}
"""Every verb of the shop's audit log, and of the control file's where it concerns a shop."""


def verbs_of(kind: ActivityKind) -> tuple[str, ...]:
    """The verbs of one kind; none for a kind of entries."""
    return tuple(verb for verb, its in VERBS.items() if its is kind)


def kind_of_entry(kind: str, *, is_correction: bool) -> ActivityKind:
    """The kind of activity that an entry is."""
    if is_correction:
        return ActivityKind.CORRECTION
    return next(its for its, kinds in ENTRY_KINDS.items() if kind in kinds)
