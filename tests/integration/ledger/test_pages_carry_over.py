"""«حسابان لشخص واحد»: what is open of one account moves to the other in one act."""

import random
import re

import pytest
from sqlalchemy import select

from daftari.customers.tables import customers
from daftari.kernel.ids import new_id
from daftari.ledger.jobs import verify_shop
from daftari.ledger.tables import balances, open_items
from tests.integration.ledger.plan_forms import save
from tests.integration.ledger.shop_client import ShopClient, errors, rows, text_of, value_of
from tests.integration.ledger.test_pages_correction import correct, corrected
from tests.integration.ledger.test_pages_due import groups as due_names
from tests.integration.ledger.test_pages_due import sums
from tests.integration.ledger.test_pages_promises import promise


@pytest.fixture
async def old(umm_salim: ShopClient) -> str:
    """He owes 850 in three debts, one of them late, and has 5 dollars with the shop."""
    customer = await umm_salim.add("أبو علي", nickname="القديم")
    await umm_salim.wrote(
        customer, "debt", "500", occurred_on="2026-11-01", due_on="2026-11-10", note="تلفاز"
    )
    await umm_salim.wrote(customer, "debt", "300", due_on="2026-12-10")
    await umm_salim.wrote(customer, "debt", "150", due_on="2026-12-20")
    await umm_salim.wrote(customer, "payment", "100")
    await umm_salim.wrote(customer, "payment", "5", currency="USD")
    return customer


@pytest.fixture
async def into(umm_salim: ShopClient) -> str:
    """The same man, with a debt of 40 and a payment of last week."""
    customer = await umm_salim.add("ابو علي", credit_limit="100")
    await umm_salim.wrote(customer, "debt", "60", due_on="2026-11-30", occurred_on="2026-11-02")
    await umm_salim.wrote(customer, "payment", "20", occurred_on="2026-11-16")
    return customer


async def carry(shop_client: ShopClient, old: str, into: str, **typed: str):
    form = {"id": new_id(), "into": into, **typed}
    return await shop_client.post(f"/customers/{old}/carry-over", **form)


async def carried(shop_client: ShopClient, old: str, into: str) -> None:
    answer = await carry(shop_client, old, into)
    assert answer.status_code == 303, errors(answer)
    assert answer.headers["location"] == f"{shop_client.home}/customers/{into}"


class Book:
    """What the book of a shop holds."""

    def __init__(self, app, shop_client: ShopClient) -> None:
        self.app, self.shop = app, shop_client.home.split("/")[2]

    async def find(self, statement) -> list[tuple]:
        return await self.app.state.shops.read(
            self.shop, lambda tx: [tuple(row) for row in tx.execute(statement)]
        )

    async def balances(self, customer: str) -> dict[str, int]:
        found = select(balances.c.currency, balances.c.balance_minor)
        return dict(await self.find(found.where(balances.c.customer_id == customer)))

    async def open_items(self, customer: str) -> list[tuple]:
        """The currency, the due day and the signed rest of each."""
        one = open_items.c
        found = select(one.currency, one.due_on, one.effect_minor, one.remaining_minor)
        return sorted(
            (currency, str(due), left if effect > 0 else -left)
            for currency, due, effect, left in await self.find(
                found.where(one.customer_id == customer)
            )
        )

    async def oldest_due(self, customer: str):
        [(day,)] = await self.find(
            select(customers.c.oldest_due_on).where(customers.c.id == customer)
        )
        return day

    async def is_proved(self) -> bool:
        proof = await verify_shop(self.app.state.shops, self.app.state.control, self.shop)
        assert proof.faults == ()
        return proof.entries > 0


@pytest.fixture
def book(app, umm_salim) -> Book:
    return Book(app, umm_salim)


async def test_balance_and_open_debts_move_with_their_due_days(umm_salim, book, old, into):
    lines = await umm_salim.entries(old)
    before = await book.open_items(old), await book.open_items(into)
    await carried(umm_salim, old, into)
    assert await book.balances(old) == {"SAR": 0, "USD": 0}
    assert await book.balances(into) == {"SAR": 89000, "USD": -500}
    assert await book.open_items(old) == []
    assert await book.open_items(into) == sorted([*before[0], *before[1]])
    assert str(await book.oldest_due(into)) == "2026-11-10"
    assert await book.oldest_due(old) is None
    assert (await umm_salim.entries(old))[-len(lines) :][-1].startswith(lines[-1][:12])
    assert await book.is_proved()


