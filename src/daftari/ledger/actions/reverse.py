"""Reversal: a new entry that undoes an old one, once."""

from datetime import datetime

from daftari.db.base import WriteTx
from daftari.idempotency.actions import claim_key
from daftari.idempotency.rules import RequestKey
from daftari.identity.rules import Member
from daftari.kernel.ids import id_within
from daftari.kernel.refusal import Conflict, Missing, Refusal
from daftari.ledger.actions.allocate import release_entry
from daftari.ledger.actions.append import (
    Recorded,
    account_of,
    append_entry,
    digest_of,
    find_seen,
    in_words,
    known_entry,
    update_summary,
)
from daftari.ledger.actions.odd_things import alert_large, alert_many_reversals
from daftari.ledger.rules import chain, kinds, refusals
from daftari.ledger.rules.chain import ChainHead, Entry
from daftari.ledger.rules.commands import ReverseEntry
from daftari.ledger.rules.keys import reversal_key
from daftari.ledger.rules.kinds import Kind
from daftari.ledger.rules.refusals import Account
from daftari.ledger.store import balances, carried, entries
from daftari.ledger.store.entries import StoredEntry


def reverse_entry(tx: WriteTx, member: Member, at: datetime, command: ReverseEntry) -> Recorded:
    """Undo one entry, as `_reverse` does; an entry of a carry-over with all others of it."""
    mistake = find_seen(tx, member, command.entry_id)
    done = _reverse(tx, member, at, command, mistake)
    if done.answer == "written" and mistake and mistake.entry.kind is Kind.OPENING:
        for other in carried.find_standing(tx, command.entry_id):
            part = ReverseEntry(id_within(command.id, other), other, command.reason)
            done = done.with_another(_reverse(tx, member, at, part, entries.find_entry(tx, other)))
    if done.answer == "written":
        alert_many_reversals(tx, member, at)
    return done


def _reverse(
    tx: WriteTx, member: Member, at: datetime, command: ReverseEntry, mistake: StoredEntry | None
) -> Recorded:
    """Undo one entry by an entry of the opposite effect, and allocate again what it had covered.

    Sent again it is `known`. Raises `Conflict` for an id with other content, `Missing` for an
    unknown entry, `Refusal` (`already_reversed`, `reversal_of_reversal`, `carried_since`, …)
    otherwise.
    """
    key = reversal_key(command, mistake.entry.customer_id if mistake else "")
    if not _claim(tx, at, command, key):
        return known_entry(tx, command.id)
    if mistake is None:
        raise Missing(command.entry_id)
    old = mistake.entry
    refusals.refuse_reversal(member, old.kind, old.recorded_by, old.recorded_at, at)
    reversed_by, is_carried_since = carried.find_obstacles(tx, old)
    if reversed_by is not None:
        raise Refusal(form="already_reversed")
    if is_carried_since:
        raise Refusal(form="carried_since")
    account, head = account_of(tx, old.customer_id, old.currency)
    before = old.currency, old.effect_minor, old.balance_after_minor
    refusals.refuse_reversal_over_limit(member, account, *before)
    done = write_reversal(tx, member, at, command, account, head, old)
    alert_large(tx, member, at, old, old.amount_minor)
    return done


def write_reversal(
    tx: WriteTx,
    member: Member,
    at: datetime,
    command: ReverseEntry,
    account: Account,
    head: ChainHead,
    old: Entry,
) -> Recorded:
    """Append the reversal of an entry that may be reversed, with everything derived from it."""
    entry = _write(tx, member, at, command, account, head, old)
    released = release_entry(tx, account, old)
    update_summary(
        tx,
        member.shop,
        account,
        entry,
        oldest_due_on=released.oldest_due_on,
        last_payment_on=entries.find_last_payment(tx, old.customer_id),
    )
    return Recorded("written", entry, released.payments | {old.sequence})


def _claim(tx: WriteTx, at: datetime, command: ReverseEntry, key: RequestKey) -> bool:
    """Claim the key of the reversal.

    Earlier pages left the reason out when they sent a reversal, and kept it with what they send
    again: the same reversal, whose reason can be added no more.
    """
    try:
        return claim_key(tx, at, key)
    except Conflict:
        known = entries.find_entry(tx, command.id)
        if known is None or known.entry.particulars_digest is not None:
            raise
        if known.entry.reverses_id != command.entry_id:
            raise
        raise Refusal(form="already_reversed") from None


def _write(
    tx: WriteTx,
    member: Member,
    at: datetime,
    command: ReverseEntry,
    account: Account,
    head: ChainHead,
    old: Entry,
) -> Entry:
    written_off = account.written_off_minor - kinds.written_off_change(old.kind, old.amount_minor)
    balance_after = account.balance_minor - old.effect_minor
    refusals.refuse_reversed_balance(balance_after, written_off)
    words = in_words(command.id, command.reason)
    entry = Entry(
        sequence=head.sequence + 1,
        id=command.id,
        customer_id=old.customer_id,
        kind=Kind.REVERSAL,
        amount_minor=old.amount_minor,
        effect_minor=-old.effect_minor,
        balance_after_minor=balance_after,
        currency=old.currency,
        occurred_on=member.shop.day_of(at),
        due_on=None,
        method=None,
        reverses_id=old.id,
        recorded_at=head.time_after(at),
        recorded_by=member.person.id,
        request_digest=chain.reversal_digest(command),
        particulars_digest=digest_of(words),
        session_id=member.session_id,
        branch_id=old.branch_id,
    )
    append_entry(tx, head, entry, words)
    balances.put_balance(tx, account, old.currency, balance_after, written_off)
    return entry
