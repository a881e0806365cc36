"""The photo of an entry: the bill under the debt, the cheque under the payment."""

import hashlib
import json
from datetime import timedelta

import pytest
from sqlalchemy import text

from daftari.kernel.ids import new_id
from daftari.kernel.pictures import LONG_EDGE
from daftari.ledger.jobs import verify_shop
from daftari.ledger.store.entries import find_entry
from daftari.web import uploads
from tests.integration.conftest import NOW
from tests.integration.ledger.shop_client import HTMX, ShopClient, errors, text_of, value_of
from tests.photos import a_photo, opened

BILL, CHEQUE = a_photo(), a_photo(colour="maroon")


async def write_with(
    shop_client: ShopClient, customer: str, photo: bytes, *, htmx: bool = False, **typed: str
):
    """The form as a browser without JavaScript sends it: in parts, with a file."""
    form = {"id": new_id(), "kind": "debt", "amount": "12.50", **typed}
    return await shop_client.browser.post(
        f"{shop_client.home}/customers/{customer}/entries",
        data=form,
        files={"photo": ("IMG_2041.jpg", photo, "image/jpeg")},
        headers=HTMX if htmx else {},
    )


async def wrote_with(shop_client: ShopClient, customer: str, photo: bytes, **typed: str) -> str:
    entry = typed.setdefault("id", new_id())
    answer = await write_with(shop_client, customer, photo, **typed)
    assert answer.status_code == 303, errors(answer)
    return entry


async def seen(shop_client: ShopClient, entry: str):
    return await shop_client.get(f"/entries/{entry}/photo")


async def test_an_entry_is_recorded_when_its_photo_has_arrived(app, umm_salim, clock):
    """Sent a minute before midnight: the day is that of the act, the time that of the commit."""
    abu_ali, shop = await umm_salim.add(), umm_salim.home.split("/")[2]
    begun = clock.move(hours=11, minutes=59)
    slow, quick = new_id(), new_id()
    form = {"id": slow, "kind": "debt", "amount": "12.50"}
    whole = umm_salim.browser.build_request(
        "POST",
        f"{umm_salim.home}/customers/{abu_ali}/entries",
        data=form,
        files={"photo": ("IMG_2041.jpg", BILL, "image/jpeg")},
    )
    body = whole.read()

    async def uploaded():
        yield body[:1000]
        clock.move(minutes=1)
        await umm_salim.wrote(abu_ali, id=quick)
        clock.move(minutes=1)
        yield body[1000:]

    kept = ("content-type", "content-length")
    headers = {name: whole.headers[name] for name in kept}
    answer = await umm_salim.browser.post(whole.url, content=uploaded(), headers=headers)
    assert answer.status_code == 303, errors(answer)
    first = (await app.state.shops.read(shop, find_entry, quick)).entry
    second = (await app.state.shops.read(shop, find_entry, slow)).entry
    assert (first.sequence, second.sequence) == (1, 2)
    assert [one.recorded_at - begun for one in (first, second)] == [
        timedelta(minutes=1),
        timedelta(minutes=2),
    ]
    assert (first.occurred_on - second.occurred_on).days == 1


async def test_a_clock_that_was_set_back_records_no_earlier_time(app, umm_salim, clock):
    abu_ali, shop = await umm_salim.add(), umm_salim.home.split("/")[2]
    before = await umm_salim.wrote(abu_ali)
    clock.move(minutes=-7)
    after = await wrote_with(umm_salim, abu_ali, BILL)
    clock.move(minutes=8)
    last = await umm_salim.wrote(abu_ali)
    times = [
        (await app.state.shops.read(shop, find_entry, one)).entry.recorded_at
        for one in (before, after, last)
    ]
    assert times == [NOW, NOW, NOW + timedelta(minutes=1)]


async def test_an_entry_is_written_with_its_photo(umm_salim):
    abu_ali = await umm_salim.add()
    plain = await umm_salim.wrote(abu_ali)
    entry = await wrote_with(umm_salim, abu_ali, a_photo((2000, 1500)), note="فاتورة ٤١")
    assert await umm_salim.standing(abu_ali) == "عليه 25.00 ر.س"
    account = await umm_salim.account(abu_ali)
    assert "معه صورة" in text_of(account, f"entry-{entry}")
    assert "معه صورة" not in text_of(account, f"entry-{plain}")
    page = await umm_salim.get(f"/entries/{entry}")
    assert f'src="{umm_salim.home}/entries/{entry}/photo"' in page.text
    answer = await seen(umm_salim, entry)
    assert answer.status_code == 200
    assert max(opened(answer.content).size) == LONG_EDGE
    assert b"Talkative" not in answer.content
    assert (await seen(umm_salim, plain)).status_code == 404


