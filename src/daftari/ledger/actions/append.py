"""Appending one entry, and updating everything derived from it, in one transaction."""

import os
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from daftari.activity.actions import AuditRecord
from daftari.customers.actions import bring_back, set_account_summary
from daftari.customers.rules import AccountSummary
from daftari.db.base import ReadTx, WriteTx
from daftari.identity.rules import Member, Shop
from daftari.kernel.refusal import Missing
from daftari.ledger.rules import chain
from daftari.ledger.rules.chain import ChainHead, Entry
from daftari.ledger.rules.goods import Goods
from daftari.ledger.rules.refusals import Account
from daftari.ledger.store import balances, entries
from daftari.ledger.store.account import find_balances
from daftari.ledger.store.entries import EntryText, StoredEntry
from daftari.ledger.store.rates import find_rates


@dataclass(frozen=True, slots=True)
class Recorded:
    """The result of recording: `written` now, or `known` from before.

    `touched`: the sequences of other entries of the account whose rows read otherwise now, or that
    were written with it, as far as the write knows them.
    """

    answer: Literal["written", "known"]
    entry: Entry
    touched: frozenset[int] = frozenset()

    def with_another(self, other: "Recorded") -> "Recorded":
        """The same result, with what another entry of this act changed on the same account."""
        if other.entry.customer_id != self.entry.customer_id:
            return self
        return replace(self, touched=self.touched | other.touched | {other.entry.sequence})


def account_of(tx: ReadTx, customer_id: str, currency: str) -> tuple[Account, ChainHead]:
    """The account and the head of the chain; balances in all currencies where there is a limit.
    Raises `Missing` for an unknown customer.
    """
    found = balances.find_account(tx, customer_id, currency)
    if found is None:
        raise Missing(customer_id)
    account, head = found
    if account.credit_limit_minor is not None:
        rows = find_balances(tx, customer_id)
        in_all = {row.currency: row.balance_minor for row in rows}
        account = replace(account, balances=in_all, rates=find_rates(tx))
    return account, head


def known_entry(tx: ReadTx, entry_id: str) -> Recorded:
    """The result of an entry that is sent again. Raises `Missing`."""
    known = entries.find_entry(tx, entry_id)
    if known is None:
        raise Missing(entry_id)
    return Recorded("known", known.entry)


def find_seen(tx: ReadTx, member: Member, entry_id: str) -> StoredEntry | None:
    """An entry that the member sees; None for one of another branch as for an unknown one."""
    found = entries.find_entry(tx, entry_id)
    return found if found and member.sees(found.entry.branch_id) else None


def in_words(
    entry_id: str, note: str, taker: str = "", paid_by: str = "", goods: Goods = ()
) -> EntryText | None:
    """The texts and goods of an entry with a new salt; None when there are none."""
    if not (note or taker or paid_by or goods):
        return None
    return EntryText(entry_id, os.urandom(16), note, taker, paid_by, goods)


def digest_of(words: EntryText | None) -> bytes | None:
    if words is None:
        return None
    return chain.particulars_digest(words.salt, words.note, words.taker, words.paid_by, words.goods)


def append_entry(tx: WriteTx, previous: ChainHead, entry: Entry, words: EntryText | None) -> None:
    """Append the entry to the chain, with its texts."""
    entries.insert_entry(tx, entry, chain.link(previous.chain, entry), words)


def update_summary(
    tx: WriteTx,
    shop: Shop,
    account: Account,
    entry: Entry,
    *,
    oldest_due_on: date | None,
    last_payment_on: date | None,
) -> None:
    """Update the customer's row in the book's list after an entry was written and allocated.

    An archived customer is in the list again: no entry is lost in the archive.
    """
    in_main = entry.currency == (account.main_currency or shop.currency)
    balance = entry.balance_after_minor if in_main else account.main_balance_minor
    standing = AccountSummary(balance, oldest_due_on, entry.recorded_at, last_payment_on)
    set_account_summary(tx, account.customer_id, standing)
    if account.is_archived:
        by, at, cause = entry.recorded_by, entry.recorded_at, {"entry_id": entry.id}
        origin = entry.session_id, None, entry.branch_id
        record = AuditRecord(by, "unarchive_customer", account.customer_id, at, cause, *origin)
        bring_back(tx, record)
