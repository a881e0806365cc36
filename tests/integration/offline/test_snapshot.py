"""GET /snapshot: what a phone carries, whole or since it last asked."""

import gzip
import json
import re
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daftari.customers.actions import change_customer, freeze_customer
from daftari.customers.rules.commands import ChangeCustomer
from daftari.identity.rules import Permission, Role
from daftari.kernel.ids import new_id
from daftari.kernel.refusal import Refusal
from daftari.ledger.rules.kinds import Kind
from daftari.offline.pages import snapshot as pages
from daftari.offline.pages.targets import TARGETS_OF_ONE
from tests.book import NOW, UMM_SALIM, open_book
from tests.chances import examples
from tests.integration.ledger.shop_client import hire, value_of
from tests.integration.ledger.test_statements import counted
from tests.integration.offline.phone import Phone


async def test_an_empty_book_is_whole(umm_salim):
    told = await umm_salim.snapshot()
    assert (told["version"], told["is_whole"], told["customers"]) == (0, True, [])
    assert told["person"] == {
        "id": umm_salim.shop_client.person_id,
        "name": "أم سليم",
        "language": "ar",
    }
    shop = told["shop"]
    assert (shop["name"], shop["currency"], shop["decimals"]) == ("بقالة النور", "SAR", 2)
    assert shop["notation"] == {"name": "point", "group": ",", "decimal": ".", "blanks": False}
    assert (shop["zone"], shop["digits"], shop["calendar"]) == (
        "Asia/Riyadh",
        "latn",
        "gregorian",
    )
    assert set(shop["may"]) == set(Permission)


async def test_what_is_open_comes_by_the_day_it_falls_due_as_the_book_has_allocated_it(umm_salim):
    shop_client = umm_salim.shop_client
    salwa = await shop_client.add("سلوى")
    for amount, day in (("5", "2026-11-02"), ("7", "2026-11-20"), ("9", "2026-11-23")):
        await shop_client.wrote(salwa, "debt", amount, occurred_on="2026-11-01", due_on=day)
    await shop_client.wrote(salwa, "debt", "4", occurred_on="2026-11-01", due_on="2026-12-01")
    await shop_client.wrote(salwa, "debt", "3", currency="USD", due_on="2026-12-01")
    await shop_client.wrote(salwa, "payment", "6")
    supplier = await shop_client.add("مؤسسة الحليب", role="supplier")
    await shop_client.wrote(supplier, "debt", "40", occurred_on="2026-11-01", due_on="2026-11-20")
    told = await umm_salim.snapshot()
    assert {one["name"]: one["due"] for one in told["customers"]} == {
        "سلوى": {
            "SAR": [["2026-11-20", 600], ["2026-11-23", 900], ["2026-12-01", 400]],
            "USD": [["2026-12-01", 300]],
        },
        "مؤسسة الحليب": {"SAR": [["2026-11-20", 4000]]},
    }


async def test_all_that_is_late_is_one_sum_and_a_settled_customer_has_none(umm_salim):
    shop_client = umm_salim.shop_client
    salwa = await shop_client.add("سلوى")
    for day in ("2026-11-02", "2026-11-20"):
        await shop_client.wrote(salwa, "debt", "5", occurred_on="2026-11-01", due_on=day)
    told = await umm_salim.snapshot()
    assert told["customers"][0]["due"] == {"SAR": [["2026-11-02", 1000]]}
    await shop_client.wrote(salwa, "payment", "10")
    changed = await umm_salim.snapshot(after=told["version"])
    assert "due" not in changed["customers"][0]


async def test_a_customer_comes_with_balances_and_last_lines(umm_salim):
    shop_client = umm_salim.shop_client
    salwa = await shop_client.add("سلوى", nickname="أم فهد", phone="0501112233")
    debt = await shop_client.wrote(salwa, "debt", "12.50", note="خبز", due_on="2026-12-01")
    await shop_client.wrote(salwa, "payment", "2.50", method="cash")
    await shop_client.wrote(salwa, "debt", "3", currency="USD")
    wrong = await shop_client.wrote(salwa, "debt", "99")
    await shop_client.reverse(wrong)
    seen = await umm_salim.seen(salwa)
    assert seen["balances"] == {"SAR": 1000, "USD": 300}
    assert (seen["nickname"], seen["oldest_due_on"]) == ("أم فهد", "2026-12-01")
    assert "سلوي" in seen["search_key"]
    reversal, mistake, usd, payment, first = seen["lines"]
    assert (first["id"], first["note"], first["due_on"]) == (debt, "خبز", "2026-12-01")
    assert (payment["method"], payment["effect_minor"]) == ("cash", -250)
    assert (usd["currency"], usd["balance_after_minor"]) == ("USD", 300)
    assert (mistake["reversed_by"], reversal["reverses"]) == (reversal["id"], wrong)
    assert reversal["recorded_by"] in (await umm_salim.snapshot())["people"]


