"""Commands from items, validated by the same forms as the pages."""

import hashlib
from dataclasses import replace
from datetime import date

import msgspec
from msgspec import UNSET

from daftari.customers.forms import CustomerForm, read_change, read_new, text_of
from daftari.customers.forms.consent import ConsentForm, read_agreed
from daftari.customers.rules import DETAILS, Source
from daftari.customers.rules.commands import AddCustomer, ChangeCustomer
from daftari.identity.rules import Member, Shop
from daftari.kernel.money import CURRENCIES, format_amount
from daftari.ledger.forms import EntryForm, read_reversal
from daftari.ledger.rules.commands import RecordEntry, ReverseEntry
from daftari.offline.forms.items import (
    ChangeItem,
    CustomerItem,
    DetailValues,
    EntryItem,
    ReversalItem,
)


def entry_of(item: EntryItem, shop: Shop, born_on: date, today: date) -> RecordEntry:
    """The command of an entry item, validated on the day the item was made. Raises what `EntryForm`
    raises.

    The command has `occurred_on` only where the item names it: the same item gives the same command
    whenever it arrives.
    """
    currency = CURRENCIES.get(item.currency, shop.money)
    form = EntryForm(
        id=item.id,
        kind=item.kind,
        amount=format_amount(item.amount_minor, currency.decimals, notation=shop.notation),
        currency=item.currency,
        occurred_on=item.occurred_on or born_on.isoformat(),
        due_on=item.due_on,
        side=item.side,
        method=item.method,
        note=item.note,
        taker=item.taker,
        paid_by=item.paid_by,
    )
    command = form.command(shop, item.customer_id, today)
    return command if item.occurred_on else replace(command, occurred_on=None)


def reversal_of(item: ReversalItem) -> ReverseEntry:
    return read_reversal({"id": item.id, "reason": item.reason}, item.entry_id)


def addition_of(item: CustomerItem, member: Member) -> AddCustomer:
    """The command of a customer item. Raises what `read_new` and `read_agreed` raise."""
    form = CustomerForm(texts=_texts_of(item.details, member.shop), id=item.id)
    command = read_new(form, member.shop)
    agreed = read_agreed(_consents_of(item), member.person.language)
    return AddCustomer(command.id, command.details, Source.SYNC, item.same_name_ok, agreed)


def _consents_of(item: CustomerItem) -> ConsentForm:
    """The consents of a customer item, as the form of the page gives them."""
    asked = {} if item.agreed is None else {"consents": "asked", "consent_how": item.consent_how}
    return ConsentForm.typed(
        {**asked, **{f"agreed_{opt_in}": "yes" for opt_in in item.agreed or ()}}
    )


def change_of(item: ChangeItem, shop: Shop, name: str) -> ChangeCustomer:
    """The command of a change item. `name`: the customer's current name. Raises what `read_change`
    raises.
    """
    form = CustomerForm(texts={"name": name} | _texts_of(item.details, shop))
    return read_change(form, shop, item.customer_id)


def _texts_of(values: DetailValues, shop: Shop) -> dict[str, str]:
    """The details of an item as the form of the page gives them."""
    return {
        detail.name: value if isinstance(value, str) else text_of(detail, value, shop)
        for detail in DETAILS
        if (value := values.get(detail.column, UNSET)) is not UNSET
    }


def digest_of(item: ChangeItem) -> bytes:
    """The digest of a change's content, to compare two changes with the same id."""
    content = sorted({"customer_id": item.customer_id, **item.details}.items())
    return hashlib.sha256(msgspec.json.encode(content)).digest()