async def test_the_old_account_is_archived_with_a_pointer(umm_salim, old, into):
    await carried(umm_salim, old, into)
    page = await umm_salim.account(old)
    assert "مؤرشف" in text_of(page, "standing")
    assert f"{umm_salim.home}/customers/{into}" in page.text
    assert len(rows(await umm_salim.get("/"))) == 1
    assert any("نُقل من حساب «أبو علي»" in line for line in await umm_salim.entries(into))


async def test_the_page_finds_the_namesake_and_says_what_moves(umm_salim, old, into):
    choice = await umm_salim.get(f"/customers/{old}/carry-over")
    [href] = re.findall(rf'href="([^"]*into={into})"', choice.text)
    page = await umm_salim.browser.get(href)
    said = text_of(page, "carry-form")
    assert "ينتقل إلى «ابو علي»" in said
    assert "850.00" in said
    assert "3 ديون" in said
    assert 'data-notice="limit"' in page.text
    form = {"id": value_of(page, "id"), "into": value_of(page, "into")}
    assert (await carry(umm_salim, old, **form)).status_code == 303


async def test_sent_twice_is_once(umm_salim, book, old, into):
    form_id = new_id()
    for _ in range(2):
        assert (await carry(umm_salim, old, into, id=form_id)).status_code == 303
    assert await book.balances(into) == {"SAR": 89000, "USD": -500}
    other = await umm_salim.add("غيره")
    conflict = await carry(umm_salim, old, other, id=form_id)
    assert (conflict.status_code, errors(conflict)) == (409, ["carry_conflict"])


