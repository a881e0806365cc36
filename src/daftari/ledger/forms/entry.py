"""The forms of an entry and of its reversal."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Self

from daftari.idempotency.rules import RequestKey
from daftari.identity.rules import Shop
from daftari.kernel.forms import Readings, Typed, read_id
from daftari.kernel.ids import is_id
from daftari.kernel.refusal import Refusal
from daftari.ledger.forms.exchange import ExchangeForm
from daftari.ledger.forms.goods import (
    SAVED_OF_GOODS,
    TypedGoods,
    read_goods,
    read_sum,
    typed_goods,
)
from daftari.ledger.rules.commands import RecordEntry, ReverseEntry
from daftari.ledger.rules.exchange import Exchange
from daftari.ledger.rules.fields import ENTRY, REVERSAL
from daftari.ledger.rules.goods import GOODS_KINDS, Goods
from daftari.ledger.rules.keys import entry_key
from daftari.ledger.rules.kinds import Kind

SAVED_OF_REVERSAL = ("id", *REVERSAL)


@dataclass(frozen=True, slots=True)
class EntryReading:
    """What an entry form says. `entry`: before it is held against today; `form`: what was refused
    of it.
    """

    entry: RecordEntry
    form: Readings

    @property
    def key(self) -> RequestKey:
        """The idempotency key of the form, whatever it is worth today."""
        return entry_key(self.entry).without(self.form.refused)

    def command(self, today: date) -> RecordEntry:
        """The command of the form. Raises one `Refusal` with a reason for each wrong field."""
        form, entry = self.form, self.entry
        form.read("occurred_on", lambda: _refuse_future(entry.occurred_on, today), None)
        if "occurred_on" not in form.refused:
            form.read("due_on", lambda: _refuse_due_before(entry, today), None)
        form.settle()
        return entry


@dataclass(frozen=True, slots=True)
class EntryForm:
    """The entry form as typed. `due_choice`: a named day, used when no due date was typed.
    `for_`: the id of the debt or plan that a payment is for. `paid_amount` to `rate_of`: what was
    handed over in another currency, as in `ExchangeForm`. With `goods` the amount is their sum.
    `branch`: the id of the one that the form was shown in.
    """

    id: str = ""
    kind: str = Kind.DEBT
    amount: str = ""
    currency: str = ""
    occurred_on: str = ""
    due_on: str = ""
    due_choice: str = ""
    side: str = ""
    method: str = ""
    for_: str = ""
    paid_amount: str = ""
    paid_currency: str = ""
    rate: str = ""
    rate_of: str = ""
    note: str = ""
    taker: str = ""
    paid_by: str = ""
    branch: str = ""
    goods: tuple[TypedGoods, ...] = ()

    @classmethod
    def typed(cls, typed: Typed) -> Self:
        """The form from submitted values; a missing field is empty."""
        texts = {name: typed.get(name.rstrip("_"), "") for name in _TEXTS}
        return cls(**texts, goods=typed_goods(typed))

    def read(self, shop: Shop, customer_id: str) -> EntryReading:
        form = Readings(ENTRY)
        return EntryReading(self._entry(form, shop, customer_id), form)

    def _entry(self, form: Readings, shop: Shop, customer_id: str) -> RecordEntry:
        currency = form.field("currency", self.currency or shop.currency, shop.currency)
        kind = form.field("kind", self.kind, Kind.DEBT)
        amount_minor, exchange, goods = self._amount(form, shop, kind, currency)
        return RecordEntry(
            id=form.read("form", lambda: read_id(self.id), ""),
            customer_id=customer_id,
            kind=kind,
            amount_minor=amount_minor,
            currency=currency,
            occurred_on=form.field("occurred_on", self.occurred_on, None),
            due_on=form.field("due_on", self.due_on or self.due_choice, None),
            side=form.field("side", self.side, None),
            method=form.field("method", self.method, None),
            for_id=form.field("for", self.for_, None),
            exchange=exchange,
            note=form.field("note", self.note, ""),
            taker=form.field("taker", self.taker, ""),
            paid_by=form.field("paid_by", self.paid_by, ""),
            goods=goods,
            branch=form.read("branch", lambda: _read_branch(self.branch), None),
        )

    def _amount(
        self, form: Readings, shop: Shop, kind: Kind, currency: str
    ) -> tuple[int, Exchange | None, Goods]:
        """The amount, and what it is made of."""
        goods = read_goods(form, self.goods, shop, kind, currency)
        if goods and kind in GOODS_KINDS:
            return read_sum(form, self.amount, goods, shop, currency), None, goods
        paid = self.paid_amount, self.paid_currency, self.rate, self.rate_of
        return *ExchangeForm(self.amount, *paid).read(form, shop, kind, currency), ()


_TEXTS = tuple(one.name for one in fields(EntryForm) if one.name != "goods")
SAVED_OF_ENTRY = (*(name.rstrip("_") for name in _TEXTS), *SAVED_OF_GOODS, "photo")


def read_reversal(typed: Typed, entry_id: str) -> ReverseEntry:
    """The reversal of an entry from a form. Raises Refusal: id_not_an_id, words_too_long."""
    form = Readings(REVERSAL)
    command = ReverseEntry(
        id=form.read("form", lambda: read_id(typed.get("id", "")), ""),
        entry_id=entry_id,
        reason=form.field("reason", typed.get("reason", ""), ""),
    )
    form.settle()
    return command


def _read_branch(text: str) -> str | None:
    """The id of a branch, None for none. Raises Refusal(branch='branch_unknown')."""
    if text and not is_id(text):
        raise Refusal(branch="branch_unknown")
    return text or None


def _refuse_future(day: date | None, today: date) -> None:
    if day is not None and day > today:
        raise Refusal(occurred_on="date_in_future")


def _refuse_due_before(command: RecordEntry, today: date) -> None:
    if command.due_on is not None and command.due_on < (command.occurred_on or today):
        raise Refusal(due_on="due_before_debt")
