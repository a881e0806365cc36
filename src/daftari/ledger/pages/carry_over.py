"""The page on which one account is carried over to another of the same person."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from daftari.customers.actions import get_customer
from daftari.customers.rules import search_words
from daftari.db.base import ReadTx
from daftari.identity.rules import Member
from daftari.identity.rules.phones import shown_phone
from daftari.kernel.arabic import fold
from daftari.kernel.ids import new_id
from daftari.kernel.refusal import Reason, Refusal
from daftari.ledger.actions.append import account_of
from daftari.ledger.actions.carry_over import find_carried, refuse_carry_over
from daftari.ledger.pages.parts import BalanceView
from daftari.ledger.rules.commands import CarryOver
from daftari.ledger.rules.kinds import direction
from daftari.ledger.rules.limits import is_beyond_limit
from daftari.ledger.store import listing
from daftari.ledger.store.listing import ListQuery

_MOST = 20


@dataclass(frozen=True, slots=True)
class OtherAccount:
    """An account that can be chosen. `href`: this page with its preview; `phone`: in groups."""

    href: str
    name: str
    nickname: str
    phone: str


@dataclass(frozen=True, slots=True)
class CarryPreview:
    """What would move. `debts`: open debts, `dated`: those of them with a due day."""

    id: str
    into_id: str
    name: str
    phone: str
    balances: tuple[BalanceView, ...]
    debts: int
    dated: int
    passes_limit: bool


@dataclass(frozen=True, slots=True)
class CarryPage:
    """View model of the page; `preview` is None until another account is chosen."""

    name: str
    back: str
    query: str
    others: tuple[OtherAccount, ...]
    preview: CarryPreview | None
    reasons: Mapping[str, Reason]


def carry_page(
    tx: ReadTx,
    member: Member,
    today: date,
    command: CarryOver,
    query: str | None,
    refused: Refusal | None,
) -> CarryPage:
    """The page; without a query it looks for namesakes. `refused`: why what was sent was not done.
    Raises `Missing`.
    """
    name = get_customer(tx, command.customer_id).details.name
    asked = name if query is None else query[:80]
    reasons = refused.reasons if refused else {}
    preview = None
    if command.into_id and not refused:
        try:
            refuse_carry_over(tx, command, today)
            preview = _preview(tx, member, command)
        except Refusal as refusal:
            reasons = refusal.reasons
    back = f"{member.shop.home}/customers/{command.customer_id}"
    others = _others(tx, command.customer_id, asked, today, back)
    return CarryPage(name, back, asked, others, preview, reasons)


def _others(
    tx: ReadTx, customer_id: str, asked: str, today: date, back: str
) -> tuple[OtherAccount, ...]:
    role = get_customer(tx, customer_id).details.role
    query = ListQuery(tuple(search_words(asked)), fold(asked), limit=_MOST)
    found = listing.find_customers(tx, query, today)[:_MOST]
    return tuple(
        OtherAccount(
            href=f"{back}/carry-over?into={row.id}",
            name=row.name,
            nickname=row.details.nickname,
            phone=shown_phone(row.phone) if row.phone else "",
        )
        for row in found
        if row.id != customer_id and row.role == role
    )


def _preview(tx: ReadTx, member: Member, command: CarryOver) -> CarryPreview:
    items = find_carried(tx, command.customer_id)
    into = get_customer(tx, command.into_id)
    sums: Counter[str] = Counter()
    for currency, item in items:
        sums[currency] += item.remaining_minor * (1 if item.effect_minor > 0 else -1)
    owing = direction(into.details.role)
    debts = [item for _, item in items if item.effect_minor * owing > 0]
    return CarryPreview(
        id=command.id or new_id(),
        into_id=into.id,
        name=into.details.name,
        phone=shown_phone(into.details.phone) if into.details.phone else "",
        balances=tuple(BalanceView.of(minor, currency) for currency, minor in sums.items()),
        debts=len(debts),
        dated=sum(item.due_on is not None for item in debts),
        passes_limit=any(
            _passes_limit(tx, member, into.id, currency, minor) for currency, minor in sums.items()
        ),
    )


def _passes_limit(tx: ReadTx, member: Member, into_id: str, currency: str, minor: int) -> bool:
    account, _ = account_of(tx, into_id, currency)
    after = account.debt_with(currency, account.balance_minor + minor, member.shop)
    return minor > 0 and is_beyond_limit(account.credit_limit_minor, after)