@pytest.mark.parametrize("which", [0, 1, 2, 5])
async def test_reversing_one_entry_takes_all_of_it_back(umm_salim, book, old, into, which):
    before = [await book.open_items(one) for one in (old, into)]
    await carried(umm_salim, old, into)
    page = await umm_salim.account(into if which % 2 else old)
    entries = re.findall(r'id="entry-([0-9a-f-]+)"', page.text)
    answer = await umm_salim.reverse(entries[which // 2])
    assert answer.status_code == 303, errors(answer)
    assert [await book.open_items(one) for one in (old, into)] == before
    assert "مؤرشف" not in await umm_salim.standing(old)
    assert await book.is_proved()


async def test_half_of_a_pair_is_not_corrected(umm_salim, old, into):
    await carried(umm_salim, old, into)
    page = await umm_salim.account(into)
    entry = re.findall(r'id="entry-([0-9a-f-]+)"', page.text)[0]
    form = {"id": new_id(), "reversal_id": new_id(), "amount": "1"}
    refused = await umm_salim.post(f"/entries/{entry}/correction", **form)
    assert errors(refused) == ["correction_of_carried"]


async def test_what_cannot_be_carried_is_refused_by_name(umm_salim, huda, old, into):
    supplier = await umm_salim.add("مورد", role="supplier")
    stranger = await huda.add("غريب")
    assert errors(await carry(umm_salim, old, old)) == ["carry_into_itself"]
    assert errors(await carry(umm_salim, old, supplier)) == ["carry_other_role"]
    assert (await carry(umm_salim, old, stranger)).status_code == 404
    assert (await carry(huda, old, stranger)).status_code == 404
    await promise(umm_salim, old, amount="10")
    assert errors(await carry(umm_salim, old, into)) == ["carry_promise_waits"]
    planned = await umm_salim.add("صاحب خطة")
    assert (await save(umm_salim, planned)).status_code == 303
    assert errors(await carry(umm_salim, planned, into)) == ["carry_plan_open"]


async def test_no_ring_and_nothing_into_the_archive(umm_salim, book, old, into):
    await carried(umm_salim, old, into)
    assert errors(await carry(umm_salim, into, old)) == ["carry_into_archived"]
    assert errors(await carry(umm_salim, old, into)) == ["carry_done_before"]
    assert await book.is_proved()


async def test_a_cashier_carries_nothing(umm_salim, karim, book, old, into):
    assert (await carry(karim, old, into)).status_code == 404
    assert await book.balances(old) == {"SAR": 85000, "USD": -500}


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("role", ["customer", "supplier"])
async def test_the_sum_of_both_accounts_stays_whatever_they_hold(umm_salim, book, seed, role):
    chance = random.Random(seed)
    pair = [await umm_salim.add(role=role), await umm_salim.add(role=role)]
    for _ in range(14):
        kind = chance.choice(["debt", "debt", "payment"])
        day = f"2026-11-{chance.randint(1, 22):02}"
        due = {"due_on": f"2026-12-{chance.randint(1, 28):02}"} if chance.random() < 0.6 else {}
        await umm_salim.wrote(
            chance.choice(pair),
            kind,
            str(chance.randint(1, 90)),
            currency=chance.choice(["SAR", "USD"]),
            occurred_on=day,
            **(due if kind == "debt" else {}),
        )
    old, into = pair
    before = [await book.balances(one) for one in pair]
    dues = [await book.oldest_due(one) for one in pair]
    is_plain = not any(minor < 0 for one in before for minor in one.values())
    await carried(umm_salim, old, into)
    after = await book.balances(into)
    for currency in ("SAR", "USD"):
        assert after.get(currency, 0) == sum(one.get(currency, 0) for one in before)
    assert await book.open_items(old) == []
    if is_plain:
        assert await book.oldest_due(into) == min((one for one in dues if one), default=None)
    assert await book.is_proved()


async def test_who_is_late_and_since_when_stays_the_same(umm_salim, clock, old, into):
    """The entries bear the day of the act; lateness counts from the due day, which moves along."""
    late = await umm_salim.standing(old)
    assert "متأخر 13 يومًا" in late
    due = await umm_salim.get("/due")
    before = sums(due)
    assert due_names(due)["متأخر"] == ["أبو علي القديم"]
    await carried(umm_salim, old, into)
    assert "متأخر 13 يومًا" in await umm_salim.standing(into)
    due = await umm_salim.get("/due")
    assert sums(due) == before
    assert due_names(due)["متأخر"] == ["ابو علي"]
    clock.move(days=8)
    assert "متأخر 21 يومًا" in await umm_salim.standing(into)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("role", ["customer", "supplier"])
async def test_after_it_a_payment_covers_what_it_would_in_one_account(umm_salim, book, seed, role):
    chance = random.Random(seed)
    old, into, control = [await umm_salim.add(role=role) for _ in range(3)]
    for _ in range(10):
        amount = str(chance.randint(1, 90))
        days = {
            "occurred_on": f"2026-11-{chance.randint(1, 10):02}",
            "due_on": f"2026-11-{chance.randint(10, 30):02}",
        }
        for one in (chance.choice([old, into]), control):
            await umm_salim.wrote(one, "debt", amount, **days)
    await carried(umm_salim, old, into)
    for _ in range(3):
        amount = str(chance.randint(20, 200))
        for one in (into, control):
            await umm_salim.wrote(one, "payment", amount)
        assert left_by_due_day(await book.open_items(into)) == left_by_due_day(
            await book.open_items(control)
        )
        assert await book.oldest_due(into) == await book.oldest_due(control)


def left_by_due_day(items: list[tuple]) -> dict[str, int]:
    found: dict[str, int] = {}
    for _, due, left in items:
        found[due] = found.get(due, 0) + left
    return found


async def test_what_was_carried_is_mended_only_once_the_carry_over_is_taken_back(umm_salim, book):
    """Else the old account would be owed what the other one still owes, and somebody be late."""
    old, into, third = [await umm_salim.add(f"علي {number}") for number in range(3)]
    debt = await umm_salim.wrote(old, "debt", "10", occurred_on="2026-11-01", due_on="2026-11-02")
    paid = await umm_salim.wrote(old, "payment", "4")
    other = await umm_salim.wrote(into, "debt", "7")
    await carried(umm_salim, old, into)
    for answer in (
        await umm_salim.reverse(debt),
        await umm_salim.reverse(paid),
        await correct(umm_salim, debt, amount="9"),
        await correct(umm_salim, debt, due_on="2026-12-30"),
        await correct(umm_salim, paid, **{"for": debt}),
    ):
        assert (answer.status_code, errors(answer)) == (422, ["carried_since"])
    await corrected(umm_salim, debt, note="تلفاز")
    await corrected(umm_salim, other, amount="8")
    assert await book.balances(into) == {"SAR": 1400}
    dollars = await umm_salim.wrote(old, "debt", "5", currency="USD")
    assert (await umm_salim.reverse(dollars)).status_code == 303
    opening = re.findall(r'id="entry-([0-9a-f-]+)"', (await umm_salim.account(into)).text)[0]
    await carried(umm_salim, into, third)
    assert errors(await umm_salim.reverse(opening)) == ["carried_since"]
    last = re.findall(r'id="entry-([0-9a-f-]+)"', (await umm_salim.account(third)).text)[0]
    assert (await umm_salim.reverse(last)).status_code == 303
    assert (await umm_salim.reverse(opening)).status_code == 303
    assert (await umm_salim.reverse(paid)).status_code == 303
    assert await book.balances(old) == {"SAR": 1000, "USD": 0}
    assert await book.is_proved()
