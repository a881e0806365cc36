"""POST /sync on bad days: hands in the queue, clocks of other years, bodies of every kind."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from daftari.kernel.clock import as_text
from daftari.kernel.ids import new_id
from tests.integration.conftest import NOW
from tests.integration.offline.phone import JSON


@pytest.fixture
async def abu_ali(umm_salim) -> str:
    return await umm_salim.shop_client.add("أبو علي")


HAND_MADE_ENTRIES = {
    "amount_negative": {"amount_minor": -1250},
    "amount_zero": {"amount_minor": 0},
    "amount_too_large": {"amount_minor": 10**18},
    "kind_unknown": {"kind": "reversal"},
    "currency_unknown": {"currency": "XXX"},
    "date_in_future": {"occurred_on": "2026-11-24"},
    "date_not_a_date": {"occurred_on": "23/11/2026"},
    "due_before_debt": {"due_on": "2026-11-22"},
    "side_unknown": {"kind": "opening", "side": "both"},
    "method_unknown": {"kind": "payment", "method": "gold"},
    "words_too_long": {"note": "ا" * 301},
    "balance_too_large": {"amount_minor": 999_999_999_999_999},
}
UNCLEAR = [
    {"amount_minor": "1250"},
    {"amount_minor": 12.5},
    {"amount_minor": True},
    {"amount_minor": None},
    {"amount_minor": [1250]},
    {"note": None},
    {"note": 7},
    {"v": 0},
    {"v": "1"},
    {"id": "1"},
    {"id": "01A20700-0000-7000-8000-00000000000A"},
    {"id": None},
    {"device": "my phone"},
    {"customer_id": "'; DROP TABLE entries; --"},
    {"sequence": "first"},
    {"made_at": 1700000000},
    {"user": None},
    {"verb": None},
]


@pytest.mark.thorough
@pytest.mark.parametrize("reason", HAND_MADE_ENTRIES)
async def test_an_entry_changed_by_hand_is_judged_as_if_typed(umm_salim, abu_ali, reason):
    good = umm_salim.debt(abu_ali, 700)
    bad = umm_salim.debt(abu_ali) | HAND_MADE_ENTRIES[reason]
    if reason == "balance_too_large":
        nine = [umm_salim.debt(abu_ali, bad["amount_minor"]) for _ in range(9)]
        assert await umm_salim.send(*nine) == ["written"] * 9
        assert await umm_salim.send(bad, good) == [f"refused {reason}"] * 2
        return
    assert await umm_salim.send(bad, good) == [f"refused {reason}", "written"]
    assert await umm_salim.balance(abu_ali) == 700


@pytest.mark.thorough
@pytest.mark.parametrize("wrong", UNCLEAR, ids=str)
async def test_an_item_of_another_shape_is_refused_and_the_others_are_written(
    umm_salim, abu_ali, wrong
):
    bad, good = umm_salim.debt(abu_ali) | wrong, umm_salim.debt(abu_ali, 700)
    first, second = (await umm_salim.sync(bad, good))["answers"]
    assert (first["answer"], first["reason"]) == ("refused", "item_not_clear")
    assert first["id"] == (bad["id"] or "")
    assert second["answer"] == "written"
    assert await umm_salim.balance(abu_ali) == 700


@pytest.mark.parametrize("junk", [None, 7, "debt", [], {}, [[]], {"id": {}}], ids=repr)
async def test_what_is_no_item_at_all_is_refused_without_an_id(umm_salim, abu_ali, junk):
    first, second = (await umm_salim.sync(junk, umm_salim.debt(abu_ali)))["answers"]
    assert (first["id"], first["answer"], second["answer"]) == ("", "refused", "written")


@pytest.mark.parametrize(
    ("reason", "said"),
    {
        "name_missing": {"name": " \u200f"},
        "name_too_long": {"name": "ا" * 81},
        "nickname_too_long": {"nickname": "ا" * 41},
        "phone_not_a_phone": {"phone": "ring me"},
        "role_unknown": {"role": "owner"},
        "note_too_long": {"note": "ا" * 501},
        "amount_negative": {"credit_limit_minor": -1},
        "days_not_right": {"due_days": 366},
    }.items(),
)
async def test_a_customer_changed_by_hand_is_judged_as_if_typed(umm_salim, abu_ali, reason, said):
    assert await umm_salim.send(umm_salim.customer("سلوى") | said) == [f"refused {reason}"]
    assert [one["id"] for one in (await umm_salim.snapshot())["customers"]] == [abu_ali]


async def test_hidden_signs_in_words_do_not_reach_the_book(umm_salim):
    salwa = umm_salim.customer("\u202eسلوى\u0000\u2066")
    await umm_salim.send(salwa, umm_salim.debt(salwa["id"], note="\u202eخبز\nوحليب"))
    seen = await umm_salim.seen(salwa["id"])
    assert (seen["name"], seen["lines"][0]["note"]) == ("سلوى", "خبز وحليب")


async def test_a_cashier_gives_no_terms_and_forgives_nothing_by_hand(umm_salim, karim, abu_ali):
    limited = {"name": "أبو علي", "credit_limit": "10"}
    assert (await umm_salim.shop_client.post(f"/customers/{abu_ali}", **limited)).is_redirect
    debt = umm_salim.debt(abu_ali, 900)
    await umm_salim.send(debt)
    assert await karim.send(
        karim.customer("سلوى", credit_limit_minor=10**6),
        karim.debt(abu_ali, 100, kind="discount"),
        karim.debt(abu_ali, 101),
        karim.reversal(debt["id"]),
    ) == [
        "refused terms_not_allowed",
        "refused forgiving_not_allowed",
        "refused beyond_credit_limit",
        "refused not_your_entry",
    ]
    assert await umm_salim.balance(abu_ali) == 900


async def test_a_refused_item_leaves_no_trace_in_book_or_diary(app, umm_salim, abu_ali):
    before = await app.state.shops.read(umm_salim.shop_client.home[3:], _every_row)
    await umm_salim.send(
        umm_salim.debt(abu_ali, 0),
        umm_salim.debt(abu_ali, 500, kind="discount"),
        umm_salim.customer(""),
        umm_salim.customer("أبو علي"),
        umm_salim.reversal(new_id()),
    )
    assert await app.state.shops.read(umm_salim.shop_client.home[3:], _every_row) == before


@pytest.mark.parametrize("year", [2019, 2038])
async def test_a_clock_of_another_year_is_told_and_refuses_nothing(umm_salim, abu_ali, year):
    """It stands wrong by the same amount when the entry is made and when it is sent."""
    umm_salim.clock = datetime(year, 11, 20, 9, tzinfo=UTC)
    debt = umm_salim.debt(abu_ali)
    umm_salim.clock += timedelta(days=2)
    told = await umm_salim.sync(debt)
    assert told["answers"][0]["answer"] == "written"
    assert told["clock_off_seconds"] == (umm_salim.clock - NOW).total_seconds()
    (line,) = (await umm_salim.seen(abu_ali))["lines"]
    assert line["occurred_on"] == "2026-11-21"


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("made_at", "day"),
    [
        ("2026-11-21T20:59:59.000Z", "2026-11-21"),
        ("2026-11-21T21:00:00.000Z", "2026-11-22"),
        ("2026-11-21T23:30:00+03:00", "2026-11-21"),
        ("2025-10-20T09:00:00.000Z", "2025-10-20"),
        ("2025-10-18T08:00:00.000Z", "2026-11-23"),
        ("2019-11-23T09:00:00.000Z", "2026-11-23"),
        ("2038-01-19T03:14:08.000Z", "2026-11-23"),
        ("0001-01-01T00:00:00+14:00", "2026-11-23"),
        ("2026-11-21", "2026-11-23"),
        ("yesterday", "2026-11-23"),
        ("", "2026-11-23"),
    ],
)
async def test_an_entry_stands_on_the_day_it_was_made_where_that_is_plausible(
    umm_salim, abu_ali, made_at, day
):
    debt = umm_salim.debt(abu_ali, made_at=made_at)
    assert await umm_salim.send(debt) == ["written"]
    (line,) = (await umm_salim.seen(abu_ali))["lines"]
    assert line["occurred_on"] == day


async def test_the_day_a_person_chose_stands_whatever_the_clock_says(umm_salim, abu_ali):
    umm_salim.clock = datetime(2038, 1, 1, tzinfo=UTC)
    await umm_salim.send(umm_salim.debt(abu_ali, occurred_on="2026-11-02", due_on="2026-11-02"))
    (line,) = (await umm_salim.seen(abu_ali))["lines"]
    assert (line["occurred_on"], line["due_on"]) == ("2026-11-02", "2026-11-02")


async def test_a_due_day_that_passed_on_the_way_is_no_reason_to_refuse(umm_salim, abu_ali, clock):
    debt = umm_salim.debt(abu_ali, due_on="2026-11-24")
    umm_salim.clock = clock.move(days=3)
    assert await umm_salim.send(debt) == ["written"]
    assert await umm_salim.send(debt) == ["known"]


async def test_a_clock_that_was_put_right_in_between_makes_no_other_entry(umm_salim, abu_ali):
    umm_salim.clock = datetime(2019, 1, 1, tzinfo=UTC)
    debt = umm_salim.debt(abu_ali, due_on="2026-12-24")
    assert await umm_salim.send(debt) == ["written"]
    umm_salim.clock = NOW
    assert await umm_salim.send(debt) == ["known"]
    umm_salim.clock = datetime(2038, 1, 1, tzinfo=UTC)
    assert await umm_salim.send(debt) == ["known"]


@pytest.mark.parametrize(("seconds", "told"), [(300, None), (-300, None), (301, 301), (-301, -301)])
async def test_five_minutes_are_not_worth_telling(umm_salim, seconds, told):
    umm_salim.clock += timedelta(seconds=seconds)
    assert (await umm_salim.sync()).get("clock_off_seconds") == told


async def test_a_clock_that_says_nothing_is_noted_by_nobody(umm_salim, abu_ali):
    for now in ("", "soon", "9999-12-31T23:59:59-12:00"):
        body = json.dumps(umm_salim.batch(umm_salim.debt(abu_ali), now=now))
        answer = (await umm_salim.post(body)).json()
        assert answer["answers"][0]["answer"] == "written"
        assert "clock_off_seconds" not in answer


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"\xff\xfe",
        b"<html>Welcome to the hotel</html>",
        b'{"device": "x", "now": "", "items": []}',
        b'{"items": []}',
        b'{"now": "", "items": {}}',
        b'{"items": ' + b"[" * 60_000,
        b'{"items": [' + b"[" * 60_000 + b"]" * 60_000 + b"]}",
        b"id=1&kind=debt",
    ],
    ids=range(12),
)
async def test_garbage_is_told_so_in_json(umm_salim, body):
    for kind in (JSON, "text/html", "application/x-www-form-urlencoded"):
        answer = await umm_salim.post(body, **{"Content-Type": kind, "Accept": "text/html"})
        assert (answer.status_code, answer.headers["content-type"]) == (400, JSON)
        assert answer.json()["reasons"]["batch"]["name"] == "batch_not_clear"


async def test_more_than_fifty_items_are_refused_by_name_and_none_is_written(umm_salim, abu_ali):
    debts = [umm_salim.debt(abu_ali, 100) for _ in range(51)]
    answer = await umm_salim.post(json.dumps(umm_salim.batch(*debts)))
    assert (answer.status_code, answer.headers["content-type"]) == (400, JSON)
    assert answer.json()["reasons"]["items"]["name"] == "too_many_items"
    assert await umm_salim.balance(abu_ali) == 0
    assert await umm_salim.send(*debts[:50]) == ["written"] * 50


async def test_a_batch_may_be_larger_than_a_form_and_no_larger_than_that(umm_salim, abu_ali):
    large = [umm_salim.debt(abu_ali, 100, note="ا" * 250, extra="x" * 4000) for _ in range(50)]
    assert len(json.dumps(umm_salim.batch(*large))) > 200_000
    assert await umm_salim.send(*large) == ["written"] * 50
    for size in (256 * 1024 + 1, 10_000_000):
        answer = await umm_salim.post(b" " * size)
        assert (answer.status_code, answer.headers["content-type"]) == (413, JSON)
        assert answer.json()["error"] == "too_large"


async def test_whoever_may_not_come_in_is_told_so_in_json_and_sent_nowhere(
    app, browser, umm_salim, huda, abu_ali
):
    home, stranger = umm_salim.shop_client.home, browser(Accept="text/html")
    for method, path in (("POST", "sync"), ("GET", "snapshot")):
        nobody = await stranger.request(method, f"{home}/{path}")
        other = await huda.shop_client.browser.request(method, f"{home}/{path}")
        nowhere = await huda.shop_client.browser.request(method, f"/s/{new_id()}/{path}")
        assert [a.status_code for a in (nobody, other, nowhere)] == [401, 404, 404]
        assert nobody.json()["error"] == "not_signed_in"
        for answer in (nobody, other, nowhere):
            assert answer.headers["content-type"] == JSON
            assert "location" not in answer.headers
            assert "hx-redirect" not in answer.headers
        assert other.text == nowhere.text


async def test_no_other_site_can_sync_for_somebody(umm_salim, abu_ali):
    body = json.dumps(umm_salim.batch(umm_salim.debt(abu_ali)))
    for site in ("cross-site", "same-site", "none"):
        answer = await umm_salim.post(body, **{"Sec-Fetch-Site": site})
        assert (answer.status_code, answer.headers["content-type"]) == (403, JSON)
    assert await umm_salim.balance(abu_ali) == 0


async def test_whoever_left_the_shop_long_ago_finds_no_door(app, umm_salim, karim, abu_ali):
    long_ago = as_text(NOW - timedelta(days=30))
    await app.state.control.write(_leave, karim.shop_client.person_id, long_ago)
    answer = await karim.post(json.dumps(karim.batch(karim.debt(abu_ali))))
    assert (answer.status_code, answer.json()["error"]) == (404, "not_found")


async def test_a_full_disk_is_told_and_nothing_of_the_batch_is_kept(
    app, umm_salim, abu_ali, monkeypatch
):
    from daftari.db.connection import StorageFull

    def full(*_: object) -> None:
        raise StorageFull

    debt = umm_salim.debt(abu_ali)
    with monkeypatch.context() as disk:
        disk.setattr(app.state.storage, "refuse_when_low", full)
        answer = await umm_salim.post(json.dumps(umm_salim.batch(debt)))
    assert (answer.status_code, answer.json()["error"]) == (507, "storage_full")
    assert await umm_salim.send(debt) == ["written"]


async def test_three_hundred_entries_are_six_commits(app, umm_salim, abu_ali):
    ran: list[str] = []
    debts = [umm_salim.debt(abu_ali, 100, note="خبز") for _ in range(300)]
    await app.state.shops.read(umm_salim.shop_client.home[3:], trace, ran.append)
    for start in range(0, 300, 50):
        assert await umm_salim.send(*debts[start : start + 50]) == ["written"] * 50
    assert ran.count("BEGIN IMMEDIATE") == ran.count("COMMIT") == 6
    assert await umm_salim.balance(abu_ali) == 30_000


def trace(tx, note) -> None:
    tx.connection.driver_connection.set_trace_callback(note)


def _every_row(tx) -> dict[str, list[tuple[object, ...]]]:
    tables = tx.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars()
    kept = [name for name in tables if name != "sync_refusals"]
    return {name: tx.exec_driver_sql(f"SELECT * FROM {name}").all() for name in kept}


def _leave(tx, person_id: str, now: str) -> None:
    ended = "UPDATE memberships SET ended_at = ? WHERE person_id = ?"
    tx.exec_driver_sql(ended, (now, person_id))
