"""The id of a request is looked up before anything is judged: sent again it is the same one."""

import pytest
from sqlalchemy import text

from daftari.kernel.ids import new_id
from daftari.offline.actions import sync
from tests.integration.conftest import NOW
from tests.integration.ledger.shop_client import errors, value_of

TODAY, YESTERDAY = NOW.date().isoformat(), "2026-11-22"
PLAN = {"amount": "1000", "count": "3", "first_on": TODAY, "every": "month"}
EVERY_NOUN = ["entry", "reversal", "promise", "plan", "customer"]


@pytest.fixture
async def abu_ali(umm_salim) -> str:
    return await umm_salim.shop_client.add("أبو علي")


async def written(app, umm_salim, statement: str) -> int:
    """A number from the shop's own file."""
    shop_id = umm_salim.shop_client.home.removeprefix("/s/")
    return await app.state.shops.read(shop_id, lambda tx: tx.scalar(text(statement)))


async def erase(app, umm_salim, customer: str) -> None:
    """What the rooms declare as erased of a customer."""
    shop_id = umm_salim.shop_client.home.removeprefix("/s/")

    def all_of_it(tx) -> None:
        for statement in (
            "UPDATE customers SET name = '', phone = NULL, note = '' WHERE id = :who",
            "UPDATE activity SET details = NULL WHERE subject_id = :who",
            "UPDATE idempotency_keys SET salt = NULL WHERE customer_id = :who",
            "DELETE FROM particulars WHERE entry_id IN"
            " (SELECT id FROM entries WHERE customer_id = :who)",
        ):
            tx.execute(text(statement), {"who": customer})

    await app.state.shops.write(shop_id, all_of_it)


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("typed", [{}, {"due_on": TODAY}, {"occurred_on": TODAY}])
async def test_an_entry_sent_again_after_midnight_is_one(umm_salim, abu_ali, clock, typed, htmx):
    shop_client, path = umm_salim.shop_client, f"/customers/{abu_ali}/entries"
    form = {"id": new_id(), "kind": "debt", "amount": "١٢٫٥٠", **typed}
    first = await shop_client.post(path, htmx=htmx, **form)
    clock.move(days=1)
    again = await shop_client.post(path, htmx=htmx, **form)
    assert first.status_code == again.status_code == (200 if htmx else 303)
    assert await umm_salim.balance(abu_ali) == 1250


async def test_a_day_ahead_that_was_refused_is_written_when_it_has_come(umm_salim, abu_ali, clock):
    """A refusal keeps no key."""
    form = {"id": new_id(), "occurred_on": "2026-11-24"}
    assert errors(await umm_salim.shop_client.write(abu_ali, **form)) == ["date_in_future"]
    clock.move(days=1)
    assert (await umm_salim.shop_client.write(abu_ali, **form)).status_code == 303


async def test_a_promise_and_a_plan_sent_again_after_their_day_are_one(umm_salim, abu_ali, clock):
    shop_client = umm_salim.shop_client
    await shop_client.wrote(abu_ali, "debt", "100")
    promise = {"id": new_id(), "promised_on": TODAY, "note": "بعد العصر"}
    plan = {"id": new_id(), **PLAN}
    shown = await shop_client.post(f"/customers/{abu_ali}/plans/preview", **plan)
    plan["schedule"] = value_of(shown, "schedule")
    for _ in range(2):
        for path, form in (("promises", promise), ("plans", plan)):
            answer = await shop_client.post(f"/customers/{abu_ali}/{path}", **form)
            assert answer.status_code == 303, errors(answer)
        clock.move(days=2)
    assert await umm_salim.balance(abu_ali) == 110000
    other = await shop_client.post(f"/customers/{abu_ali}/promises", **promise | {"note": "غدًا"})
    assert (other.status_code, errors(other)) == (409, ["promise_conflict"])
    other = await shop_client.post(f"/customers/{abu_ali}/plans", **plan | {"count": "4"})
    assert (other.status_code, errors(other)) == (409, ["plan_conflict"])


async def test_a_plan_is_known_by_what_was_typed_and_not_by_how_it_was_split(
    umm_salim, abu_ali, monkeypatch
):
    shop_client = umm_salim.shop_client
    plan = {"id": new_id(), **PLAN}
    shown = await shop_client.post(f"/customers/{abu_ali}/plans/preview", **plan)
    plan["schedule"] = value_of(shown, "schedule")
    first = await shop_client.post(f"/customers/{abu_ali}/plans", **plan)
    monkeypatch.setattr(
        "daftari.ledger.forms.plan.split_evenly", lambda total, count, *_: (total - 2, 1, 1)
    )
    again = await shop_client.post(f"/customers/{abu_ali}/plans", **plan)
    assert again.status_code == 303
    assert again.headers["location"] == first.headers["location"]


