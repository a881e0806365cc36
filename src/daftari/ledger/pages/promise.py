"""The sheet to record a promise."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from daftari.db.base import ReadTx
from daftari.identity.rules import Member
from daftari.kernel.ids import is_id, new_id
from daftari.kernel.refusal import Missing, Reason
from daftari.ledger.forms import PromiseForm
from daftari.ledger.pages.parts import BalanceView
from daftari.ledger.rules.due_days import DayChoice, promise_choices
from daftari.ledger.rules.kinds import direction
from daftari.ledger.store import account

BACK_TO = {"due": "/due", "suppliers": "/due/suppliers"}
"""The due lists from which the sheet is opened, and to which it returns."""


@dataclass(frozen=True, slots=True)
class PromisePage:
    """View model of the sheet. `owed`: amounts that can be promised, by currency.

    `back`: the page to return to, a list of `BACK_TO`, else the customer's.
    """

    action: str
    back: str
    back_href: str
    name: str
    is_supplier: bool
    owed: tuple[BalanceView, ...]
    form: PromiseForm
    reasons: Mapping[str, Reason]
    day_choices: tuple[DayChoice, ...]
    today: date


def new_promise() -> PromiseForm:
    """An empty form with a new id, so that submitting it twice makes one promise."""
    return PromiseForm(id=new_id())


def promise_page(
    tx: ReadTx,
    member: Member,
    today: date,
    customer_id: str,
    form: PromiseForm,
    reasons: Mapping[str, Reason],
    back: str,
) -> PromisePage:
    """The sheet. Raises `Missing` for an unknown customer."""
    customer = account.find_customer(tx, customer_id)
    if customer is None:
        raise Missing(customer_id)
    owing = direction(customer.role)
    owed = tuple(
        BalanceView.of(row.balance_minor, row.currency)
        for row in account.find_balances(tx, customer_id)
        if row.balance_minor * owing > 0
    )
    codes = [view.currency for view in owed]
    main = member.shop.currency
    usual = main if main in codes or not codes else codes[0]
    is_spent = "form" in reasons and reasons["form"].name == "promise_conflict"
    return PromisePage(
        action=f"{member.shop.home}/customers/{customer_id}/promises",
        back=back,
        back_href=back_href(member, customer_id, back),
        name=customer.name,
        is_supplier=customer.role == "supplier",
        owed=owed,
        form=replace(
            form,
            id=new_id() if is_spent or not is_id(form.id) else form.id,
            currency=form.currency if form.currency in codes else usual,
        ),
        reasons=reasons,
        day_choices=promise_choices(customer.payday, member.shop, today),
        today=today,
    )


def back_href(member: Member, customer_id: str, back: str) -> str:
    home = member.shop.home
    return f"{home}{BACK_TO.get(back, f'/customers/{customer_id}/due')}"
