"""Adding, changing, freezing, archiving a customer; storing the account summary for the ledger."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Literal

from daftari.activity.actions import AuditRecord, note_action, note_in_shop
from daftari.customers.actions.consent import add_agreed, end_for_address
from daftari.customers.actions.currency import refuse_other_currency
from daftari.customers.forms import SubmittedCustomer, key_of_new, read_new
from daftari.customers.forms.consent import read_agreed
from daftari.customers.rules import (
    DETAILS,
    AccountSummary,
    Customer,
    Details,
    customer_key,
    differences,
    refuse_change,
    refuse_terms,
    search_key,
    values_of,
)
from daftari.customers.rules.commands import AddCustomer, ChangeCustomer
from daftari.customers.rules.consent import channels_of, refuse_opt_ins
from daftari.customers.store import customer as store
from daftari.db.base import ReadTx, WriteTx
from daftari.idempotency.actions import claim_key
from daftari.identity.rules import Member
from daftari.kernel.arabic import fold, text_key
from daftari.kernel.ids import new_id
from daftari.kernel.refusal import Missing, Refusal


@dataclass(frozen=True, slots=True)
class Added:
    """The result of adding a customer. `known`: sent before, nothing was written now."""

    answer: Literal["written", "known"]
    customer_id: str


def get_customer(tx: ReadTx, customer_id: str) -> Customer:
    """The customer. Raises `Missing` for an unknown id."""
    customer = store.find(tx, customer_id)
    if customer is None:
        raise Missing(customer_id)
    return customer


def add_customer(tx: WriteTx, member: Member, at: datetime, command: AddCustomer) -> Added:
    """Add a customer. Idempotent by its id.

    Raises Conflict(form='customer_conflict') for a known id with other details,
    Refusal(form='same_name') when another customer has this name and the command does not allow it,
    Refusal(form='terms_not_allowed').
    """
    if not claim_key(tx, at, customer_key(command.id, command.details)):
        return Added("known", command.id)
    return add_new_customer(tx, member, at, command)


def submit_customer(tx: WriteTx, member: Member, at: datetime, sent: SubmittedCustomer) -> Added:
    """Add the customer of a form; its id is looked up before the form is judged.

    Raises what `read_new`, `read_agreed` and `add_customer` raise.
    """
    form = sent.form if sent.form.id is not None else replace(sent.form, id=new_id())
    key = key_of_new(form, member.shop)
    if not claim_key(tx, at, key):
        return Added("known", key.id)
    agreed = read_agreed(sent.consents, member.person.language)
    command = replace(read_new(form, member.shop), source=sent.source, agreed=agreed)
    return add_new_customer(tx, member, at, command)


def add_new_customer(tx: WriteTx, member: Member, at: datetime, command: AddCustomer) -> Added:
    """Add a customer whose key the caller has claimed."""
    refuse_terms(member, command.details)
    if command.details.credit_limit_minor is not None:
        refuse_other_currency(tx, member.shop.currency)
    if not command.same_name_ok and store.same_name(tx, fold(command.details.name)):
        raise Refusal(form="same_name")
    refuse_opt_ins(command.details, command.agreed.opt_ins if command.agreed else ())
    store.insert_customer(tx, _row(member, at, command))
    note_action(tx, member, at, "add_customer", command.id)
    if command.agreed and command.agreed.opt_ins:
        add_agreed(tx, member, at, command.id, command.agreed)
    return Added("written", command.id)


def change_customer(tx: WriteTx, member: Member, at: datetime, command: ChangeCustomer) -> None:
    """Store changed details, with old and new values in the audit log; nothing when nothing
    changed.

    Consents for an old address end. Raises `Missing`, Refusal(role='role_has_entries'),
    Refusal(form='terms_not_allowed'), `Stale` for what others changed since it was seen.
    """
    customer = get_customer(tx, command.customer_id)
    details = _changed(customer.details, command)
    changes = differences(customer.details, details)
    readdressed = channels_of(changes)
    if changes:
        refuse_change(member, customer, changes)
        if "credit_limit_minor" in changes:
            refuse_other_currency(tx, member.shop.currency)
        store.change(tx, customer.id, asdict(details) | _keys(details))
        note_action(tx, member, at, "change_customer", customer.id, changes)
    if readdressed:
        end_for_address(tx, member, at, customer.id, readdressed)


def freeze_customer(tx: WriteTx, member: Member, at: datetime, customer_id: str) -> None:
    """Freeze a customer: the ledger refuses new debts. Raises `Missing`."""
    customer = get_customer(tx, customer_id)
    if customer.frozen_at is None:
        store.set_frozen(tx, customer.id, at, member.person.id)
        note_action(tx, member, at, "freeze_customer", customer.id)


def unfreeze_customer(tx: WriteTx, member: Member, at: datetime, customer_id: str) -> None:
    """Unfreeze a customer: new debts are allowed again. Raises `Missing`."""
    customer = get_customer(tx, customer_id)
    if customer.frozen_at is not None:
        store.set_frozen(tx, customer.id, None, None)
        note_action(tx, member, at, "unfreeze_customer", customer.id)


def mark_archived(
    tx: WriteTx, member: Member, at: datetime, customer_id: str, into: str | None = None
) -> None:
    """Take a customer out of the list and the search; the ledger says whether he may be. `into`:
    as in the store. Raises `Missing`.
    """
    customer = get_customer(tx, customer_id)
    if customer.archived_at is None or into is not None:
        details = {"into": into} if into else None
        store.set_archived(tx, customer.id, at, member.person.id, into)
        note_action(tx, member, at, "archive_customer", customer.id, details)


def unarchive_customer(tx: WriteTx, member: Member, at: datetime, customer_id: str) -> None:
    """Bring a customer back into the list. Raises `Missing`."""
    customer = get_customer(tx, customer_id)
    if customer.archived_at is not None:
        store.set_archived(tx, customer.id, None, None)
        note_action(tx, member, at, "unarchive_customer", customer.id)


def bring_back(tx: WriteTx, record: AuditRecord) -> None:
    """Bring an archived customer back by a new entry, in its transaction."""
    store.set_archived(tx, record.subject_id, None, None)
    note_in_shop(tx, record)


def set_account_summary(tx: WriteTx, customer_id: str, standing: AccountSummary) -> None:
    """Store the account summary after an entry; called by the ledger in the entry's transaction.
    Raises `Missing` for an unknown customer.
    """
    if not store.set_account_summary(tx, customer_id, standing):
        raise Missing(customer_id)


def _changed(details: Details, command: ChangeCustomer) -> Details:
    columns = {detail.name: detail.column for detail in DETAILS}
    typed = {
        name: command.changes[column]
        for name, column in columns.items()
        if column in command.changes
    }
    changes = command.seen.changes(typed, values_of(details))
    return replace(details, **{columns[name]: value for name, value in changes.items()})


def _row(member: Member, at: datetime, command: AddCustomer) -> dict[str, Any]:
    details = command.details
    born = {"id": command.id, "source": command.source, "created_at": at}
    return asdict(details) | _keys(details) | born | {"created_by": member.person.id}


def _keys(details: Details) -> dict[str, str]:
    return {
        "name_key": fold(details.name),
        "search_key": search_key(details),
        "note_key": text_key(details.note),
    }
