"""Actions of an access review: it is noted as done, a member's phone is signed out from it."""

from datetime import datetime

from daftari.db.base import ReadTx, WriteTx
from daftari.identity.actions.staff import acting, note_of_member
from daftari.identity.rules import Member
from daftari.identity.rules.access_review import (
    EVERY,
    count_present,
    due_at,
    state_of,
    together_since,
)
from daftari.identity.rules.staff import allowed_text, refuse_touching_owner
from daftari.identity.store import access_reviews as store
from daftari.identity.store import sessions
from daftari.identity.store.memberships import find_position, members_of
from daftari.identity.store.wakeups import wake
from daftari.kernel.refusal import Conflict, Missing, Refusal


def next_review(tx: ReadTx, shop_id: str) -> datetime | None:
    """From when on the next review of a shop is due; None in a shop of one person."""
    return due_at(*store.find_stays(tx, shop_id))


def reviewed_state(tx: ReadTx, shop_id: str, now: datetime) -> str:
    """A digest of what a review looks at: people, what each may do, and their phones."""
    people = [
        (
            row.person.id,
            row.position.role,
            row.position.branch_id or "",
            allowed_text(row.position),
        )
        for row in members_of(tx, shop_id, now)
    ]
    phones = [("phone", one.session_id) for one in store.find_phones(tx, shop_id, now)]
    return state_of([*people, *phones])


def note_review(tx: WriteTx, member: Member, review_id: str, state: str, now: datetime) -> None:
    """Note that the member reviewed who may do what. Sent twice it is one review.

    `state`: what the page showed. Raises `Missing`, Refusal(form='nobody_to_review') in a shop of
    one person, and Conflict(form='people_changed') where it is another by now.
    """
    by = acting(tx, member)
    stays, _ = store.find_stays(tx, by.shop.id)
    if together_since(stays) is None:
        raise Refusal(form="nobody_to_review")
    row = {"id": review_id, "shop_id": by.shop.id, "person_id": by.person.id, "at": now}
    if store.find_review(tx, review_id):
        return
    if state != reviewed_state(tx, by.shop.id, now):
        raise Conflict(form="people_changed")
    store.insert_review(tx, row)
    wake(tx, by.shop.id, now + EVERY)
    note_of_member(tx, by, "review_access", by.shop.id, now, {"count": count_present(stays)})


def sign_out_member(
    tx: WriteTx, member: Member, person_id: str, session_id: str, now: datetime
) -> None:
    """Sign a member out on one of his phones, which wipes its book at its next contact.

    Raises `Missing`, and Refusal(form=…): owner_untouchable, phone_is_this.
    """
    by = acting(tx, member)
    position = find_position(tx, by.shop.id, person_id)
    if position is None:
        raise Missing(person_id)
    if person_id != by.person.id:
        refuse_touching_owner(by, position)
    if session_id == by.session_id:
        raise Refusal(form="phone_is_this")
    device = sessions.device_of_session(tx, session_id, person_id)
    if device is None or not sessions.end_session(tx, session_id, person_id, now):
        raise Missing(session_id)
    note_of_member(tx, by, "sign_out_member", person_id, now, {"name": device})
