"""SQL of balances per customer and currency, and of the shop's totals."""

from sqlalchemy import and_, bindparam, func, select, true

from daftari.customers.tables import customers, main_currency
from daftari.db.base import ReadTx, WriteTx, add, put
from daftari.db.prepared import prepared
from daftari.ledger.rules.chain import GENESIS, ChainHead
from daftari.ledger.rules.refusals import Account
from daftari.ledger.store.entries import HEAD
from daftari.ledger.tables import balances, entries, totals

_head = HEAD.subquery("head")
_LAST_ON = (
    select(func.max(entries.c.occurred_on))
    .where(
        entries.c.customer_id == bindparam("customer_id"),
        entries.c.currency == bindparam("currency"),
    )
    .scalar_subquery()
)
_ACCOUNT = prepared(
    select(
        customers.c.id,
        customers.c.role,
        customers.c.frozen_at,
        customers.c.archived_at,
        customers.c.credit_limit_minor,
        customers.c.due_days,
        customers.c.payday,
        customers.c.balance_minor.label("main_balance_minor"),
        customers.c.oldest_due_on,
        customers.c.last_payment_on,
        balances.c.balance_minor,
        balances.c.written_off_minor,
        _head.c.sequence,
        _head.c.chain,
        _head.c.recorded_at,
        main_currency.c.code.label("main_currency"),
        _LAST_ON.label("last_on"),
    )
    .outerjoin(
        balances,
        and_(
            balances.c.customer_id == customers.c.id,
            balances.c.currency == bindparam("currency"),
        ),
    )
    .outerjoin(_head, true())
    .outerjoin(main_currency, true())
    .where(customers.c.id == bindparam("customer_id"))
)
_PUT_BALANCE = prepared(put(balances, "balance_minor", "written_off_minor"))
_ADD_TOTALS = prepared(add(totals, "receivable_minor", "payable_minor"))


def find_account(tx: ReadTx, customer_id: str, currency: str) -> tuple[Account, ChainHead] | None:
    """A customer with his balance in one currency, and the head of the chain, in one statement."""
    row = tx.execute(_ACCOUNT, {"customer_id": customer_id, "currency": currency}).one_or_none()
    if row is None:
        return None
    account = Account(
        customer_id=row.id,
        role=row.role,
        is_frozen=row.frozen_at is not None,
        credit_limit_minor=row.credit_limit_minor,
        due_days=row.due_days,
        balance_minor=row.balance_minor or 0,
        written_off_minor=row.written_off_minor or 0,
        main_balance_minor=row.main_balance_minor,
        oldest_due_on=row.oldest_due_on,
        last_payment_on=row.last_payment_on,
        payday=row.payday,
        main_currency=row.main_currency,
        last_on=row.last_on,
        is_archived=row.archived_at is not None,
    )
    return account, ChainHead(row.sequence or 0, row.chain or GENESIS, row.recorded_at)


def put_balance(
    tx: WriteTx, account: Account, currency: str, balance_minor: int, written_off_minor: int
) -> None:
    """Store the new balance, and change the shop's totals by the difference."""
    tx.execute(
        _PUT_BALANCE,
        {
            "customer_id": account.customer_id,
            "currency": currency,
            "balance_minor": balance_minor,
            "written_off_minor": written_off_minor,
        },
    )
    old, new = account.balance_minor, balance_minor
    tx.execute(
        _ADD_TOTALS,
        {
            "currency": currency,
            "receivable_minor": max(new, 0) - max(old, 0),
            "payable_minor": max(-new, 0) - max(-old, 0),
        },
    )
