"""What a request for approval is for: a submitted form, kept as typed until it is answered."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import msgspec

from daftari.approvals.rules import Approval
from daftari.ledger.forms.submitted import SubmittedCorrection, SubmittedEntry
from daftari.ledger.rules.commands import ReverseEntry

Draft = SubmittedEntry | ReverseEntry | SubmittedCorrection
"""A form that may be asked to be approved: an entry, a reversal, a correction."""

VERBS: Final[Mapping[type, str]] = {
    SubmittedEntry: "record_entry",
    ReverseEntry: "reverse_entry",
    SubmittedCorrection: "correct_entry",
}
_TYPES: Final[Mapping[str, type]] = {verb: type_ for type_, verb in VERBS.items()}


def id_of(draft: Draft) -> str:
    """The id of the entry that it would write."""
    if isinstance(draft, SubmittedEntry):
        return draft.form.id
    return draft.id if isinstance(draft, ReverseEntry) else draft.typed.get("id", "")


def subject_of(draft: Draft) -> str | None:
    """The entry that it reverses or corrects."""
    return None if isinstance(draft, SubmittedEntry) else draft.entry_id


def content_of(draft: Draft) -> str:
    """The form as JSON, without its photo."""
    fields = msgspec.to_builtins(draft)
    return msgspec.json.encode({**fields, "photo": None}, order="sorted").decode()


def is_same(approval: Approval, draft: Draft) -> bool:
    """Whether a form is that of a request, sent again, be it on another day."""
    if approval.verb != VERBS[type(draft)]:
        return False
    stored = draft_of(approval)
    if isinstance(draft, SubmittedEntry) and stored is not None:
        draft = replace(draft, sent_on=stored.sent_on)
    return stored is None or content_of(draft) == approval.content


def draft_of(approval: Approval) -> Any:
    """The form of a request; None where it was erased."""
    if not approval.content:
        return None
    return msgspec.json.decode(approval.content.encode(), type=_TYPES[approval.verb])


def note_of(draft: Draft | None) -> str:
    """The note or the reason that was typed."""
    if isinstance(draft, SubmittedEntry):
        return draft.form.note
    if isinstance(draft, SubmittedCorrection):
        return draft.typed.get("note", "")
    return draft.reason if draft else ""
