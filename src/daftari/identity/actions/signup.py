"""Sign-up of a new shop: a challenge, the new passkey, then one write of everything."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec

from daftari.db.base import ReadTx, WriteTx
from daftari.identity.actions.challenges import ChallengePurpose, ask, spend
from daftari.identity.actions.passkeys import keep_passkey
from daftari.identity.actions.sessions import begin_session
from daftari.identity.actions.shops import open_shop
from daftari.identity.rules import Person
from daftari.identity.rules.commands import NewShop, SignUp, SignUpResponse
from daftari.identity.rules.passkeys import RelyingParty, account_line, creation_options
from daftari.identity.store.passkeys import find_challenge
from daftari.kernel.ids import new_id
from daftari.kernel.refusal import Refusal


def ask_for_signup(
    tx: WriteTx, signup: SignUp, language: str, party: RelyingParty, now: datetime
) -> dict[str, Any]:
    """Store the typed form with a new challenge; returns the creation options for the browser."""
    person = Person(new_id(), signup.name, signup.phone, language)
    shop = NewShop(new_id(), signup.shop_name, signup.country, person)
    challenge = ask(
        tx, ChallengePurpose.SIGN_UP, now, person.id, msgspec.json.encode(shop).decode()
    )
    return creation_options(party, person, account_line(person, shop.name), challenge)


def find_signup(tx: ReadTx, challenge: bytes, now: datetime) -> NewShop:
    """The new shop stored with a challenge. Raises Refusal(form='challenge_expired').

    The shop gets a new id at each call: a response sent twice at once creates two files, and the
    losing one must not overwrite the file of the shop.
    """
    waiting = find_challenge(tx, challenge, ChallengePurpose.SIGN_UP, now)
    if waiting is None or waiting.payload is None:
        raise Refusal(form="challenge_expired")
    return replace(msgspec.json.decode(waiting.payload, type=NewShop), id=new_id())


def sign_up(
    tx: WriteTx, shop: NewShop, answer: SignUpResponse, wrapped_key: bytes, now: datetime
) -> str:
    """Insert person, shop, key, passkey and session in one transaction.

    Returns the session token. Raises Refusal: challenge_expired, passkey_not_accepted.
    """
    spend(tx, answer.challenge, ChallengePurpose.SIGN_UP, now)
    open_shop(tx, shop, wrapped_key, now)
    passkey_id = keep_passkey(tx, shop.owner.id, answer.passkey, answer.device, now)
    return begin_session(tx, shop.owner.id, shop.id, answer.device, now, passkey_id)
