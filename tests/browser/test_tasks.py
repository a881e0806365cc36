"""Umm Salim takes out her whole shop: she sees how far it is, and has the file."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import seed
from tests.browser.looks import assert_it_fits
from tests.browser.phone import Phone


@pytest.fixture(scope="module")
def written(data: Path) -> list[seed.Shop]:
    return seed.run(seed.fill(data, seed.a_full_one))


def test_the_file_is_made_while_the_page_tells_and_is_downloaded(phone: Phone):
    page = phone.open("/")
    page.click(".bottom-bar a[href$='/more']")
    page.click("a[href$='/more/tasks']")
    expect(page.locator("h1")).to_have_text("الأعمال الجارية")
    page.click("form[action$='/exports'] button")
    page.wait_for_url("**/more/tasks")
    expect(page.locator("[data-state=done]")).to_have_count(1)
    assert_it_fits(page)
    with page.expect_download() as downloading:
        page.click("a[href$='/file']")
    file = downloading.value
    assert re.fullmatch(r"daftari-\d{4}-\d\d-\d\d\.zip", file.suggested_filename)
    names = zipfile.ZipFile(file.path()).namelist()
    assert {"book.html", "csv/entries.csv", "data/entries.jsonl", "manifest.json"} <= set(names)


def test_the_book_in_the_file_opens_without_us(visit: Callable[..., Phone], shop, tmp_path: Path):
    phone = visit()
    phone.sign_in_as(shop.token)
    page = phone.open("/")
    page.goto(f"{shop.home}/more/tasks")
    expect(page.locator("[data-state=done]")).to_have_count(1)
    with page.expect_download() as downloading:
        page.click("a[href$='/file']")
    book = tmp_path / "book.html"
    book.write_bytes(zipfile.ZipFile(downloading.value.path()).read("book.html"))
    alone = phone.context.new_page()
    alone.goto(book.as_uri())
    name = alone.locator("#names a").first
    expect(name).to_be_visible()
    name.click()
    expect(alone.locator("section:target h2, #names").first).to_be_visible()
    assert alone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    alone.close()


def test_it_works_without_a_script(visit: Callable[..., Phone], shop):
    phone = visit(java_script_enabled=False)
    phone.sign_in_as(shop.token)
    page = phone.open("/")
    page.goto(f"{shop.home}/more/tasks")
    page.click("form[action$='/exports'] button")
    page.wait_for_url("**/more/tasks")
    newest = page.locator(".tasks > li").first
    for _ in range(100):
        if newest.get_attribute("data-state") == "done":
            break
        page.wait_for_timeout(300)
        page.reload()
    expect(newest.locator("a[href$='/file']")).to_be_visible()
