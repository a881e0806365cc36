"""The page on which somebody changes his own phone number."""

from dataclasses import dataclass, field
from datetime import datetime

from daftari.db.base import ReadTx
from daftari.identity.pages.signin import Reasons
from daftari.identity.rules import Person
from daftari.identity.rules.phones import shown_phone
from daftari.identity.store.people import find_shop, home_of
from daftari.identity.store.phone_proofs import find_proof


@dataclass(frozen=True, slots=True)
class OwnPhonePage:
    """The page of one's own number. `phone`: the number of now; `asked`: the one to which a code
    was sent, '' for none; `sends`: a code is sent to a new number, which else is taken as typed.
    """

    phone: str
    asked: str
    sends: bool
    typed: str = ""
    reasons: Reasons = field(default_factory=dict)


def own_phone_page(
    tx: ReadTx, person: Person, sends: bool, now: datetime, typed: str, reasons: Reasons
) -> OwnPhonePage:
    proof = find_proof(tx, person.id)
    is_asked = sends and proof is not None and proof.code_hash is not None
    asked = shown_phone(proof.phone) if is_asked and now < proof.expires_at else ""
    phone = shown_phone(person.phone) if person.phone else ""
    return OwnPhonePage(phone, asked, sends, typed, reasons)


def country_of(tx: ReadTx, person: Person) -> str:
    """The country whose national numbers the person types."""
    home = home_of(tx, person.id)
    shop = find_shop(tx, home) if home else None
    return shop.country if shop else ""