async def test_with_a_version_only_what_changed_since_is_told(umm_salim):
    shop_client = umm_salim.shop_client
    abu_ali, salwa = await shop_client.add("أبو علي"), await shop_client.add("سلوى")
    version = (await umm_salim.snapshot())["version"]
    same = await umm_salim.snapshot(version)
    assert (same["is_whole"], same["customers"], same["version"]) == (False, [], version)
    for act in (
        lambda: shop_client.wrote(abu_ali),
        lambda: shop_client.post(f"/customers/{abu_ali}", name="أبو علي", note="جار"),
        lambda: shop_client.post(f"/customers/{abu_ali}/freeze"),
        lambda: shop_client.post(f"/customers/{abu_ali}/unfreeze"),
    ):
        await act()
        told = await umm_salim.snapshot(version)
        assert [one["id"] for one in told["customers"]] == [abu_ali]
        assert told["version"] == version + 1
        version += 1
    assert {one["id"] for one in (await umm_salim.snapshot(0))["customers"]} == {abu_ali, salwa}


@pytest.mark.parametrize("after", ["-1", "x", "", "1e3", "٣", "9" * 30, "7"])
async def test_a_version_this_book_never_had_asks_for_the_whole(umm_salim, after):
    await umm_salim.shop_client.add("أبو علي")
    told = await umm_salim.snapshot(after)
    assert (told["is_whole"], len(told["customers"])) == (True, 1)


async def test_totals_are_for_those_who_may_see_them(umm_salim, karim):
    await umm_salim.shop_client.wrote(await umm_salim.shop_client.add(), "debt", "12.50")
    assert (await umm_salim.snapshot())["totals"] == [
        {"currency": "SAR", "receivable_minor": 1250, "payable_minor": 0}
    ]
    told = await karim.snapshot()
    assert told["totals"] is None
    assert told["customers"][0]["balances"] == {"SAR": 1250}
    assert "see_totals" not in told["shop"]["may"]


async def test_who_only_reads_gets_the_book_and_may_write_nothing(app, browser, umm_salim):
    viewer = Phone(await hire(app, browser(), umm_salim.shop_client.home, Role.VIEWER))
    assert (await viewer.snapshot())["shop"]["may"] == ["read_book"]


async def test_a_phone_gets_nothing_of_another_shop(umm_salim, huda):
    await umm_salim.shop_client.add("أبو علي")
    assert (await huda.snapshot())["customers"] == []


async def test_it_travels_packed_and_is_kept_nowhere(umm_salim):
    for n in range(20):
        await umm_salim.shop_client.add(f"زبون {n}")
    path = f"{umm_salim.shop_client.home}/snapshot"
    async with umm_salim.shop_client.browser.stream(
        "GET", path, headers={"Accept-Encoding": "gzip"}
    ) as answer:
        packed = b"".join([part async for part in answer.aiter_raw()])
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["cache-control"] == "no-store"
    assert len(json.loads(gzip.decompress(packed))["customers"]) == 20


def test_a_phone_gets_the_end_of_the_book_and_of_nobody_more_than_a_screen(monkeypatch):
    monkeypatch.setattr(pages, "ENTRIES", 12)
    with open_book() as book:
        early, late = book.customer("سلوى"), book.customer("أبو علي")
        book.entry(early, Kind.DEBT, 100)
        for _ in range(11):
            book.entry(late, Kind.DEBT, 100)
        assert _lines_of(book, None) == {early: 1, late: 10}
        book.entry(late, Kind.DEBT, 100)
        assert _lines_of(book, None) == {early: 0, late: 10}
        assert _lines_of(book, 1) == {early: 0, late: 10}


async def test_what_a_payment_can_be_for_comes_as_the_sheet_offers_it(umm_salim):
    shop_client = umm_salim.shop_client
    abu_ali = await shop_client.add("أبو علي")
    one = await shop_client.wrote(abu_ali, "debt", "10", occurred_on="2026-11-01")
    assert "targets" not in await umm_salim.seen(abu_ali)
    dated = await shop_client.wrote(abu_ali, "debt", "20", due_on="2026-12-20")
    dollars = await shop_client.wrote(abu_ali, "debt", "7", currency="USD", due_on="2026-12-01")
    await shop_client.wrote(abu_ali, "payment", "5", **{"for": dated})
    plan = {"id": new_id(), "amount": "90", "count": "3", "day_choice": "2026-12-10"}
    shown = await shop_client.post(f"/customers/{abu_ali}/plans/preview", **plan, note="ثلاجة")
    plan["schedule"] = value_of(shown, "schedule")
    await shop_client.post(f"/customers/{abu_ali}/plans", **plan, note="ثلاجة")
    seen = (await umm_salim.seen(abu_ali))["targets"]
    assert seen == [
        {"id": plan["id"], "minor": 9000, "currency": "SAR", "note": "ثلاجة"},
        {"id": dollars, "minor": 700},
        {"id": dated, "minor": 1500},
        {"id": one, "minor": 1000},
    ]
    page = (await shop_client.get(f"/customers/{abu_ali}/entries/new?kind=payment")).text
    choice = page.split('name="for"')[1].split("</select>")[0]
    assert re.findall(r'value="([0-9a-f-]{36})"', choice) == [it["id"] for it in seen]
    paid = umm_salim.payment(abu_ali, 1500, **{"for": dated})
    assert await umm_salim.send(paid) == ["written"]
    left = (await umm_salim.seen(abu_ali))["targets"]
    assert dated not in [it["id"] for it in left]


