"""Actions and queries on people: language, names, sessions of a shop."""

from datetime import datetime

from daftari.activity.actions import AuditRecord, note_in_control
from daftari.db.base import ReadTx, WriteTx
from daftari.identity.rules import Member, Person, Present
from daftari.identity.store import memberships
from daftari.identity.store import people as store
from daftari.kernel.edits import Seen
from daftari.kernel.forms import read_choice
from daftari.kernel.languages import LANGUAGES


def choose_language(tx: WriteTx, person: Person, language: str, seen: Seen, now: datetime) -> None:
    """Change a person's language. Raises Refusal(choice='choice_unknown') and `Stale`."""
    read_choice(language, LANGUAGES, "choice_unknown")
    if changes := seen.changes({"language": language}, {"language": person.language}):
        store.change_person(tx, person.id, changes)
        note_in_control(tx, AuditRecord(person.id, "choose_language", person.id, now))


def names_in(tx: ReadTx, shop_id: str) -> dict[str, str]:
    """The names of all present and former members of a shop, by person id."""
    return store.names_in(tx, shop_id)


def phone_of_shop(tx: ReadTx, shop_id: str) -> str | None:
    """The phone of a shop, as E.164: that of its owner."""
    return memberships.find_owner_phone(tx, shop_id)


def membership_in(tx: ReadTx, shop_id: str, person_id: str) -> Member | None:
    """The membership of a person as it is now, or as it ended; None for who never was a member."""
    return memberships.find_last_membership(tx, shop_id, person_id)


def signed_in_at(tx: ReadTx, shop_id: str, now: datetime) -> list[Present]:
    """The valid sessions of all members of a shop."""
    return store.signed_in_at(tx, shop_id, now)
