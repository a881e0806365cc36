"""What newly recorded entries changed on the account page of a customer."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from daftari.db.base import ReadTx
from daftari.ledger.actions.append import Recorded
from daftari.ledger.pages.account import (
    ROWS,
    AccountPage,
    AccountQuery,
    account_head,
    account_page,
    find_customer,
    just_written,
)
from daftari.ledger.pages.entries import EntryView, Reader, entry_views
from daftari.ledger.store import written as store
from daftari.ledger.store.account import EntryRow, find_by_sequence
from daftari.ledger.store.corrections import find_corrections


@dataclass(frozen=True, slots=True)
class WrittenPage(AccountPage):
    """View model of what entries changed on the account page.

    `entries` are new. `changed`: rows before them that may read otherwise now. `is_whole`: the
    entries are all of the first page, because it is not known what is new.
    """

    changed: tuple[EntryView, ...]
    is_whole: bool


def recorded_page(tx: ReadTx, reader: Reader, done: Recorded) -> WrittenPage:
    """What an entry changed, from the transaction that has just written it.

    `_page_of` takes what was written with it, as by the reversal of a carry-over, for new too.
    """
    entry, asked = done.entry, AccountQuery(recorded=done.entry.id)
    if done.answer == "known":
        return _whole(account_page(tx, reader, entry.customer_id, asked))
    sequences = sorted({entry.sequence, *done.touched}, reverse=True)
    if len(sequences) > ROWS:
        return _whole(account_page(tx, reader, entry.customer_id, asked))
    found = find_by_sequence(tx, sequences)
    rows = [found[sequence] for sequence in sequences]
    return _page_of(tx, reader, entry.customer_id, asked, rows, entry.sequence)


def written_page(tx: ReadTx, reader: Reader, customer_id: str, asked: AccountQuery) -> WrittenPage:
    """What the entries of `since` and `recorded` changed, whenever they were written.

    Raises `Missing` for an unknown customer.
    """
    span = store.find_span(tx, customer_id, [*asked.since, asked.recorded or ""])
    if span is None:
        return _whole(account_page(tx, reader, customer_id, asked))
    rows = store.find_touched(tx, customer_id, span, ROWS)
    return _page_of(tx, reader, customer_id, asked, rows, span.sequence)


def _page_of(
    tx: ReadTx,
    reader: Reader,
    customer_id: str,
    asked: AccountQuery,
    rows: Sequence[EntryRow],
    since: int,
) -> WrittenPage:
    """The page of rows, newest first; those from the sequence `since` on are new."""
    if _has_moved(tx, customer_id, rows, since):
        return _whole(account_page(tx, reader, customer_id, asked))
    customer = find_customer(tx, customer_id)
    views = entry_views(tx, rows, reader, customer.role)
    new = sum(row.sequence >= since for row in rows)
    return WrittenPage(
        **account_head(tx, reader, customer, just_written(rows, reader, asked.recorded)),
        entries=views[:new],
        older_href=None,
        is_first_page=True,
        changed=views[new:],
        is_whole=False,
    )


def _has_moved(tx: ReadTx, customer_id: str, rows: Sequence[EntryRow], since: int) -> bool:
    """Whether corrections make rows stand elsewhere than in the order of their sequences."""
    if any(row.corrects_id for row in rows):
        return True
    oldest = rows[-1].sequence
    return oldest < since and bool(find_corrections(tx, customer_id, oldest))


def _whole(page: AccountPage) -> WrittenPage:
    """All of the first page, where what changed is not known, or is more than single rows."""
    values = {field.name: getattr(page, field.name) for field in fields(page)}
    return WrittenPage(**values, changed=(), is_whole=True)