def test_of_one_who_owes_much_a_phone_gets_few_debts_and_of_a_supplier_his_own():
    with open_book() as book:
        abu_ali, hamdan = book.customer(), book.supplier()
        for _ in range(TARGETS_OF_ONE + 5):
            book.entry(abu_ali, Kind.DEBT, 100)
        for _ in range(3):
            book.entry(hamdan, Kind.DEBT, 100)
        told = {one.id: one.targets for one in _snapshot(book, None).customers}
        assert (len(told[abu_ali]), len(told[hamdan])) == (TARGETS_OF_ONE, 3)
        older = [one for one in told[abu_ali] if one.currency]
        assert len(older) == 15
        assert all(one.occurred_on for one in older)
        book.entry(abu_ali, Kind.PAYMENT, 10_000)
        told = {one.id: one.targets for one in _snapshot(book, None).customers}
        assert told[abu_ali] == []


def test_debts_beyond_the_end_of_the_book_are_no_choice_on_a_phone(monkeypatch):
    monkeypatch.setattr(pages, "ENTRIES", 3)
    with open_book() as book:
        abu_ali = book.customer()
        debts = [book.entry(abu_ali, Kind.DEBT, 100) for _ in range(4)]
        for after in (None, 1):
            (told,) = _snapshot(book, after).customers
            assert {one.id for one in told.targets} == {debt.entry.id for debt in debts[1:]}


def test_the_same_number_of_statements_for_few_and_for_many():
    with open_book() as book:
        book.entry(book.customer(), Kind.DEBT, 100)
        with counted(book) as few:
            assert len(_lines_of(book, None)) == 1
        for n in range(60):
            book.entry(book.customer(f"زبون {n}"), Kind.DEBT, 100)
        with counted(book) as many:
            assert len(_lines_of(book, None)) == 61
    assert len(many) == len(few) <= 12


PERMISSIONS = st.lists(
    st.tuples(
        st.sampled_from(["add", "debt", "payment", "reverse", "rename", "freeze", "sync"]),
        st.integers(0, 5),
        st.integers(1, 50),
    ),
    min_size=1,
    max_size=40,
)


@settings(
    max_examples=examples(60),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(acts=PERMISSIONS, few=st.sampled_from([0, 200]))
def test_what_changed_since_put_upon_the_old_is_the_whole(acts, few, monkeypatch):
    """Whatever happens between, and however often the phone asks."""
    monkeypatch.setattr(pages, "FEW", few)
    with open_book() as book:
        people, lines, phone, version = [book.customer()], [], {}, None
        for act, whom, minor in [*acts, ("sync", 0, 1)]:
            customer = people[whom % len(people)]
            if act == "add":
                people.append(book.customer(f"زبون {len(people)}"))
            elif act in ("debt", "payment"):
                with suppress(Refusal):  # frozen
                    lines.append(book.entry(customer, Kind(act), minor).entry.id)
            elif act == "reverse" and lines:
                book.reversal(lines.pop(whom % len(lines)))
            elif act == "rename":
                book.write(change_customer, UMM_SALIM, NOW, _renamed(customer, minor))
            elif act == "freeze":
                book.write(freeze_customer, UMM_SALIM, NOW, customer)
            elif act == "sync":
                told = _snapshot(book, version)
                version = told.version
                phone = {} if told.is_whole else phone
                phone |= {one.id: one for one in told.customers}
        assert phone == {one.id: one for one in _snapshot(book, None).customers}


def _renamed(customer: str, number: int) -> ChangeCustomer:
    return ChangeCustomer(customer, {"name": f"اسم {number}"})


def _snapshot(book, after):
    return book.write(pages.snapshot, UMM_SALIM, NOW, {}, after)


def _lines_of(book, after) -> dict[str, int]:
    return {one.id: len(one.lines) for one in _snapshot(book, after).customers}
