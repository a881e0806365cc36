"""When things go wrong around the counter: files, disks, lines that drop, and what the log says."""

import asyncio
import json
import random
import threading
import time
from collections.abc import Awaitable, Iterator
from io import BytesIO

import pytest

from daftari.db import connection
from daftari.db.connection import StorageFull
from daftari.db.shops import Shops
from daftari.kernel.ids import new_id
from daftari.web.logs import configure_logs
from daftari.web.view import assets
from tests.integration.ledger.shop_client import HTMX, errors, text_of


async def test_a_damaged_book_has_a_page_and_the_others_go_on(app, umm_salim, huda):
    abu_ali, salim = await umm_salim.add(), await huda.add("سالم")
    await app.state.shops.close()
    file = app.state.storage.shop(umm_salim.home.split("/")[2])
    assert file.exists()
    file.write_bytes(bytes(file.stat().st_size))
    for page in ("/", "/due", f"/customers/{abu_ali}", "/entries/new"):
        answer = await umm_salim.get(page)
        assert (answer.status_code, errors(answer)) == (503, ["shop_damaged"]), page
        assert '<html lang="ar"' in answer.text
    for answer in (await umm_salim.write(abu_ali), await umm_salim.post("/customers", name="زيد")):
        assert (answer.status_code, errors(answer)) == (503, ["shop_damaged"])
    assert (await umm_salim.get("/more")).status_code == 200
    await huda.wrote(salim)
    assert await huda.standing(salim) == "عليه 12.50 ر.س"


async def test_a_book_whose_file_is_gone_has_the_same_page(app, umm_salim, huda):
    await app.state.shops.close()
    app.state.storage.shop(umm_salim.home.split("/")[2]).unlink()
    answer = await umm_salim.get()
    assert (answer.status_code, errors(answer)) == (503, ["shop_damaged"])
    assert (await huda.get()).status_code == 200


async def test_while_another_process_writes_pages_are_read_and_a_write_says_when_to_come_again(
    app, umm_salim, monkeypatch
):
    abu_ali = await umm_salim.add()
    state, shop_id = app.state, umm_salim.home.split("/")[2]
    others = Shops(state.control, state.shops._master, state.storage, 2)
    holds, release = threading.Event(), threading.Event()

    def write_slowly(tx):
        holds.set()
        assert release.wait(30)

    monkeypatch.setattr(connection, "BUSY_WITHIN", 0.1)
    writing = asyncio.create_task(others.write(shop_id, write_slowly))
    assert await asyncio.to_thread(holds.wait, 30)
    refused = await umm_salim.write(abu_ali)
    assert (refused.status_code, errors(refused)) == (503, ["busy"])
    assert refused.headers["retry-after"] == "5"
    assert (await umm_salim.get(f"/customers/{abu_ali}")).status_code == 200
    release.set()
    await writing
    await others.close()
    assert (await umm_salim.write(abu_ali)).status_code == 303


async def test_on_a_full_disk_nothing_is_written_and_everything_is_read(
    app, client, umm_salim, monkeypatch
):
    abu_ali = await umm_salim.add()
    entry = await umm_salim.wrote(abu_ali)
    monkeypatch.setattr(app.state.storage, "_reserve_bytes", 2**62)
    for answer in (
        await umm_salim.write(abu_ali),
        await umm_salim.reverse(entry),
        await umm_salim.post("/customers", name="سالم"),
    ):
        assert (answer.status_code, errors(answer)) == (507, ["storage_full"])
        assert "لم يُحفظ" in text_of(answer)
    part = await umm_salim.post("/customers", htmx=True, name="سالم")
    assert (part.status_code, part.headers["hx-retarget"]) == (507, "#toasts")
    for page in (
        "/",
        "/due",
        f"/customers/{abu_ali}",
        f"/customers/{abu_ali}/entries/new",
        "/more",
    ):
        assert (await umm_salim.get(page)).status_code == 200, page
    assert (await client.get("/readyz")).status_code == 503
    assert len(await umm_salim.entries(abu_ali)) == 1
    monkeypatch.undo()
    await umm_salim.wrote(abu_ali)


async def test_on_a_disk_with_no_byte_left_the_book_still_opens(app, umm_salim, clock, monkeypatch):
    """An hour later the visit itself would be written down: it must not stand in the way."""
    abu_ali = await umm_salim.add()

    async def no_room(*_: object) -> None:
        raise StorageFull

    monkeypatch.setattr(app.state.control, "write", no_room)
    clock.move(hours=2)
    assert (await umm_salim.get()).status_code == 200
    assert (await umm_salim.account(abu_ali)).status_code == 200


