"""The sheet to correct an entry, filled in with what stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from daftari.approvals.rules import approvable
from daftari.db.base import ReadTx
from daftari.identity.rules import Member, Shop
from daftari.kernel.ids import is_id, new_id
from daftari.kernel.refusal import Missing, Reason
from daftari.ledger.forms import CorrectionForm, EntryForm, SubmittedCorrection
from daftari.ledger.forms.correction import Texts
from daftari.ledger.forms.goods import TypedGoods
from daftari.ledger.pages.exchange import ExchangeChoice, exchange_choice
from daftari.ledger.pages.goods import goods_fields
from daftari.ledger.pages.stood import stood_text
from daftari.ledger.pages.targets import TargetChoice, correction_choices
from daftari.ledger.rules.chain import Entry
from daftari.ledger.rules.goods import GOODS_KINDS, Goods, goods_text
from daftari.ledger.rules.kinds import Kind, Method, direction
from daftari.ledger.rules.refusals import may_take_back
from daftari.ledger.store import account, entries
from daftari.ledger.store.goods import find_goods
from daftari.ledger.store.rates import find_typed_rates

_WITH_METHOD = (Kind.PAYMENT, Kind.RECOVERY)
_WITH_TARGET = (Kind.PAYMENT, Kind.DISCOUNT, Kind.WRITE_OFF)


@dataclass(frozen=True, slots=True)
class CorrectionPage:
    """View model of the sheet. `form`: as typed, else as it stands; `id`, `reversal_id`: of the two
    new entries. `with_due`, `with_method`, `with_taker`: which fields the kind has. `targets`: what
    the entry can be for. `lowers`: whether it makes a debt less.
    `goods`: rows to fill in, none where the kind has no goods; `goods_stood`: those of the book, as
    JSON; `stood`: the entry of the book, as JSON. `asks`: the member has to ask for approval.
    """

    home: str
    customer_id: str
    name: str
    entry_id: str
    kind: str
    minor: int
    currency: str
    occurred_on: date
    note: str
    is_supplier: bool
    id: str
    reversal_id: str
    form: EntryForm
    methods: tuple[str, ...]
    with_due: bool
    with_method: bool
    with_taker: bool
    targets: tuple[TargetChoice, ...]
    lowers: bool
    exchange: ExchangeChoice
    goods: tuple[TypedGoods, ...]
    goods_stood: str
    stood: str
    reasons: Mapping[str, Reason]
    asks: bool
    today: date


def correction_page(
    tx: ReadTx,
    member: Member,
    today: date,
    entry_id: str,
    typed: Mapping[str, str],
    reasons: Mapping[str, Reason],
) -> CorrectionPage:
    """The sheet. Raises `Missing` for an unknown entry."""
    found = entries.find_entry(tx, entry_id)
    if found is None:
        raise Missing(entry_id)
    old, texts = found.entry, entries.find_texts(tx, entry_id)
    customer: Any = account.find_customer(tx, old.customer_id)
    sent, stood = SubmittedCorrection(entry_id, typed), find_goods(tx, old.sequence)
    form = CorrectionForm.of(old, texts, stood, sent, member.shop)
    return CorrectionPage(
        home=member.shop.home,
        customer_id=old.customer_id,
        name=customer.name,
        entry_id=entry_id,
        **_old(old),
        note=texts[0],
        is_supplier=customer.role == "supplier",
        **_ids(form, reasons),
        form=form.entry,
        methods=tuple(Method),
        with_due=old.due_on is not None or old.kind in (Kind.DEBT, Kind.OPENING),
        with_method=old.kind in _WITH_METHOD,
        with_taker=old.kind is Kind.DEBT,
        targets=correction_choices(tx, old, customer.role) if old.kind in _WITH_TARGET else (),
        exchange=_exchange(tx, member.shop, old, form.entry),
        **_goods(old, form.entry, stood),
        **_before(tx, old, texts, customer.role),
        reasons=reasons,
        asks=bool(approvable(reasons)) or not _is_takeable(member, old, today),
        today=today,
    )


def _old(old: Entry) -> dict[str, Any]:
    """The fields of the page that tell which entry it is."""
    return {
        "kind": old.kind,
        "minor": old.amount_minor,
        "currency": old.currency,
        "occurred_on": old.occurred_on,
    }


def _is_takeable(member: Member, old: Entry, today: date) -> bool:
    return may_take_back(member, old.recorded_by, old.recorded_at, today)


def _before(tx: ReadTx, old: Entry, texts: Texts, role: str) -> dict[str, Any]:
    """The fields `stood` and `lowers`: whether a debt stands where the payment is taken away."""
    balances = {
        row.currency: row.balance_minor for row in account.find_balances(tx, old.customer_id)
    }
    without = balances.get(old.currency, 0) - old.effect_minor
    note, taker, paid_by = texts
    return {
        "stood": stood_text(old, note, taker=taker, paid_by=paid_by, **{"for": old.for_id}),
        "lowers": old.kind is Kind.PAYMENT and without * direction(role) > 0,
    }


def _goods(old: Entry, form: EntryForm, stood: Goods) -> dict[str, Any]:
    """The fields `goods` and `goods_stood` of the page."""
    fields = goods_fields(form.goods) if old.kind in GOODS_KINDS else ()
    return {"goods": fields, "goods_stood": goods_text(stood)}


def _exchange(tx: ReadTx, shop: Shop, old: Entry, form: EntryForm) -> ExchangeChoice:
    return exchange_choice(shop, [old.currency], find_typed_rates(tx), form.paid_currency)


def _ids(form: CorrectionForm, reasons: Mapping[str, Reason]) -> dict[str, Any]:
    """The ids of the two new entries: as typed, new ones where those stand for something else."""
    is_spent = "form" in reasons and reasons["form"].name == "entry_conflict"
    typed = {"id": form.entry.id, "reversal_id": form.reversal_id}
    return {name: new_id() if is_spent or not is_id(one) else one for name, one in typed.items()}
