"""Sign-up of a new shop: a challenge, the new passkey, then one write of everything."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec

from daftari.db.base import ReadTx, WriteTx
from daftari.identity.actions.challenges import ChallengePurpose, ask, remember_spent
from daftari.identity.actions.passkeys import keep_passkey
from daftari.identity.actions.sessions import begin_first_session
from daftari.identity.actions.shops import open_shop
from daftari.identity.rules import Person
from daftari.identity.rules.ceremonies import Ceremony
from daftari.identity.rules.commands import NewShop, SignUp, SignUpResponse
from daftari.identity.rules.passkeys import account_line, creation_options
from daftari.identity.store.challenges import find_challenge, take_challenge
from daftari.kernel.ids import new_id
from daftari.kernel.refusal import Refusal


def ask_for_signup(
    tx: WriteTx, signup: SignUp, language: str, ceremony: Ceremony, now: datetime
) -> dict[str, Any]:
    """Store the typed form with a new challenge; returns the creation options for the browser."""
    person = Person(new_id(), signup.name, signup.phone, language)
    shop = NewShop(new_id(), signup.shop_name, signup.country, person)
    typed = msgspec.json.encode(shop).decode()
    challenge = ask(tx, ChallengePurpose.SIGN_UP, now, ceremony.asked_by, person.id, typed)
    return creation_options(ceremony.party, person, account_line(person, shop.name), challenge)


def find_signup(tx: ReadTx, challenge: bytes, ceremony: Ceremony, now: datetime) -> NewShop | None:
    """The new shop stored with a challenge of this browser; None when there is no such.

    The shop gets a new id at each call: a response sent twice at once creates two files, and the
    losing one must not overwrite the file of the shop.
    """
    waiting = find_challenge(tx, challenge, ChallengePurpose.SIGN_UP, ceremony.hashes, now)
    if waiting is None or waiting.payload is None:
        return None
    return replace(msgspec.json.decode(waiting.payload, type=NewShop), id=new_id())


def spend_signup(tx: WriteTx, challenge: bytes, ceremony: Ceremony, now: datetime) -> bool:
    """Spend the challenge of a sign-up. Returns False where it cannot be spent by this browser."""
    purpose, asked_by = ChallengePurpose.SIGN_UP, ceremony.hashes
    return take_challenge(tx, challenge, purpose, asked_by, now) is not None


def sign_up(
    tx: WriteTx,
    shop: NewShop,
    answer: SignUpResponse,
    ceremony: Ceremony,
    wrapped_key: bytes,
    now: datetime,
) -> str:
    """Insert person, shop, key, passkey and session in one transaction.

    Returns the session token. Raises Refusal: challenge_expired, passkey_not_accepted.
    """
    if not spend_signup(tx, answer.challenge, ceremony, now):
        raise Refusal(form="challenge_expired")
    open_shop(tx, shop, wrapped_key, now)
    owner_id, device = shop.owner.id, ceremony.device
    remember_spent(tx, answer.challenge, owner_id, answer.digest, now)
    passkey_id = keep_passkey(tx, owner_id, answer.passkey, device, now)
    return begin_first_session(tx, owner_id, shop.id, device, now, passkey_id)