async def test_a_photo_is_kept_by_nobody_on_the_way_and_is_nothing_else(umm_salim):
    entry = await wrote_with(umm_salim, await umm_salim.add(), BILL)
    headers = (await seen(umm_salim, entry)).headers
    assert headers["content-type"] == "image/webp"
    assert headers["cache-control"] == "private, no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in headers["content-security-policy"]


async def test_the_form_asks_for_a_photo_and_works_without_one(umm_salim):
    abu_ali = await umm_salim.add()
    sheet = await umm_salim.get(f"/customers/{abu_ali}/entries/new")
    assert 'enctype="multipart/form-data"' in sheet.text
    assert 'name="photo" type="file"' in sheet.text
    form = {"id": value_of(sheet, "id"), "kind": "debt", "amount": "7"}
    parts = {name: (None, value) for name, value in form.items()}
    unchosen = {"photo": ("", b"", "application/octet-stream")}
    answer = await umm_salim.browser.post(
        f"{umm_salim.home}/customers/{abu_ali}/entries", files={**parts, **unchosen}
    )
    assert answer.status_code == 303
    assert (await seen(umm_salim, form["id"])).status_code == 404


async def test_the_same_form_with_its_photo_twice_is_one(umm_salim):
    abu_ali, entry = await umm_salim.add(), new_id()
    for _ in range(2):
        await wrote_with(umm_salim, abu_ali, BILL, id=entry)
    await umm_salim.wrote(abu_ali, id=entry)
    assert len(await umm_salim.entries(abu_ali)) == 1
    first = (await seen(umm_salim, entry)).content
    other = await write_with(umm_salim, abu_ali, CHEQUE, id=entry)
    assert (other.status_code, errors(other)) == (409, ["photo_conflict"])
    assert (await seen(umm_salim, entry)).content == first


async def test_a_photo_comes_after_its_entry_from_a_phone_that_had_no_network(umm_salim):
    entry = await umm_salim.wrote(await umm_salim.add())
    answers = [await umm_salim.put_photo(entry, photo) for photo in (BILL, BILL, CHEQUE)]
    assert [answer.status_code for answer in answers] == [201, 200, 409]
    assert [answer.json().get("answer") for answer in answers] == ["written", "known", None]
    assert answers[2].json()["reasons"]["photo"]["name"] == "photo_conflict"
    assert (await seen(umm_salim, entry)).status_code == 200
    assert (await umm_salim.put_photo(new_id(), BILL)).status_code == 404


BAD = {
    "photo_not_a_photo": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "photo_too_large": bytes(uploads.LARGEST_FILE + 1),
}


@pytest.mark.parametrize("reason", BAD)
async def test_a_bad_photo_is_named_beside_its_field_and_what_was_typed_stays(umm_salim, reason):
    abu_ali, entry = await umm_salim.add(), new_id()
    typed = {"id": entry, "amount": "١٢٫٥٠", "note": "فاتورة الحليب"}
    answer = await write_with(umm_salim, abu_ali, BAD[reason], **typed)
    assert (answer.status_code, errors(answer)) == (422, [reason])
    assert 'id="photo-error"' in answer.text
    assert [value_of(answer, name) for name in typed] == list(typed.values())
    assert await umm_salim.entries(abu_ali) == []
    assert (await umm_salim.write(abu_ali, **typed)).status_code == 303


async def test_a_good_photo_beside_a_wrong_amount_has_to_be_chosen_again(umm_salim):
    abu_ali = await umm_salim.add()
    plain = await write_with(umm_salim, abu_ali, BILL, amount="12٠")
    assert set(errors(plain)) == {"amount_mixed_digits", "photo_to_choose_again"}
    by_htmx = await write_with(umm_salim, abu_ali, BILL, amount="12٠", htmx=True)
    assert errors(by_htmx) == ["amount_mixed_digits"]
    assert "hx-preserve" in by_htmx.text, "the sheet keeps the file that was chosen"


