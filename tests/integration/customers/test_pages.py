"""Customers through the door: what is typed, what comes back."""

import re

import pytest

from daftari.customers.actions import add_customer, get_customer
from daftari.customers.rules import Details
from daftari.customers.rules.commands import AddCustomer
from daftari.customers.tables import customers
from daftari.identity.rules import Role
from daftari.kernel.ids import is_id, new_id
from tests.integration.customers.conftest import Visitor, hire, visitor


@pytest.fixture
async def abu_ali(book) -> str:
    details = Details("أبو علي الخباز", phone="+966501234567", credit_limit_minor=50000)
    command = AddCustomer(new_id(), details)
    await book.do(add_customer, command)
    return command.id


async def how_many(book) -> int:
    return len(await book.read(lambda tx: tx.execute(customers.select()).all()))


def errors(answer) -> list[str]:
    return re.findall(r'data-error="(\w+)"', answer.text)


def value_of(answer, field: str) -> str:
    found = re.search(rf'name="{field}"[^>]* value="([^"]*)"', answer.text)
    assert found, field
    return found.group(1)


async def test_a_new_customer_is_one_form_away(umm_salim, book):
    page = await umm_salim.get("/customers/new?name=أبو علي")
    assert page.status_code == 200
    assert value_of(page, "name") == "أبو علي"
    customer_id = value_of(page, "id")
    assert is_id(customer_id)
    answer = await umm_salim.post("/customers", id=customer_id, name="أبو علي", phone="٠٥٠١٢٣٤٥٦٧")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/s/{book.shop_id}/customers/{customer_id}"
    customer = await book.read(get_customer, customer_id)
    assert customer.details == Details("أبو علي", phone="+966501234567")


async def test_the_same_form_sent_twice_is_one_customer(umm_salim, book):
    typed = {"id": new_id(), "name": "أبو علي"}
    first, second = [await umm_salim.post("/customers", **typed) for _ in range(2)]
    assert first.status_code == second.status_code == 303
    assert first.headers["location"] == second.headers["location"]
    assert await how_many(book) == 1


async def test_a_form_without_an_id_is_given_one(umm_salim, book):
    answer = await umm_salim.post("/customers", name="أبو علي")
    assert answer.status_code == 303
    assert is_id(answer.headers["location"].rsplit("/", 1)[1])


async def test_what_was_typed_comes_back_with_the_reason_beside_it(umm_salim, book):
    typed = {"id": new_id(), "name": " ", "phone": "٠٥٠", "note": "جار", "credit_limit": "كثير"}
    answer = await umm_salim.post("/customers", **typed)
    assert answer.status_code == 422
    reasons = ["name_missing", "phone_not_a_phone", "amount_not_a_number"]
    assert errors(answer) == reasons
    assert value_of(answer, "phone") == "٠٥٠"
    assert value_of(answer, "id") == typed["id"]
    assert "<details" in answer.text
    assert re.search(r'<details class="form-more" open>', answer.text)
    assert await how_many(book) == 0


async def test_the_same_name_is_asked_about_and_then_added(umm_salim, book, abu_ali):
    typed = {"id": new_id(), "name": "ابو على الخباز", "nickname": "الصغير"}
    answer = await umm_salim.post("/customers", **typed)
    assert answer.status_code == 422
    assert errors(answer) == ["same_name"]
    assert f"/s/{book.shop_id}/customers/{abu_ali}" in answer.text
    assert "+966 50 123 4567" in answer.text
    assert "أضفه مع ذلك" in answer.text
    assert (value_of(answer, "id"), value_of(answer, "nickname")) == (typed["id"], "الصغير")
    again = await umm_salim.post(
        "/customers", **typed, same_name_ok=value_of(answer, "same_name_ok")
    )
    assert again.status_code == 303
    assert await how_many(book) == 2


async def test_an_id_that_is_none_gives_way_to_a_good_one(umm_salim):
    answer = await umm_salim.post("/customers", id="1", name="أبو علي")
    assert answer.status_code == 422
    assert errors(answer) == ["id_not_an_id"]
    assert is_id(value_of(answer, "id"))


async def test_the_same_id_with_another_name_shows_the_one_that_was_saved(umm_salim, book, abu_ali):
    answer = await umm_salim.post("/customers", id=abu_ali, name="سالم")
    assert answer.status_code == 409
    assert errors(answer) == ["customer_conflict"]
    assert f'href="/s/{book.shop_id}/customers/{abu_ali}"' in answer.text
    assert value_of(answer, "name") == "سالم"
    assert is_id(value_of(answer, "id"))
    assert value_of(answer, "id") != abu_ali


async def test_markup_in_a_name_is_only_text(umm_salim, book):
    name = '<script>alert("1")</script>'
    answer = await umm_salim.post("/customers", name=name, phone="x")
    assert answer.status_code == 422
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert" in answer.text


async def test_the_details_are_shown_and_changed(umm_salim, book, abu_ali):
    page = await umm_salim.get(f"/customers/{abu_ali}/edit")
    assert page.status_code == 200
    assert value_of(page, "name") == "أبو علي الخباز"
    assert value_of(page, "credit_limit") == "500.00"
    answer = await umm_salim.post(f"/customers/{abu_ali}", name="أبو علي الفران", phone="")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/s/{book.shop_id}/customers/{abu_ali}"
    details = (await book.read(get_customer, abu_ali)).details
    assert details == Details("أبو علي الفران", credit_limit_minor=50000)