async def seconds_of(work: Awaitable[object]) -> float:
    began = time.perf_counter()
    await work
    return time.perf_counter() - began


async def test_a_line_that_drops_in_mid_save_loses_nothing_and_doubles_nothing(umm_salim):
    """Each form is given up at another moment, and then sent again until it is answered."""
    chance = random.Random(7)
    abu_ali = await umm_salim.add()
    usual = min([await seconds_of(umm_salim.wrote(abu_ali, "debt", "1")) for _ in range(5)])
    forms = [{"id": new_id(), "note": f"خبز {n}"} for n in range(60)]
    given_up = 0
    for form in forms:
        sending = asyncio.create_task(umm_salim.write(abu_ali, "debt", "1", **form))
        done, _ = await asyncio.wait({sending}, timeout=chance.uniform(0, usual))
        given_up += not done
        sending.cancel()
        await asyncio.wait({sending})
    assert given_up > 10
    for form in forms:
        await umm_salim.wrote(abu_ali, "debt", "1", **form)
    assert await umm_salim.standing(abu_ali) == "عليه 65.00 ر.س"


async def test_two_phones_that_write_at_once_both_get_their_line(umm_salim, karim):
    abu_ali = await umm_salim.add()
    both = [
        shop_client.wrote(abu_ali, "debt", "1")
        for _ in range(20)
        for shop_client in (umm_salim, karim)
    ]
    await asyncio.gather(*both)
    assert await umm_salim.standing(abu_ali) == "عليه 40.00 ر.س"


async def test_a_form_sent_ten_times_at_once_is_one_line(umm_salim):
    abu_ali, entry = await umm_salim.add(), new_id()
    answers = await asyncio.gather(*(umm_salim.write(abu_ali, id=entry) for _ in range(10)))
    assert {answer.status_code for answer in answers} == {303}
    reversals = await asyncio.gather(*(umm_salim.reverse(entry) for _ in range(5)))
    assert sorted(answer.status_code for answer in reversals) == [303, 422, 422, 422, 422]
    assert len(await umm_salim.entries(abu_ali)) == 2


async def test_a_huge_body_is_refused_and_nothing_is_written(umm_salim):
    abu_ali = await umm_salim.add()
    path = f"{umm_salim.home}/customers/{abu_ali}/entries"
    form = {"Content-Type": "application/x-www-form-urlencoded"}

    async def endless():
        for _ in range(2000):
            yield b"note=" + b"x" * 8192

    for answer in (
        await umm_salim.write(abu_ali, note="خ" * 100_000),
        await umm_salim.browser.post(path, content=endless(), headers=form),
        await umm_salim.browser.post(path, content=b"&".join([b"a=1"] * 50_000), headers=form),
    ):
        assert (answer.status_code, errors(answer)) == (413, ["too_large"])
    assert await umm_salim.entries(abu_ali) == []


async def test_country_and_currency_change_until_the_first_entry(umm_salim):
    abu_ali = await umm_salim.add()
    answer = await umm_salim.post("/more/country", country="KW", currency="KWD")
    assert answer.status_code == 303
    entry = await umm_salim.wrote(abu_ali, "debt", "1.250")
    assert await umm_salim.standing(abu_ali) == "عليه 1.250 د.ك"
    for again in ({"country": "SA", "currency": "SAR"}, {"country": "SA", "currency": ""}):
        refused = await umm_salim.post("/more/country", **again)
        assert (refused.status_code, errors(refused)) == (422, ["book_has_begun"])
    await umm_salim.reverse(entry)
    refused = await umm_salim.post("/more/country", country="SA", currency="SAR")
    assert errors(refused) == ["book_has_begun"]
    assert "د.ك" in await umm_salim.standing(abu_ali)


async def test_a_country_nobody_knows_is_refused_on_its_page(umm_salim):
    for typed in ({"country": "XX", "currency": "SAR"}, {"country": "SA", "currency": "XXX"}, {}):
        answer = await umm_salim.post("/more/country", **typed)
        assert answer.status_code == 422, typed
        assert errors(answer), typed
    assert (await umm_salim.get("/more/country")).text.count('value="SA" selected') == 1


