"""Opening a shop: asked, answered with a new passkey, written."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import msgspec

from daftari.db.base import ReadTx, WriteTx
from daftari.identity.actions.challenges import ChallengePurpose, ask, spend
from daftari.identity.actions.passkeys import keep_passkey
from daftari.identity.actions.recovery import make_codes
from daftari.identity.actions.sessions import begin_session
from daftari.identity.actions.shops import NewShop, open_shop
from daftari.identity.forms.signup import SignUp
from daftari.identity.rules import Person
from daftari.identity.rules.passkeys import NewPasskey, RelyingParty, account_line, creation_options
from daftari.identity.store.passkeys import find_challenge
from daftari.kernel.ids import new_id
from daftari.kernel.refusal import Refusal


@dataclass(frozen=True, slots=True)
class SignUpResponse:
    """A sign-up whose passkey was accepted, and the device it was made on."""

    challenge: bytes
    passkey: NewPasskey
    device: str


def ask_for_signup(
    tx: WriteTx, signup: SignUp, language: str, party: RelyingParty, now: datetime
) -> dict[str, Any]:
    """Keep what was typed beside the challenge; the options for the browser."""
    person = Person(new_id(), signup.name, signup.phone, language)
    shop = NewShop(new_id(), signup.shop_name, signup.country, person)
    challenge = ask(
        tx, ChallengePurpose.SIGN_UP, now, person.id, msgspec.json.encode(shop).decode()
    )
    return creation_options(party, person, account_line(person, shop.name), challenge)


def find_signup(tx: ReadTx, challenge: bytes, now: datetime) -> NewShop:
    """What waits for this challenge's answer. Raises Refusal(form='challenge_expired').

    The shop has another id at each asking: an answer sent twice at once makes two files, and the
    one that loses must not lie over the one that became the book.
    """
    waiting = find_challenge(tx, challenge, ChallengePurpose.SIGN_UP, now)
    if waiting is None or waiting.payload is None:
        raise Refusal(form="challenge_expired")
    return replace(msgspec.json.decode(waiting.payload, type=NewShop), id=new_id())


def sign_up(
    tx: WriteTx, shop: NewShop, answer: SignUpResponse, wrapped_key: bytes, now: datetime
) -> str:
    """The whole beginning in one write: person, shop, key, passkey, codes, session.

    Returns the session's token. Raises Refusal: challenge_expired, passkey_not_accepted.
    """
    spend(tx, answer.challenge, ChallengePurpose.SIGN_UP, now)
    open_shop(tx, shop, wrapped_key, now)
    keep_passkey(tx, shop.owner.id, answer.passkey, answer.device, now)
    make_codes(tx, shop.owner.id, now)
    return begin_session(tx, shop.owner.id, shop.id, answer.device, now)
