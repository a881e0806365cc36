"""The form of an entry, and readers of fields that other forms of the book share."""

from dataclasses import dataclass, fields
from datetime import date
from typing import TypeVar

from daftari.idempotency.rules import RequestKey
from daftari.identity.rules import Shop
from daftari.kernel.forms import (
    Readings,
    TextForm,
    Typed,
    read_choice,
    read_day,
    read_id,
    read_words,
)
from daftari.kernel.money import CURRENCIES, parse_amount
from daftari.kernel.refusal import Refusal
from daftari.ledger.rules.commands import RecordEntry, ReverseEntry
from daftari.ledger.rules.keys import entry_key
from daftari.ledger.rules.kinds import TYPED_KINDS, Kind, Method, Side

LONGEST_NOTE = 300
LONGEST_NAME = 80

SAVED_OF_REVERSAL = ("id", "reason")

Choice = TypeVar("Choice", Kind, Side, Method)


@dataclass(frozen=True, slots=True)
class EntryForm(TextForm):
    """The entry form as typed. `due_choice`: a named day, used when no due date was typed."""

    id: str = ""
    kind: str = Kind.DEBT
    amount: str = ""
    currency: str = ""
    occurred_on: str = ""
    due_on: str = ""
    due_choice: str = ""
    side: str = ""
    method: str = ""
    note: str = ""
    taker: str = ""
    paid_by: str = ""

    def key(self, shop: Shop, customer_id: str) -> RequestKey:
        """The idempotency key of the form, whatever it is worth today."""
        form = Readings()
        return entry_key(self._read(form, shop, customer_id)).without(form.refused)

    def command(self, shop: Shop, customer_id: str, today: date) -> RecordEntry:
        """The command of the form. Raises one `Refusal` with a reason for each wrong field."""
        form = Readings()
        command = self._read(form, shop, customer_id)
        form.read("occurred_on", lambda: _refuse_future(command.occurred_on, today), None)
        if "occurred_on" not in form.refused:
            form.read("due_on", lambda: _refuse_due_before(command, today), None)
        form.settle()
        return command

    def _read(self, form: Readings, shop: Shop, customer_id: str) -> RecordEntry:
        """The entry before it is held against today."""
        code = self.currency or shop.currency
        currency = form.read("currency", lambda: read_currency(code), shop.currency)
        decimals = CURRENCIES[currency].decimals
        return RecordEntry(
            id=form.read("form", lambda: read_id(self.id), ""),
            customer_id=customer_id,
            kind=form.read("kind", lambda: _read_kind(self.kind), Kind.DEBT),
            amount_minor=form.read(
                "amount", lambda: parse_amount(self.amount, decimals, shop.notation), 1
            ),
            currency=currency,
            occurred_on=form.read("occurred_on", lambda: read_day(self.occurred_on), None),
            due_on=form.read("due_on", lambda: read_day(self.due_on or self.due_choice), None),
            side=form.read("side", lambda: _read_one(self.side, Side, "side_unknown"), None),
            method=form.read(
                "method", lambda: _read_one(self.method, Method, "method_unknown"), None
            ),
            note=form.read("note", lambda: read_words(self.note, LONGEST_NOTE), ""),
            taker=form.read("taker", lambda: read_words(self.taker, LONGEST_NAME), ""),
            paid_by=form.read("paid_by", lambda: read_words(self.paid_by, LONGEST_NAME), ""),
        )


SAVED_OF_ENTRY = (*(field.name for field in fields(EntryForm)), "photo")


def read_reversal(typed: Typed, entry_id: str) -> ReverseEntry:
    """The reversal of an entry from a form. Raises Refusal: id_not_an_id, words_too_long."""
    form = Readings()
    command = ReverseEntry(
        id=form.read("form", lambda: read_id(typed.get("id", "")), ""),
        entry_id=entry_id,
        reason=form.read("reason", lambda: read_words(typed.get("reason", ""), LONGEST_NOTE), ""),
    )
    form.settle()
    return command


def read_currency(code: str) -> str:
    """The currency code. Raises Refusal(choice='currency_unknown')."""
    return read_choice(code, CURRENCIES, "currency_unknown")


def _refuse_future(day: date | None, today: date) -> None:
    if day is not None and day > today:
        raise Refusal(occurred_on="date_in_future")


def _refuse_due_before(command: RecordEntry, today: date) -> None:
    if command.due_on is not None and command.due_on < (command.occurred_on or today):
        raise Refusal(due_on="due_before_debt")


def _read_kind(text: str) -> Kind:
    return Kind(read_choice(text, TYPED_KINDS, "kind_unknown"))


def _read_one(text: str, choices: type[Choice], refused: str) -> Choice | None:
    return choices(read_choice(text, tuple(choices), refused)) if text else None