async def test_a_body_beyond_all_measure_is_not_read(umm_salim):
    abu_ali, entry = await umm_salim.add(), new_id()
    path = f"{umm_salim.home}/customers/{abu_ali}/entries"
    answer = await write_with(umm_salim, abu_ali, bytes(uploads.LARGEST_UPLOAD), id=entry)
    assert answer.status_code == 413
    without_a_file = {"id": entry, "note": "خ" * 40_000}
    assert (await umm_salim.browser.post(path, data=without_a_file)).status_code == 413
    in_parts = {name: (None, value) for name, value in without_a_file.items()}
    assert (await umm_salim.browser.post(path, files=in_parts)).status_code == 413
    too_large = await umm_salim.put_photo(entry, bytes(uploads.LARGEST_FILE + 1))
    assert (too_large.status_code, too_large.json()["error"]) == (413, "too_large")


async def test_a_form_that_a_proxy_sends_in_pieces_is_read_and_held_to_the_same_limit(umm_salim):
    abu_ali, entry = await umm_salim.add(), new_id()
    path = f"{umm_salim.home}/customers/{abu_ali}/entries"
    kind = {"Content-Type": "application/x-www-form-urlencoded"}

    async def in_pieces(*pieces: bytes):
        for piece in pieces:
            yield piece

    form = in_pieces(f"id={entry}&kind=debt&am".encode(), b"ount=%D9%A1%D9%A2&note=")
    assert (await umm_salim.browser.post(path, content=form, headers=kind)).status_code == 303
    assert await umm_salim.standing(abu_ali) == "عليه 12.00 ر.س"
    endless = in_pieces(*[b"note=" + b"x" * 30_000] * 3)
    assert (await umm_salim.browser.post(path, content=endless, headers=kind)).status_code == 413


@pytest.mark.parametrize(
    "body",
    [b"", b"no parts", b'--x\r\nContent-Disposition: form-data; name="note"\r\n\r\n\xff\r\n--x--'],
)
async def test_parts_that_cannot_be_read_are_a_bad_request(umm_salim, body):
    path = f"/customers/{await umm_salim.add()}/entries"
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = await umm_salim.browser.post(umm_salim.home + path, content=body, headers=kind)
    assert answer.status_code == 400


async def test_who_writes_adds_a_photo_to_his_own_line_and_who_reads_sees_it(
    umm_salim, karim, viewer
):
    abu_ali = await umm_salim.add()
    hers, his = await umm_salim.wrote(abu_ali), await karim.wrote(abu_ali)
    refused = await karim.put_photo(hers, BILL)
    assert refused.status_code == 422
    assert refused.json()["reasons"]["photo"]["name"] == "photo_of_anothers_entry"
    assert (await karim.put_photo(his, BILL)).status_code == 201
    assert (await viewer.put_photo(hers, BILL)).status_code == 404
    assert (await umm_salim.put_photo(hers, CHEQUE)).status_code == 201
    assert (await seen(viewer, his)).status_code == 200
    page = await viewer.get(f"/entries/{his}")
    assert f'src="{viewer.home}/entries/{his}/photo"' in page.text


async def test_what_is_kept_is_found_by_the_proof_and_noted_in_the_diary(app, umm_salim):
    abu_ali = await umm_salim.add()
    entry = await wrote_with(umm_salim, abu_ali, BILL)
    shops, control, shop = app.state.shops, app.state.control, umm_salim.home.split("/")[2]
    kept = (await seen(umm_salim, entry)).content
    noted = "SELECT details FROM activity WHERE verb = 'add_photo' AND subject_id = :customer"
    (details,) = await shops.read(
        shop, lambda tx: tx.execute(text(noted), {"customer": abu_ali}).one()
    )
    assert json.loads(details) == {"entry": entry, "sha256": hashlib.sha256(kept).hexdigest()}
    assert (await verify_shop(shops, control, shop)).faults == ()
    await shops.write(shop, lambda tx: tx.execute(text("UPDATE photos SET content = x'00'")))
    (fault,) = (await verify_shop(shops, control, shop)).faults
    assert (fault.sequence, fault.reason) == (1, "its photo was changed")
    await shops.write(shop, lambda tx: tx.execute(text("UPDATE photos SET entry_id = 'nobody'")))
    (fault,) = (await verify_shop(shops, control, shop)).faults
    assert fault.reason == "there is a photo that belongs to no entry"


async def test_a_file_is_never_put_on_the_disk_in_the_open(umm_salim, monkeypatch):
    """Litestar's own reader would spool a larger one to a temporary file."""

    def refuse(*_, **__):
        raise AssertionError("a temporary file was made")

    monkeypatch.setattr("litestar.datastructures.upload_file.SpooledTemporaryFile", refuse)
    abu_ali = await umm_salim.add()
    await wrote_with(umm_salim, abu_ali, BILL)