async def test_a_neighbourhood_is_shown_found_changed_and_taken_out_again(umm_salim, abu_ali):
    for neighbourhood, query in (("حي الروضة", "الروضه"), ("شارع التحلية", "التحليه")):
        answer = await umm_salim.post(
            f"/customers/{abu_ali}", name="أبو علي", neighbourhood=neighbourhood
        )
        assert answer.status_code == 303
        for path in (f"/customers/{abu_ali}", f"/?q={query}"):
            assert f"<bdi>{neighbourhood}</bdi>" in (await umm_salim.get(path)).text
    assert "أبو علي" not in (await umm_salim.get("/?q=الروضه")).text
    page = await umm_salim.get(f"/customers/{abu_ali}/edit")
    assert value_of(page, "neighbourhood") == "شارع التحلية"
    await umm_salim.post(f"/customers/{abu_ali}", name="أبو علي", neighbourhood="")
    for path in (f"/customers/{abu_ali}", "/"):
        assert "التحلية" not in (await umm_salim.get(path)).text


async def test_a_neighbourhood_that_is_too_long_comes_back_with_the_reason_beside_it(umm_salim):
    answer = await umm_salim.post("/customers", name="أبو علي", neighbourhood="ع" * 81)
    assert answer.status_code == 422
    assert 'id="neighbourhood-error" data-error="words_too_long"' in answer.text
    assert value_of(answer, "neighbourhood") == "ع" * 81


async def test_a_change_that_is_refused_shows_what_was_typed(umm_salim, book, abu_ali):
    typed = {"name": "س" * 81, "due_days": "شهر"}
    answer = await umm_salim.post(f"/customers/{abu_ali}", **typed)
    assert answer.status_code == 422
    assert errors(answer) == ["name_too_long", "days_not_right"]
    assert value_of(answer, "name") == typed["name"]
    assert (await book.read(get_customer, abu_ali)).details.name == "أبو علي الخباز"


async def test_a_frozen_customer_can_be_thawed_on_the_same_page(umm_salim, book, abu_ali):
    url = f"/customers/{abu_ali}"
    assert f'{url}/freeze"' in (await umm_salim.get(f"{url}/edit")).text
    assert (await umm_salim.post(f"{url}/freeze")).status_code == 303
    assert (await book.read(get_customer, abu_ali)).frozen_at
    assert f'{url}/unfreeze"' in (await umm_salim.get(f"{url}/edit")).text
    assert (await umm_salim.post(f"{url}/unfreeze")).status_code == 303
    assert not (await book.read(get_customer, abu_ali)).frozen_at


async def test_karim_adds_customers_and_sets_no_limits(karim, book):
    page = await karim.get("/customers/new")
    assert page.status_code == 200
    assert 'name="note"' in page.text
    assert 'name="credit_limit"' not in page.text
    assert 'name="due_days"' not in page.text
    refused = await karim.post("/customers", name="سالم", credit_limit="1000")
    assert (refused.status_code, errors(refused)) == (422, ["terms_not_allowed"])
    assert (await karim.post("/customers", name="سالم")).status_code == 303


@pytest.mark.parametrize("path", ["", "/freeze", "/unfreeze"])
async def test_karim_finds_no_way_to_change_a_customer(karim, umm_salim, abu_ali, path):
    assert (await karim.post(f"/customers/{abu_ali}{path}", name="سالم")).status_code == 404
    assert (await karim.get(f"/customers/{abu_ali}/edit")).status_code == 404
    assert (await umm_salim.get(f"/customers/{abu_ali}/edit")).status_code == 200


async def test_a_viewer_adds_nobody(app, browser, book):
    looker_on = await hire(app, book, Role.VIEWER)
    at_the_door = await visitor(app, browser(), book, looker_on.person.id)
    assert (await at_the_door.get("/customers/new")).status_code == 404
    assert (await at_the_door.post("/customers", name="سالم")).status_code == 404
    assert await how_many(book) == 0


async def test_who_owns_another_shop_finds_nothing_here(huda, umm_salim, book, abu_ali):
    for path in ("/customers/new", f"/customers/{abu_ali}/edit"):
        assert (await umm_salim.get(path)).status_code == 200
        assert (await huda.get(path)).status_code == 404
    for path in ("/customers", f"/customers/{abu_ali}", f"/customers/{abu_ali}/freeze"):
        assert (await huda.post(path, name="سالم")).status_code == 404
    assert await how_many(book) == 1
    assert (await book.read(get_customer, abu_ali)).frozen_at is None


async def test_who_is_not_signed_in_is_sent_to_the_door(browser, book):
    nobody = Visitor(browser(), f"/s/{book.shop_id}")
    answer = await nobody.get("/customers/new")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/signin")
    assert (await nobody.post("/customers", name="سالم")).status_code == 303
    assert await how_many(book) == 0


@pytest.mark.parametrize("customer", ["01a20700-0000-7000-8000-000000000009", "1", "%2e%2e"])
async def test_whoever_is_not_there_is_not_found(umm_salim, customer):
    assert (await umm_salim.get(f"/customers/{customer}/edit")).status_code == 404
    for path, name in (("", "سالم"), ("", ""), ("/freeze", ""), ("/unfreeze", "")):
        answer = await umm_salim.post(f"/customers/{customer}{path}", name=name)
        assert answer.status_code == 404


async def test_no_name_and_no_phone_reaches_the_log(umm_salim, capsys, caplog):
    await umm_salim.post("/customers", name="سالم الزهراني", phone="0501234567")
    await umm_salim.post("/customers", name="سالم الزهراني", phone="05")
    told = capsys.readouterr()
    said = caplog.text + told.out + told.err
    assert "الزهراني" not in said
    assert "501234567" not in said
