"""The form of a correction: an entry form that begins with what the book has of the entry."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Self

from daftari.identity.rules import Shop
from daftari.kernel.forms import read_id
from daftari.kernel.money import read_decimal
from daftari.kernel.refusal import Refusal
from daftari.ledger.forms.entry import EntryForm
from daftari.ledger.forms.exchange import amount_text, rate_text
from daftari.ledger.forms.goods import (
    SAVED_OF_GOODS,
    TypedGoods,
    standing_goods,
    typed_goods,
)
from daftari.ledger.forms.submitted import SubmittedCorrection
from daftari.ledger.rules.chain import Entry
from daftari.ledger.rules.commands import CorrectEntry, RecordEntry
from daftari.ledger.rules.goods import Goods
from daftari.ledger.rules.kinds import Kind, Side

Texts = tuple[str, str, str]
"""Note, taker and payer."""
EXCHANGED: Final = ("paid_amount", "paid_currency", "rate")
FOLLOWERS: Final = {"amount": "paid_amount", "paid_amount": "amount", "rate": "amount"}
"""What another number alone changes with it: the debt's amount follows what was handed over and the
rate; what was handed over follows the debt's amount.
"""
CHANGEABLE: Final = (
    *("amount", "occurred_on", "due_on", "due_choice"),
    *("method", "for", "note", "taker", "paid_by"),
    *EXCHANGED,
)
SAVED_OF_CORRECTION: Final = ("id", "reversal_id", *CHANGEABLE, *SAVED_OF_GOODS)


@dataclass(frozen=True, slots=True)
class CorrectionForm:
    """The entry as it shall stand, as typed. `old`: as it stands; `reversal_id`: as typed."""

    old: Entry
    entry: EntryForm
    reversal_id: str

    @classmethod
    def of(
        cls, old: Entry, texts: Texts, goods: Goods, sent: SubmittedCorrection, shop: Shop
    ) -> Self:
        """The form of an entry, in which what was sent takes the place of what stands.

        `texts`, `goods`: of the entry as it stands.
        """
        form = _standing(old, texts, goods, shop)
        entry = replace(form, id=sent.typed.get("id", ""), **_given(sent, form, shop))
        if (rows := _goods_given(sent, form.currency, shop)) is not None:
            entry = replace(entry, goods=rows, **_sum_of_changed(entry, form, rows, shop))
        return cls(old, entry, sent.typed.get("reversal_id", ""))

    def key_command(self, shop: Shop) -> CorrectEntry:
        """The command before it is held against today, for its idempotency key.

        Raises Refusal for fields that cannot be read.
        """
        said = self.entry.read(shop, self.old.customer_id)
        reversal_id = said.form.read("form", lambda: read_id(self.reversal_id), "")
        said.form.settle()
        return self._correction(said.entry, reversal_id)

    def command(self, shop: Shop, today: date) -> CorrectEntry:
        """The command of the form. Raises one `Refusal` with a reason for each wrong field."""
        entry = self.entry.read(shop, self.old.customer_id).command(today)
        return self._correction(entry, read_id(self.reversal_id))

    def _correction(self, entry: RecordEntry, reversal_id: str) -> CorrectEntry:
        first = self.old.corrects_id or self.old.id
        entry = replace(entry, corrects_id=first)
        return CorrectEntry(self.old.id, reversal_id, entry)


def _given(sent: SubmittedCorrection, form: EntryForm, shop: Shop) -> dict[str, Any]:
    """The fields that were sent, as typed."""
    given = {name: sent.typed[name] for name in CHANGEABLE if name in sent.typed}
    paid_currency = given.get("paid_currency", form.paid_currency)
    numbers = {
        "amount": amount_text(sent.amount_minor, form.currency, shop),
        "paid_amount": amount_text(sent.paid_minor, paid_currency, shop),
        "rate": rate_text(sent.rate_e8, shop),
    }
    given |= {name: text for name, text in numbers.items() if text}
    if not given.get("occurred_on", "").strip():
        given.pop("occurred_on", None)  # an entry has a day
    if "for" in given:
        given["for_"] = given.pop("for")
    return given | _exchange_of(given, form, shop)


def _goods_given(
    sent: SubmittedCorrection, currency: str, shop: Shop
) -> tuple[TypedGoods, ...] | None:
    """The goods that were sent; None where they stay as they stand."""
    if sent.goods is not None:
        return standing_goods(sent.goods, currency, shop)
    return typed_goods(sent.typed) if sent.typed.keys() & {*SAVED_OF_GOODS} else None


def _sum_of_changed(
    entry: EntryForm, form: EntryForm, rows: tuple[TypedGoods, ...], shop: Shop
) -> dict[str, str]:
    """An amount that is as it stood follows other goods. Without goods any more it stays."""
    is_as_it_stood = _is_same(entry.amount, form.amount, shop)
    return {"amount": ""} if rows and rows != form.goods and is_as_it_stood else {}


def _exchange_of(given: Mapping[str, str], form: EntryForm, shop: Shop) -> dict[str, str]:
    """What follows for the amounts and the rate that are as they stood.

    One of the three that alone is another one makes its `FOLLOWERS`. Without a currency handed over
    they go as they stood.
    """
    stood = {name: getattr(form, name) for name in ("amount", *EXCHANGED)}
    same = {name for name, text in stood.items() if _is_same(given.get(name, text), text, shop)}
    if given.get("paid_currency") == "":
        return dict.fromkeys(same & {"paid_amount", "rate"}, "")
    changed = [name for name in stood if name not in same and given[name].strip()]
    if form.paid_currency and len(changed) == 1 and len(same) == len(stood) - 1:
        return {name: "" for one in changed if (name := FOLLOWERS.get(one))}
    return {}


def _is_same(typed: str, stood: str, shop: Shop) -> bool:
    """Whether it is the same text, or the same number: 150 and 150.00."""
    if typed.strip() == stood:
        return True
    try:
        return _number(typed, shop) == _number(stood, shop)
    except Refusal:
        return False


def _number(text: str, shop: Shop) -> tuple[str, str]:
    whole, part = read_decimal(text, shop.notation)
    return whole.lstrip("0"), part.rstrip("0")


def _standing(old: Entry, texts: Texts, goods: Goods, shop: Shop) -> EntryForm:
    note, taker, paid_by = texts
    paid = old.exchange
    side = Side.OWES if old.effect_minor > 0 else Side.OWED
    return EntryForm(
        kind=old.kind,
        amount=amount_text(old.amount_minor, old.currency, shop),
        currency=old.currency,
        occurred_on=old.occurred_on.isoformat(),
        due_on=old.due_on.isoformat() if old.due_on else "",
        side=side if old.kind is Kind.OPENING else "",
        method=old.method or "",
        for_=old.for_id or "",
        note=note,
        taker=taker,
        paid_by=paid_by,
        paid_amount=amount_text(paid.paid_minor, paid.paid_currency, shop) if paid else "",
        paid_currency=paid.paid_currency if paid else "",
        rate=rate_text(paid.rate_e8, shop) if paid else "",
        rate_of=paid.rate_of if paid else "",
        goods=standing_goods(goods, old.currency, shop),
    )
