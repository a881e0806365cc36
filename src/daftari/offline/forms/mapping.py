"""Commands from items, validated by the same forms as the pages."""

import hashlib
from dataclasses import replace
from datetime import date

import msgspec
from msgspec import UNSET, UnsetType

from daftari.customers.forms import CustomerForm, read_change, read_new
from daftari.customers.forms.consent import ConsentForm, read_agreed
from daftari.customers.rules import Source
from daftari.customers.rules.commands import AddCustomer, ChangeCustomer
from daftari.identity.rules import Member, Shop
from daftari.kernel.money import CURRENCIES, format_amount
from daftari.ledger.forms import EntryForm, read_reversal
from daftari.ledger.rules.commands import RecordEntry, ReverseEntry
from daftari.offline.forms.items import ChangeItem, CustomerItem, EntryItem, Item, ReversalItem


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
    shop = member.shop
    form = CustomerForm(
        id=item.id,
        name=item.name,
        nickname=item.nickname,
        phone=item.phone,
        role=item.role,
        note=item.note,
        credit_limit=_limit(item.credit_limit_minor, shop),
        due_days=_number(item.due_days),
        payday=item.payday,
        email=item.email,
        language=item.language,
    )
    command = read_new(form, shop)
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
    form = CustomerForm(
        name=name if item.name is UNSET else item.name,
        nickname=_text(item.nickname),
        phone=_text(item.phone),
        role=_text(item.role),
        note=_text(item.note),
        credit_limit=None if (v := item.credit_limit_minor) is UNSET else _limit(v, shop),
        due_days=None if (v := item.due_days) is UNSET else _number(v),
        payday=_text(item.payday),
        email=_text(item.email),
        language=_text(item.language),
    )
    return read_change(form, shop, item.customer_id)


def digest_of(item: ChangeItem) -> bytes:
    """The digest of a change's content, to compare two changes with the same id."""
    values = msgspec.structs.asdict(item)
    content = [(name, values[name]) for name in _CONTENT if values[name] is not UNSET]
    return hashlib.sha256(msgspec.json.encode(content)).digest()


_CONTENT = sorted(set(ChangeItem.__struct_fields__) - set(Item.__struct_fields__))


def _limit(minor: int | None, shop: Shop) -> str:
    if minor is None:
        return ""
    return format_amount(minor, shop.money.decimals, notation=shop.notation)


def _number(days: int | None) -> str:
    return "" if days is None else str(days)


def _text(text: str | UnsetType) -> str | None:
    return None if text is UNSET else text
