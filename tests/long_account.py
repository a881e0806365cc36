"""A long account written at once: its entries, and what follows from them by the ledger's rules.

By one entry after the other it would take ten times as long; `verify` proves that it is the same.
"""

from dataclasses import asdict
from datetime import date, timedelta
from itertools import accumulate

from sqlalchemy import insert

from daftari.customers.actions import keep_main_currency, set_account_summary
from daftari.customers.rules import AccountSummary
from daftari.db.base import WriteTx
from daftari.idempotency.tables import idempotency_keys
from daftari.kernel.ids import new_id
from daftari.ledger.actions.append import account_of
from daftari.ledger.rules.allocation import replay
from daftari.ledger.rules.chain import GENESIS, Entry, entry_digest, link
from daftari.ledger.rules.commands import RecordEntry
from daftari.ledger.rules.keys import entry_key
from daftari.ledger.rules.kinds import Kind
from daftari.ledger.rules.open_items import item_of
from daftari.ledger.store import allocations, balances, open_items
from daftari.ledger.tables import entries
from tests.book import NOW, SHOP, UMM_SALIM

DEBT, PAYMENT = 2_575, 5_000
OF_A_DAY = 8


def fill(tx: WriteTx, customer_id: str, count: int) -> None:
    """So many entries of a customer in an empty book, a payment after every three debts."""
    commands = [_command(customer_id, number, count) for number in range(count)]
    effects = [one.amount_minor * (1 if one.kind is Kind.DEBT else -1) for one in commands]
    chain, rows, written = GENESIS, [], []
    for number, (command, after) in enumerate(zip(commands, accumulate(effects), strict=True)):
        entry = _entry(number, command, effects[number], after, count)
        chain = link(chain, entry)
        written.append(entry)
        rows.append(asdict(entry) | {"chain": chain})
    tx.execute(insert(entries), rows)
    tx.execute(insert(idempotency_keys), [_key(command) for command in commands])
    _derive(tx, customer_id, written)


def balance_of(count: int) -> int:
    return count // 4 * (3 * DEBT - PAYMENT)


def _command(customer_id: str, number: int, count: int) -> RecordEntry:
    kind, minor = (Kind.PAYMENT, PAYMENT) if number % 4 == 3 else (Kind.DEBT, DEBT)
    day = (NOW - timedelta(days=1 + (count - number) // OF_A_DAY)).date()
    return RecordEntry(new_id(), customer_id, kind, minor, "SAR", occurred_on=day)


def _entry(number: int, command: RecordEntry, effect: int, after: int, count: int) -> Entry:
    assert command.occurred_on is not None
    due_on = command.occurred_on + timedelta(days=SHOP.due_days or 0)
    return Entry(
        sequence=number + 1,
        id=command.id,
        customer_id=command.customer_id,
        kind=command.kind,
        amount_minor=command.amount_minor,
        effect_minor=effect,
        balance_after_minor=after,
        currency=command.currency,
        occurred_on=command.occurred_on,
        due_on=due_on if command.kind is Kind.DEBT else None,
        method=None,
        reverses_id=None,
        recorded_at=NOW - timedelta(hours=1, seconds=count - number),
        recorded_by=UMM_SALIM.person.id,
        request_digest=entry_digest(command),
        particulars_digest=None,
    )


def _key(command: RecordEntry) -> dict[str, object]:
    key = entry_key(command)
    return {"id": key.id, "noun": key.noun, "customer_id": key.customer_id, "facts": key.facts} | {
        "texts": None,
        "salt": None,
        "at": NOW,
    }


def _derive(tx: WriteTx, customer_id: str, written: list[Entry]) -> None:
    account, _ = account_of(tx, customer_id, "SAR")
    keep_main_currency(tx, "SAR")
    replayed = replay(map(item_of, written), 1, {})
    allocations.change_allocations(tx, {}, replayed.allocations)
    open_items.put_items(tx, customer_id, "SAR", replayed.items.values())
    last = written[-1]
    balances.put_balance(tx, account, "SAR", last.balance_after_minor, 0)
    left = [one.due_on for one in replayed.items.values() if one.remaining_minor and one.due_on]
    standing = AccountSummary(
        last.balance_after_minor, min(left, default=None), last.recorded_at, _last_payment(written)
    )
    set_account_summary(tx, customer_id, standing)


def _last_payment(written: list[Entry]) -> date:
    return max(one.occurred_on for one in written if one.kind is Kind.PAYMENT)
