"""The verbs of customers on a real encrypted file."""

from datetime import date

import msgspec
import pytest

from daftari.activity.store import about
from daftari.customers.actions import (
    add_customer,
    change_customer,
    freeze_customer,
    get_customer,
    set_account_summary,
    unfreeze_customer,
)
from daftari.customers.rules import AccountSummary, CustomerRole, Details, search_words
from daftari.customers.rules.commands import AddCustomer, ChangeCustomer
from daftari.customers.tables import customers
from daftari.kernel.ids import new_id
from daftari.kernel.refusal import Conflict, Missing, Refusal
from tests.integration.conftest import NOW

ABU_ALI = Details("عليّ الخباز", "أبو علي", "+966501234567", credit_limit_minor=50000)


async def added(book, details=ABU_ALI, **more):
    command = AddCustomer(new_id(), details, **more)
    await book.do(add_customer, command)
    return command


async def verbs_about(book, customer_id):
    return [act["verb"] for act in await book.read(about, customer_id)]


async def test_a_customer_is_written_with_all_that_was_said(book):
    command = AddCustomer(new_id(), ABU_ALI)
    answer = await book.do(add_customer, command)
    assert (answer.answer, answer.customer_id) == ("written", command.id)
    customer = await book.read(get_customer, command.id)
    assert customer.details == ABU_ALI
    assert (customer.source, customer.created_at, customer.last_entry_at) == ("typed", NOW, None)
    assert await verbs_about(book, command.id) == ["add_customer"]


async def test_the_same_customer_sent_twice_is_one(book):
    command = await added(book)
    assert (await book.do(add_customer, command)).answer == "known"
    assert await verbs_about(book, command.id) == ["add_customer"]


async def test_sent_again_after_a_change_it_is_still_known(book):
    command = await added(book)
    await book.do(change_customer, ChangeCustomer(command.id, {"name": "علي الفران"}))
    assert (await book.do(add_customer, command)).answer == "known"
    assert (await book.read(get_customer, command.id)).details.name == "علي الفران"


async def test_sent_again_after_a_namesake_came_it_is_still_known(book):
    command = await added(book)
    await added(book, same_name_ok=True)
    assert (await book.do(add_customer, command)).answer == "known"


async def test_the_same_id_with_other_details_is_a_loud_conflict(book):
    command = await added(book)
    other = AddCustomer(command.id, Details("سالم"))
    with pytest.raises(Conflict) as conflict:
        await book.do(add_customer, other)
    assert conflict.value.reasons["form"].name == "customer_conflict"
    assert (await book.read(get_customer, command.id)).details == ABU_ALI


async def test_a_second_one_of_the_same_name_is_asked_about_first(book):
    await added(book)
    spelt_otherwise = AddCustomer(new_id(), Details("على الخبّاز"))
    with pytest.raises(Refusal) as refusal:
        await book.do(add_customer, spelt_otherwise)
    assert refusal.value.reasons["form"].name == "same_name"
    knowing = AddCustomer(spelt_otherwise.id, spelt_otherwise.details, same_name_ok=True)
    assert (await book.do(add_customer, knowing)).answer == "written"


async def test_who_only_sells_sets_no_limit(book, cashier):
    with pytest.raises(Refusal) as refusal:
        await book.do(add_customer, AddCustomer(new_id(), ABU_ALI), by=cashier)
    assert refusal.value.reasons["form"].name == "terms_not_allowed"
    plain = AddCustomer(new_id(), Details("سالم"))
    assert (await book.do(add_customer, plain, by=cashier)).answer == "written"


async def test_who_only_sells_changes_no_limit_and_may_send_it_back_as_it_was(book, cashier):
    command = await added(book)
    more = ChangeCustomer(command.id, {"credit_limit_minor": 10**9})
    with pytest.raises(Refusal):
        await book.do(change_customer, more, by=cashier)
    same = {"credit_limit_minor": 50000, "nickname": "الخباز"}
    await book.do(change_customer, ChangeCustomer(command.id, same), by=cashier)
    assert (await book.read(get_customer, command.id)).details.nickname == "الخباز"


