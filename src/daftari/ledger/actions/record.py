"""Recording an entry: load the account, check, append, allocate, write the audit record."""

from dataclasses import asdict, replace
from datetime import date, datetime

from daftari.activity.actions import note_alert
from daftari.customers.actions import keep_main_currency
from daftari.db.base import ReadTx, WriteTx
from daftari.db.narrowing import narrowed
from daftari.idempotency.actions import claim_key
from daftari.identity.rules import Member
from daftari.ledger.actions.allocate import allocate_entry
from daftari.ledger.actions.append import (
    Recorded,
    account_of,
    append_entry,
    digest_of,
    in_words,
    known_entry,
    update_summary,
)
from daftari.ledger.actions.odd_things import alert_night
from daftari.ledger.rules import alerts, chain, kinds, refusals, targets
from daftari.ledger.rules.chain import ChainHead, Entry
from daftari.ledger.rules.commands import RecordEntry
from daftari.ledger.rules.keys import entry_key
from daftari.ledger.rules.kinds import Kind
from daftari.ledger.rules.refusals import Account
from daftari.ledger.store import balances, entries
from daftari.ledger.store.targets import find_target


def record_entry(
    tx: WriteTx, member: Member, at: datetime, command: RecordEntry, *, born_on: date | None = None
) -> Recorded:
    """Record one entry, with everything derived from it. Idempotent.

    `born_on`: the day of an entry without `occurred_on`, which may be before that of `at`: made
    offline on an earlier day, or sent before midnight.
    Sent again with the same content it is `known`, and nothing changes. Raises `Conflict` for a
    known id with other content, `Missing` for an unknown customer, `Refusal` when a rule does not
    allow it.
    """
    if not claim_key(tx, at, entry_key(command)):
        return known_entry(tx, command.id)
    is_late = born_on is not None
    return record_new_entry(tx, member, at, command, born_on=born_on, is_late=is_late)


def record_new_entry(
    tx: WriteTx,
    member: Member,
    at: datetime,
    command: RecordEntry,
    *,
    born_on: date | None = None,
    is_late: bool = False,
    born_at: datetime | None = None,
    is_part: bool = False,
) -> Recorded:
    """Record one entry whose key the caller has claimed.

    `is_late`: as in `refuse_target`. `born_at`: when a phone wrote it, if that was before `at`.
    `is_part`: of a plan, whose alerts its caller adds.
    """
    account, head = account_of(tx, command.customer_id, command.currency)
    side = command.side or kinds.usual_side(account.role)
    effect = kinds.effect(command.kind, command.amount_minor, account.role, side)
    account = with_discounts(tx, member, at, account, command)
    refusals.refuse_entry(member, account, command, effect)
    if command.for_id is not None:
        refuse_target_of(tx, member, account, command, effect, is_late=is_late)
    occurred_on = command.occurred_on or born_on or member.shop.day_of(at)
    if alerts.passes_limit(member, account, command, effect):
        alert_limit(tx, member, at, account, command, effect)
    if not is_part:
        whose = command.customer_id, command.amount_minor, command.currency
        alert_night(tx, member, at, *whose, born_at or at)
    if account.main_currency is None:
        keep_main_currency(tx, member.shop.currency)
    branch = member.key_for_entry(command.branch)
    return write_entry(tx, member, at, command, account, head, effect, occurred_on, branch)


def write_entry(
    tx: WriteTx,
    member: Member,
    at: datetime,
    command: RecordEntry,
    account: Account,
    head: ChainHead,
    effect: int,
    occurred_on: date,
    branch_id: str | None,
) -> Recorded:
    """Append an entry that may be recorded, with everything derived from it."""
    entry = _append(tx, member, at, command, account, head, effect, occurred_on, branch_id)
    written_off = kinds.written_off_change(command.kind, command.amount_minor)
    balances.put_balance(
        tx,
        account,
        command.currency,
        entry.balance_after_minor,
        account.written_off_minor + written_off,
    )
    allocated = allocate_entry(tx, account, entry)
    update_summary(
        tx,
        member.shop,
        account,
        entry,
        oldest_due_on=allocated.oldest_due_on,
        last_payment_on=_last_payment(account, entry),
    )
    return Recorded("written", entry, allocated.payments)


def with_discounts(
    tx: ReadTx, member: Member, at: datetime, account: Account, command: RecordEntry
) -> Account:
    """The account with what the member took off it today, where that counts."""
    if not refusals.counts_discounts(member, command.kind):
        return account
    since = member.shop.start_of(member.shop.day_of(at))
    place = account.customer_id, command.currency, member.person.id
    return replace(account, discounted_minor=entries.find_discounted(tx, *place, since))


def refuse_target_of(
    tx: WriteTx,
    member: Member,
    account: Account,
    command: RecordEntry,
    effect: int,
    *,
    is_late: bool,
) -> None:
    """Raises `Refusal` when the entry cannot be for what it names, or the member cannot see it."""
    assert command.for_id is not None
    pays = effect * kinds.direction(account.role) < 0
    with narrowed(tx, member.only_branch):
        target = find_target(tx, command.for_id)
    targets.refuse_target(target, command, pays=pays, is_late=is_late)


def alert_limit(
    tx: WriteTx, member: Member, at: datetime, account: Account, command: RecordEntry, effect: int
) -> None:
    """Add the alert for a customer past his credit limit to the shop's inbox."""
    balance = account.balance_minor + effect
    details = {
        "by": member.person.id,
        "balance_minor": account.debt_with(command.currency, balance, member.shop).minor,
        "limit_minor": account.credit_limit_minor,
        "currency": account.main_currency or member.shop.currency,
    }
    note_alert(tx, at, alerts.LIMIT_PASSED, account.customer_id, details)


def _append(
    tx: WriteTx,
    member: Member,
    at: datetime,
    command: RecordEntry,
    account: Account,
    head: ChainHead,
    effect: int,
    occurred_on: date,
    branch_id: str | None,
) -> Entry:
    words = in_words(command.id, command.note, command.taker, command.paid_by, command.goods)
    entry = Entry(
        sequence=head.sequence + 1,
        id=command.id,
        customer_id=command.customer_id,
        kind=command.kind,
        amount_minor=command.amount_minor,
        effect_minor=effect,
        balance_after_minor=account.balance_minor + effect,
        currency=command.currency,
        occurred_on=occurred_on,
        due_on=refusals.due_date(command, effect, account, member.shop, occurred_on),
        method=command.method,
        reverses_id=None,
        recorded_at=head.time_after(at),
        recorded_by=member.person.id,
        request_digest=chain.entry_digest(command),
        particulars_digest=digest_of(words),
        session_id=member.session_id,
        branch_id=branch_id,
        for_id=command.for_id,
        corrects_id=command.corrects_id,
        **(asdict(command.exchange) if command.exchange else {}),
    )
    append_entry(tx, head, entry, words)
    return entry


def _last_payment(account: Account, entry: Entry) -> date | None:
    if entry.kind is not Kind.PAYMENT:
        return account.last_payment_on
    return max(entry.occurred_on, account.last_payment_on or entry.occurred_on)
