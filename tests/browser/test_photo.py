"""The photo chip: from the phone's camera to the line, small, and without a script too."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import seed
from tests.photos import a_photo

WAY_TOO_LARGE = 9 * 1024 * 1024


@pytest.fixture(scope="module")
def written(data: Path) -> list[seed.Shop]:
    return seed.run(seed.fill(data, seed.a_few))


def camera(content: bytes, name: str = "IMG_2041.jpg") -> Any:
    return {"name": name, "mimeType": "image/jpeg", "buffer": content}


def choose(page: Page, content: bytes, at: str = "[data-part=photo]") -> None:
    with page.expect_file_chooser() as asked:
        page.click(at)
    asked.value.set_files(camera(content))


def chosen(page: Page) -> bytes:
    """What the field holds, to be sent; Chromium does not show the file in a request to a test."""
    read = "async () => [...new Uint8Array(await photo.files[0].arrayBuffer())]"
    return bytes(page.evaluate(read))


def test_a_bill_is_photographed_made_small_and_stands_on_its_line(phone, shop):
    page = phone.open(shop.account("سالم"))
    phone.open_sheet()
    photo = a_photo((3000, 2000), quality=100)
    assert len(photo) > 50_000
    choose(page, photo)
    expect(page.locator("[data-photo-shown] canvas")).to_be_visible()
    phone.tap_amount("12")
    small = chosen(page)
    with page.expect_response(lambda answer: answer.url.endswith("/photo")) as brought:
        page.click("[data-confirm-button]")
    assert brought.value.status == 201
    assert small[:4] == b"RIFF"
    assert len(small) <= 150_000
    assert b"Talkative" not in small
    line = page.locator("article.entry").first
    expect(line).to_contain_text("معه صورة")
    line.locator("a").click()
    seen = page.locator(".entry-photo img")
    seen.scroll_into_view_if_needed()
    page.wait_for_function("image => image.naturalWidth === 1600", arg=seen.element_handle())


def test_a_refused_sheet_keeps_the_photo_and_it_can_be_taken_off(phone, shop):
    phone.foreseen.add(422)
    page = phone.open(shop.account("سالم"))
    phone.open_sheet()
    choose(page, a_photo())
    expect(page.locator("[data-photo-shown] canvas")).to_be_visible()
    page.click("[data-confirm-button]")
    expect(page.locator("#amount-error")).to_be_visible()
    expect(page.locator("[data-photo-shown] canvas")).to_be_visible()
    assert page.evaluate("document.querySelector('#photo').files.length") == 1
    page.click("[data-photo-off]")
    expect(page.locator("[data-photo-shown]")).to_be_hidden()
    phone.tap_amount("4")
    page.click("[data-confirm-button]")
    expect(page.locator("#over")).to_be_hidden()
    expect(page.locator("article.entry").first).not_to_contain_text("معه صورة")


def test_what_is_no_photo_is_said_so_beside_it_and_nothing_is_lost(phone, shop):
    phone.foreseen.add(422)
    page = phone.open(shop.account("سالم"))
    phone.open_sheet()
    phone.tap_amount("5")
    choose(page, json.dumps({"no": "photo"}).encode())
    page.click("[data-confirm-button]")
    expect(page.locator("#photo-error")).to_be_visible()
    assert page.locator("#amount").input_value() == "5"
    choose(page, a_photo(), at="#photo")
    expect(page.locator("[data-photo-shown] canvas")).to_be_visible()
    page.click("[data-confirm-button]")
    expect(page.locator("article.entry").first).to_contain_text("معه صورة")


def test_whoever_is_quicker_than_the_module_that_draws_waits_for_it(phone, shop):
    page = phone.open(shop.account("سالم"))
    phone.open_sheet()
    phone.tap_amount("6")
    held: list[Route] = []
    page.route("**/photo-*.js", lambda it: held.append(it))
    choose(page, json.dumps({"no": "photo"}).encode())
    page.click("[data-confirm-button]")
    assert held
    held[0].continue_()
    expect(page.locator("#photo-error")).to_be_visible()


def test_without_a_script_the_photo_comes_along_and_one_too_large_loses_nothing(visit, shop):
    phone = visit(java_script_enabled=False)
    phone.foreseen.add(422)
    phone.sign_in_as(shop.token)
    page = phone.open(f"{shop.account('فاطمة الزهراني')}/entries/new")
    page.fill("#amount", "٨")
    page.click("details summary >> text=المزيد")
    page.fill("#note", "فاتورة الدقيق")
    page.set_input_files("#photo", camera(bytes(WAY_TOO_LARGE)))
    page.click("[data-confirm-button]")
    expect(page.locator("#photo-error")).to_be_visible()
    assert page.locator("#amount").input_value() == "٨"
    assert page.locator("#note").input_value() == "فاتورة الدقيق"
    page.set_input_files("#photo", camera(a_photo((1800, 1200))))
    page.click("[data-confirm-button]")
    line = page.locator("article.entry").first
    expect(line).to_contain_text("معه صورة")
    line.locator("a").click()
    expect(page.locator(".entry-photo img")).to_be_visible()