async def answers_of_every_kind(app, client, umm_salim, monkeypatch) -> dict[str, object]:
    abu_ali = await umm_salim.add()
    entry = await umm_salim.wrote(abu_ali)
    answers = {
        "page": await umm_salim.account(abu_ali),
        "fragment": await umm_salim.get("/", headers=HTMX),
        "303": await umm_salim.write(abu_ali, "payment", "1"),
        "door": await client.get(umm_salim.home + "/"),
        "404": await umm_salim.get("/nowhere"),
        "not found": await umm_salim.get(f"/customers/{new_id()}"),
        "405": await umm_salim.post("/due"),
        "409": await umm_salim.write(abu_ali, "payment", id=entry),
        "413": await umm_salim.write(abu_ali, note="x" * 70_000),
        "422": await umm_salim.write(abu_ali, "debt", "x"),
        "403": await umm_salim.browser.post("/signout", headers={"Sec-Fetch-Site": "cross-site"}),
        "public": await client.get("/signin"),
        "manifest": await client.get("/manifest.webmanifest"),
    }
    monkeypatch.setattr(app.state.storage, "_reserve_bytes", 2**62)
    answers["507"] = await umm_salim.write(abu_ali)
    for kind, answer in answers.items():
        assert str(answer.status_code) == kind or not kind.isdigit()
    return answers


async def test_every_kind_of_answer_is_dressed(app, client, umm_salim, monkeypatch):
    for kind, answer in (await answers_of_every_kind(app, client, umm_salim, monkeypatch)).items():
        headers = answer.headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'"), kind
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff", kind
        assert headers["referrer-policy"] == "same-origin", kind
        assert headers["cross-origin-opener-policy"] == "same-origin", kind
        assert headers["x-request-id"], kind
        others = {"manifest": "max-age=3600", "page": "private, no-cache"}
        kept = others.get(kind, "no-store")
        assert kept in headers["cache-control"], kind
        assert "server" not in headers, kind
    style = await client.get(assets().url("css/daftari.css"))
    assert style.status_code == 200
    assert style.headers["x-content-type-options"] == "nosniff"
    assert "immutable" in style.headers["cache-control"]


async def test_every_kind_of_refusal_speaks_arabic(app, client, umm_salim, monkeypatch):
    for kind, answer in (await answers_of_every_kind(app, client, umm_salim, monkeypatch)).items():
        if answer.status_code >= 400:
            assert '<html lang="ar" dir="rtl">' in answer.text, kind
            assert any("\u0600" < sign < "\u06ff" for sign in text_of(answer)), kind
            assert errors(answer), kind


@pytest.fixture
def log() -> Iterator[BytesIO]:
    stream = BytesIO()
    configure_logs(stream)
    yield stream
    configure_logs()


async def test_the_whole_story_leaves_no_secret_in_the_log(app, umm_salim, karim, log):
    abu_ali = await umm_salim.add("سالم الزهراني", nickname="أبو نواف", phone="0501239876")
    entry = await umm_salim.wrote(abu_ali, "debt", "٩٨٧٦٥٤٣٫٢٥", note="طحين", taker="نورة")
    await umm_salim.wrote(abu_ali, "payment", "8765431.75", paid_by="فاعل خير", method="cash")
    await umm_salim.write(abu_ali, "debt", "٩٩٩٩٩٩x", note="سرّ")
    await umm_salim.write(abu_ali, "debt", "7654321.50", id=entry)
    await umm_salim.get("/", params={"q": "الزهراني"})
    await umm_salim.get("/customers/new", params={"name": "الزهراني"})
    await umm_salim.reverse(entry, reason="كُتب خطأ")
    await karim.reverse(entry)
    await umm_salim.post("/more/shop", name="دكان السر")
    await umm_salim.write(abu_ali, note="طحين" * 20_000)
    app.state.storage.shop(umm_salim.home.split("/")[2]).unlink()
    await app.state.shops.close()
    await umm_salim.get(f"/customers/{abu_ali}")
    said = log.getvalue().decode()
    assert len(said.splitlines()) >= 11
    token = umm_salim.browser.cookies[app.state.session_cookie]
    names = ["سالم", "الزهراني", "نواف", "نورة", "طحين", "خير", "سرّ", "كُتب", "دكان", "سليم", "كريم"]
    amounts = ["9876543", "٩٨٧٦٥٤٣", "8765431", "٩٩٩٩٩٩", "7654321", "501239876"]
    for secret in (*names, *amounts, token):
        assert secret not in said, secret
        assert json.dumps(secret)[1:-1] not in said, secret
