"""Commands from items, validated by the same forms as the pages."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import msgspec
from msgspec import UNSET
from msgspec.structs import astuple

from daftari.customers.forms import CustomerForm, key_of_new, read_new, text_of
from daftari.customers.forms.consent import ConsentForm, read_agreed
from daftari.customers.rules import DETAILS, Source
from daftari.customers.rules.commands import AddCustomer
from daftari.idempotency.rules import RequestKey
from daftari.identity.rules import Member, Shop
from daftari.ledger.forms import (
    EntryForm,
    EntryReading,
    SubmittedCorrection,
    SubmittedEntry,
    read_reversal,
)
from daftari.ledger.forms.correction import CHANGEABLE
from daftari.ledger.forms.draft import Draft
from daftari.ledger.forms.exchange import amount_text, rate_text
from daftari.ledger.forms.goods import standing_goods
from daftari.ledger.rules.commands import RecordEntry, ReverseEntry
from daftari.ledger.rules.goods import Goods, GoodsRow
from daftari.offline.forms.items import (
    CorrectionItem,
    CustomerItem,
    DetailValues,
    EntryItem,
    GoodsOfItem,
    ReversalItem,
)


def read_entry(item: EntryItem, shop: Shop) -> EntryReading:
    """What an entry item says; its key is that of the form that says the same."""
    return _entry_form(item, shop).read(shop, item.customer_id)


def entry_of(item: EntryItem, said: EntryReading, born_on: date, today: date) -> RecordEntry:
    """The command of an entry item, validated on the day the item was made. Raises what
    `EntryReading.command` raises.

    The command has `occurred_on` only where the item names it: the same item gives the same command
    whenever it arrives.
    """
    if item.occurred_on:
        return said.command(today)
    dated = replace(said, entry=replace(said.entry, occurred_on=born_on))
    return replace(dated.command(today), occurred_on=None)


def draft_of(item: EntryItem | ReversalItem | CorrectionItem, shop: Shop, born_on: date) -> Draft:
    """The form of an item that asks for approval, as it is kept until that is answered."""
    if isinstance(item, EntryItem):
        return SubmittedEntry(item.customer_id, _entry_form(item, shop), born_on)
    return reversal_of(item) if isinstance(item, ReversalItem) else correction_of(item)


def _entry_form(item: EntryItem, shop: Shop) -> EntryForm:
    return EntryForm(
        id=item.id,
        kind=item.kind,
        amount=amount_text(item.amount_minor, item.currency, shop),
        currency=item.currency,
        occurred_on=item.occurred_on,
        due_on=item.due_on,
        side=item.side,
        method=item.method,
        for_=item.for_id,
        paid_amount=amount_text(item.paid_minor, item.paid_currency, shop),
        paid_currency=item.paid_currency,
        rate=rate_text(item.rate_e8, shop),
        rate_of=item.rate_of,
        note=item.note,
        taker=item.taker,
        paid_by=item.paid_by,
        branch=item.branch,
        goods=standing_goods(_goods_of(item.goods), item.currency, shop),
    )


def _goods_of(rows: Sequence[GoodsOfItem]) -> Goods:
    return tuple(GoodsRow(*astuple(row)) for row in rows)


def reversal_of(item: ReversalItem) -> ReverseEntry:
    return read_reversal({"id": item.id, "reason": item.reason}, item.entry_id)


def correction_of(item: CorrectionItem) -> SubmittedCorrection:
    """The correction form of an item: what it contains, as typed."""
    fields = msgspec.structs.fields(item)
    said = {field.encode_name: getattr(item, field.name) for field in fields}
    typed = {name: value for name in CHANGEABLE if isinstance(value := said.get(name), str)}
    ids = {"id": item.id, "reversal_id": item.reversal_id}
    goods = None if item.goods is None else _goods_of(item.goods)
    return SubmittedCorrection(
        item.entry_id, typed | ids, item.amount_minor, item.paid_minor, item.rate_e8, goods
    )


def addition_key_of(item: CustomerItem, shop: Shop) -> RequestKey:
    """The key of a customer item: the key of the form that says the same."""
    return key_of_new(_customer_form(item, shop), shop)


def addition_of(item: CustomerItem, member: Member) -> AddCustomer:
    """The command of a customer item. Raises what `read_new` and `read_agreed` raise."""
    command = read_new(_customer_form(item, member.shop), member.shop)
    agreed = read_agreed(_consents_of(item), member.person.language)
    return AddCustomer(command.id, command.details, Source.SYNC, item.same_name_ok, agreed)


def _customer_form(item: CustomerItem, shop: Shop) -> CustomerForm:
    return CustomerForm(texts=_texts_of(item.details, shop), id=item.id)


def _consents_of(item: CustomerItem) -> ConsentForm:
    """The consents of a customer item, as the form of the page gives them."""
    asked = {} if item.agreed is None else {"consents": "asked", "consent_how": item.consent_how}
    return ConsentForm.typed(
        {**asked, **{f"agreed_{opt_in}": "yes" for opt_in in item.agreed or ()}}
    )


def _texts_of(values: DetailValues, shop: Shop) -> dict[str, str]:
    """The details of an item as the form of the page gives them."""
    return {
        detail.name: value if isinstance(value, str) else text_of(detail, value, shop)
        for detail in DETAILS
        if (value := values.get(detail.column, UNSET)) is not UNSET
    }
