"""Consents: given and ended, never changed."""

import secrets
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from daftari.activity.actions import AuditRecord, note_action, note_in_shop
from daftari.customers.rules.commands import Agree, EndConsent
from daftari.customers.rules.consent import (
    TEXT_VERSION,
    Agreed,
    Consent,
    ConsentChannel,
    Ended,
    OptIn,
    refuse_opt_ins,
)
from daftari.customers.rules.stop import TOKEN_BYTES
from daftari.customers.store import consent as store
from daftari.customers.store import customer as customers
from daftari.db.base import ReadTx, WriteTx
from daftari.idempotency.actions import claim_key
from daftari.idempotency.rules import Noun, RequestKey, digest_of
from daftari.identity.rules import Member
from daftari.kernel.ids import new_id
from daftari.kernel.refusal import Missing


def agreed_now(tx: ReadTx, customer_ids: Collection[str]) -> Mapping[str, frozenset[OptIn]]:
    """Active opt-ins of each of these customers; those without any are missing."""
    opt_ins: dict[str, set[OptIn]] = {}
    for who, opt_in in store.find_agreed(tx, customer_ids):
        opt_ins.setdefault(who, set()).add(opt_in)
    return {who: frozenset(theirs) for who, theirs in opt_ins.items()}


def agree(tx: WriteTx, member: Member, at: datetime, command: Agree) -> None:
    """Add consents that a customer gave just now; those he has continue. Idempotent by the id.

    Raises `Missing`, `Conflict` for a known id with other content, Refusal(consents=…) as
    `refuse_opt_ins`.
    """
    if not claim_key(tx, at, _key(command)):
        return
    customer = customers.find(tx, command.customer_id)
    if customer is None:
        raise Missing(command.customer_id)
    refuse_opt_ins(customer.details, command.agreed.opt_ins)
    add_agreed(tx, member, at, customer.id, command.agreed)


def add_agreed(tx: WriteTx, member: Member, at: datetime, customer_id: str, agreed: Agreed) -> None:
    """Add consents without loading the customer, for the command that adds him."""
    living = {one.opt_in for one in store.find_consents(tx, customer_id) if one.ended_at is None}
    new = sorted(agreed.opt_ins - living)
    if new:
        store.insert_consents(tx, [_row(member, at, customer_id, opt_in, agreed) for opt_in in new])
        _keep_link(tx, at, customer_id)
        details = {"given": [opt_in.name for opt_in in new], "ended": []}
        note_action(tx, member, at, "agree", customer_id, details)


def end_consent(tx: WriteTx, member: Member, at: datetime, command: EndConsent) -> None:
    """End one consent through the shop. Idempotent. Raises `Missing`."""
    found = store.find_consents(tx, command.customer_id)
    consent = next((one for one in found if one.id == command.consent_id), None)
    if consent is None:
        raise Missing(command.consent_id)
    if consent.ended_at is None:
        _end(tx, [consent], at, member.person.id, Ended.BY_SHOP)
        details = {"given": [], "ended": [consent.opt_in.name]}
        note_action(tx, member, at, "agree", command.customer_id, details)


def end_for_address(
    tx: WriteTx,
    member: Member,
    at: datetime,
    customer_id: str,
    channels: Collection[ConsentChannel],
) -> None:
    """End the consents of channels whose address has changed."""
    found = store.find_consents(tx, customer_id)
    gone = [one for one in found if one.ended_at is None and one.opt_in.channel in channels]
    if gone:
        _end(tx, gone, at, member.person.id, Ended.ADDRESS_CHANGED)
        details = {"given": [], "ended": [one.opt_in.name for one in gone]}
        note_action(tx, member, at, "agree", customer_id, details)


def stop(tx: WriteTx, at: datetime, token: str, opt_ins: Collection[OptIn]) -> frozenset[OptIn]:
    """End consents through the customer's stop link; those that ended now. Idempotent.

    The audit record names the customer as the person. Raises `Missing` for an unknown token.
    """
    customer_id = whose_link(tx, token)
    found = store.find_consents(tx, customer_id)
    gone = [one for one in found if one.ended_at is None and one.opt_in in opt_ins]
    if gone:
        _end(tx, gone, at, None, Ended.BY_CUSTOMER)
        details = {"given": [], "ended": [one.opt_in.name for one in gone]}
        note_in_shop(tx, AuditRecord(customer_id, "stop_messages", customer_id, at, details))
    return frozenset(one.opt_in for one in gone)


def whose_link(tx: ReadTx, token: str) -> str:
    """The customer of a stop link. Raises `Missing`."""
    customer_id = store.find_by_token(tx, token)
    if customer_id is None:
        raise Missing(token)
    return customer_id


def find_consents_of_link(tx: ReadTx, token: str) -> list[Consent]:
    """All consents of the customer of a stop link, newest first. Raises `Missing`."""
    return store.find_consents(tx, whose_link(tx, token))


def find_stop_token(tx: ReadTx, customer_id: str) -> str | None:
    """The token of a customer's stop link; None when he never gave a consent."""
    return store.find_token(tx, customer_id)


def _key(command: Agree) -> RequestKey:
    names = sorted(opt_in.name for opt_in in command.agreed.opt_ins)
    facts = digest_of(names, command.agreed.how)
    return RequestKey(command.id, Noun.AGREEMENT, command.customer_id, facts)


def _keep_link(tx: WriteTx, at: datetime, customer_id: str) -> None:
    """Create the stop link at the first consent; it is the same in every message."""
    if store.find_token(tx, customer_id) is None:
        store.insert_token(tx, customer_id, secrets.token_hex(TOKEN_BYTES), at)


def _end(
    tx: WriteTx, consents: Iterable[Consent], at: datetime, by: str | None, how: Ended
) -> None:
    store.end_consents(tx, [one.id for one in consents], at, by, how)


def _row(
    member: Member, at: datetime, customer_id: str, opt_in: OptIn, agreed: Agreed
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "customer_id": customer_id,
        "channel": opt_in.channel,
        "purpose": opt_in.purpose,
        "given_at": at,
        "given_by": member.person.id,
        "how": agreed.how,
        "text_version": TEXT_VERSION,
        "language": agreed.language,
    }