async def test_a_change_is_noted_with_the_old_and_the_new(book):
    command = await added(book)
    changes = {"name": "علي الفران", "phone": None, "nickname": "أبو علي"}
    await book.do(change_customer, ChangeCustomer(command.id, changes))
    customer = await book.read(get_customer, command.id)
    assert (customer.details.name, customer.details.phone) == ("علي الفران", None)
    newest = (await book.read(about, command.id))[0]
    assert newest["verb"] == "change_customer"
    assert msgspec.json.decode(newest["details"]) == {
        "name": ["عليّ الخباز", "علي الفران"],
        "phone": ["+966501234567", None],
    }


async def test_a_change_that_changes_nothing_is_not_noted(book):
    command = await added(book)
    await book.do(change_customer, ChangeCustomer(command.id, {"name": "عليّ الخباز"}))
    assert await verbs_about(book, command.id) == ["add_customer"]


async def test_who_changed_the_name_is_found_by_the_new_one(book):
    command = await added(book)
    await book.do(change_customer, ChangeCustomer(command.id, {"name": "سعيد"}))

    def keys(tx):
        row = customers.select().where(customers.c.id == command.id)
        return tx.execute(row).mappings().one()

    row = await book.read(keys)
    assert row["name_key"] == "سعيد"
    assert all(word in row["search_key"] for word in search_words("سعيد ابو علي 4567"))
    assert "خباز" not in row["search_key"]


async def test_the_side_of_the_counter_stays_once_something_is_written(book):
    command = await added(book)
    supplier = ChangeCustomer(command.id, {"role": CustomerRole.SUPPLIER})
    await book.do(change_customer, supplier)
    await book.write(stand_after_an_entry, command.id)
    back = ChangeCustomer(command.id, {"role": CustomerRole.CUSTOMER})
    with pytest.raises(Refusal) as refusal:
        await book.do(change_customer, back)
    assert refusal.value.reasons["role"].name == "role_has_entries"
    await book.do(change_customer, supplier)


async def test_freezing_says_who_and_when_and_is_noted_once(book):
    command = await added(book)
    await book.do(freeze_customer, command.id)
    book.clock.move(hours=1)
    await book.do(freeze_customer, command.id)
    assert (await book.read(get_customer, command.id)).frozen_at == NOW
    await book.do(unfreeze_customer, command.id)
    await book.do(unfreeze_customer, command.id)
    assert (await book.read(get_customer, command.id)).frozen_at is None
    noted = ["unfreeze_customer", "freeze_customer", "add_customer"]
    assert await verbs_about(book, command.id) == noted


async def test_the_standing_is_what_the_ledger_says(book):
    command = await added(book)
    await book.write(stand_after_an_entry, command.id)

    def standing(tx):
        return tx.execute(customers.select()).mappings().one()

    row = await book.read(standing)
    assert (row["balance_minor"], row["oldest_due_on"]) == (750, date(2026, 12, 1))
    assert (row["last_entry_at"], row["last_payment_on"]) == (NOW, None)


@pytest.mark.parametrize("customer_id", ["01a20700-0000-7000-8000-000000000009", "not an id", ""])
async def test_whoever_is_not_there_is_missing(book, customer_id):
    with pytest.raises(Missing):
        await book.read(get_customer, customer_id)
    for verb in (freeze_customer, unfreeze_customer):
        with pytest.raises(Missing):
            await book.do(verb, customer_id)
    with pytest.raises(Missing):
        await book.do(change_customer, ChangeCustomer(customer_id, {"name": "س"}))
    with pytest.raises(Missing):
        await book.write(stand_after_an_entry, customer_id)


def stand_after_an_entry(tx, customer_id):
    set_account_summary(tx, customer_id, AccountSummary(750, date(2026, 12, 1), NOW, None))
