"""The photo of an entry: added with the entry, or later by a phone that recorded it offline."""

import hashlib
from datetime import datetime
from typing import Literal

from daftari.activity.actions import note_action
from daftari.approvals.actions import find_approval, keep_photo
from daftari.db.base import WriteTx
from daftari.identity.rules import Member
from daftari.kernel.refusal import Conflict, Missing
from daftari.ledger.rules.commands import AddPhoto
from daftari.ledger.rules.refusals import refuse_photo
from daftari.ledger.store import photos


def add_photo(
    tx: WriteTx, member: Member, at: datetime, command: AddPhoto
) -> Literal["written", "known"]:
    """Add a photo to an entry that has none.

    The same bytes again are `known`. Raises `Conflict` for another photo, `Missing` for an unknown
    entry, Refusal(photo='photo_of_anothers_entry').
    """
    place = photos.find_place(tx, command.entry_id)
    if place is None:
        return _keep_with_request(tx, member, command)
    if not member.sees(place.branch_id):
        raise Missing(command.entry_id)
    refuse_photo(member, place.recorded_by)
    photo = command.photo
    if place.sent_digest is not None:
        if place.sent_digest != photo.sent_digest:
            raise Conflict(photo="photo_conflict")
        return "known"
    digest = hashlib.sha256(photo.content).digest()
    photos.insert_photo(tx, command.entry_id, photo, digest, member.person.id, at)
    details = {"entry": command.entry_id, "sha256": digest.hex()}
    note_action(tx, member, at, "add_photo", place.customer_id, details)
    return "written"


def _keep_with_request(
    tx: WriteTx, member: Member, command: AddPhoto
) -> Literal["written", "known"]:
    """Keep the photo of an entry that waits for approval, with the request of the member."""
    approval = find_approval(tx, command.entry_id)
    if approval is None or approval.asked_by != member.person.id:
        raise Missing(command.entry_id)
    photo = command.photo
    is_new = keep_photo(tx, approval, photo.content, photo.sent_digest)
    return "written" if is_new else "known"