async def test_a_customer_sent_again_is_known_whatever_can_no_longer_be_read(
    umm_salim, monkeypatch
):
    item = umm_salim.customer("سلوى", phone="0501234567")
    form = {"id": item["id"], "name": "سلوى", "phone": "0501234567"}
    assert await umm_salim.send(item) == ["written"]
    assert (await umm_salim.shop_client.post("/customers", **form)).status_code == 303
    assert await umm_salim.send(item) == ["known"]
    other = await umm_salim.shop_client.post("/customers", **form | {"phone": "12"})
    assert (other.status_code, errors(other)) == (409, ["customer_conflict"])


async def test_what_was_erased_is_still_known_and_holds_up_no_batch(app, umm_salim, abu_ali):
    salwa = umm_salim.customer("سلوى", phone="0501234567", note="جارة")
    debt = umm_salim.debt(salwa["id"], note="خبز")
    back = umm_salim.reversal(debt["id"], reason="خطأ")
    assert await umm_salim.send(salwa, debt, back) == ["written"] * 3
    await erase(app, umm_salim, salwa["id"])
    after = umm_salim.debt(abu_ali)
    answers = await umm_salim.send(salwa, debt, back, after)
    assert answers == ["known"] * 3 + ["written"]
    assert await umm_salim.send(debt | {"amount_minor": 9900}) == ["conflict entry_conflict"]


async def test_without_its_salt_a_key_tells_nothing_of_the_note(app, umm_salim, abu_ali):
    """The same note of two customers leaves two digests, and none that its text alone gives."""
    shop_client, seen = umm_salim.shop_client, set()
    for _ in range(2):
        plan = {"id": new_id(), **PLAN, "note": "غسالة"}
        shown = await shop_client.post(f"/customers/{abu_ali}/plans/preview", **plan)
        plan["schedule"] = value_of(shown, "schedule")
        assert (await shop_client.post(f"/customers/{abu_ali}/plans", **plan)).status_code == 303
        key = f"SELECT hex(texts) FROM idempotency_keys WHERE id = '{plan['id']}'"
        seen.add(await written(app, umm_salim, key))
    assert len(seen) == 2
    assert await written(app, umm_salim, "SELECT count(*) FROM plans WHERE note = 'غسالة'") == 2


@pytest.mark.parametrize("noun", EVERY_NOUN)
async def test_an_id_stands_for_one_noun_only(umm_salim, abu_ali, noun):
    shop_client = umm_salim.shop_client
    base = umm_salim.debt(abu_ali)
    assert await umm_salim.send(base) == ["written"]
    items = {
        "entry": umm_salim.debt(abu_ali, 700),
        "reversal": umm_salim.reversal(base["id"]),
        "customer": umm_salim.customer("سلوى"),
    }
    used = items[noun]["id"] if noun in items else new_id()
    if noun == "promise":
        form = {"id": used, "promised_on": "2026-11-26"}
        assert (await shop_client.post(f"/customers/{abu_ali}/promises", **form)).status_code == 303
    elif noun == "plan":
        form = {"id": used, **PLAN}
        shown = await shop_client.post(f"/customers/{abu_ali}/plans/preview", **form)
        form["schedule"] = value_of(shown, "schedule")
        assert (await shop_client.post(f"/customers/{abu_ali}/plans", **form)).status_code == 303
    else:
        assert await umm_salim.send(items[noun]) == ["written"]
    others = [item | {"id": used} for name, item in items.items() if name != noun]
    answers = await umm_salim.send(*others, after := umm_salim.debt(abu_ali, 300))
    assert [answer.split()[0] for answer in answers] == ["conflict"] * len(others) + ["written"]
    assert await umm_salim.send(after) == ["known"]
    promise = {"id": used, "promised_on": "2026-11-27"}
    answer = await shop_client.post(f"/customers/{abu_ali}/promises", **promise)
    assert (answer.status_code, errors(answer)) == (409, ["promise_conflict"])


async def test_the_entry_of_an_instalment_is_nobody_elses_id(app, umm_salim, abu_ali):
    shop_client, plan = umm_salim.shop_client, {"id": new_id(), **PLAN}
    shown = await shop_client.post(f"/customers/{abu_ali}/plans/preview", **plan)
    plan["schedule"] = value_of(shown, "schedule")
    await shop_client.post(f"/customers/{abu_ali}/plans", **plan)
    part = await written(app, umm_salim, "SELECT min(entry_id) FROM plan_entries")
    assert await umm_salim.send(umm_salim.debt(abu_ali, id=part)) == ["conflict entry_conflict"]


async def test_one_item_that_fails_waits_and_the_others_are_written(
    umm_salim, abu_ali, monkeypatch
):
    real = sync.record_new_entry

    def fails_once(tx, member, at, command, **more):
        done = real(tx, member, at, command, **more)
        if command.amount_minor == 700:
            tx.execute(text("INSERT INTO customers SELECT * FROM customers LIMIT 1"))
        return done

    debts = [umm_salim.debt(abu_ali, minor) for minor in (100, 700, 200)]
    with monkeypatch.context() as patch:
        patch.setattr(sync, "record_new_entry", fails_once)
        assert await umm_salim.send(*debts) == ["written", "deferred item_failed", "written"]
    assert await umm_salim.balance(abu_ali) == 300
    assert await umm_salim.send(*debts) == ["known", "written", "known"]
