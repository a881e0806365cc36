"""Writing one line, and everything that follows from it, in one transaction."""

import os
from dataclasses import dataclass
from datetime import date
from typing import Literal

from daftari.accounts.rules import Shop
from daftari.customers.actions import set_standing
from daftari.customers.rules import Standing
from daftari.db.base import Tx
from daftari.kernel.refusal import Missing
from daftari.ledger.rules import chain
from daftari.ledger.rules.chain import Head, Line
from daftari.ledger.rules.refusals import Account
from daftari.ledger.store import balances, entries
from daftari.ledger.store.entries import Particulars, Written


@dataclass(frozen=True, slots=True)
class Recorded:
    """The answer to a line: `written` now, or `known` from before."""

    answer: Literal["written", "known"]
    line: Line


def account_of(tx: Tx, customer_id: str, currency: str) -> tuple[Account, Head]:
    """The account, and the chain's head. Raises `Missing` for a customer that is not there."""
    found = balances.find_account(tx, customer_id, currency)
    if found is None:
        raise Missing(customer_id)
    return found


def in_words(entry_id: str, note: str, taker: str = "", paid_by: str = "") -> Particulars | None:
    """The words of an entry under a fresh salt; None where nothing was said."""
    if not (note or taker or paid_by):
        return None
    return Particulars(entry_id, os.urandom(16), note, taker, paid_by)


def digest_of(words: Particulars | None) -> bytes | None:
    if words is None:
        return None
    return chain.particulars_digest(words.salt, words.note, words.taker, words.paid_by)


def same_words(known: Written, note: str, taker: str = "", paid_by: str = "") -> bool:
    """Whether a line that is sent again says what it said; of erased words nobody can tell."""
    if known.salt is not None:
        digest = chain.particulars_digest(known.salt, note, taker, paid_by)
        return digest == known.line.particulars_digest
    were_erased = known.line.particulars_digest is not None
    return were_erased or not (note or taker or paid_by)


def append_line(tx: Tx, previous: Head, line: Line, words: Particulars | None) -> None:
    """Put the line at the end of the chain. It says itself who wrote it, and when."""
    entries.insert_entry(tx, line, chain.link(previous.chain, line), words)


def move_standing(
    tx: Tx,
    shop: Shop,
    account: Account,
    line: Line,
    *,
    oldest_due_on: date | None,
    last_payment_on: date | None,
) -> None:
    """Bring the customer's place in the book's list up to the line just written and settled."""
    in_main = line.currency == shop.currency
    balance = line.balance_after_minor if in_main else account.main_balance_minor
    standing = Standing(balance, oldest_due_on, line.recorded_at, last_payment_on)
    set_standing(tx, account.customer_id, standing)
