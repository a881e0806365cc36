"""Two phones at one customer: what both changed is asked about, with and without a script."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import seed

# What the button does once the browser has given an address.
SUBSCRIBE = """async (address) => {
  const text = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
  const { publicKey } = await crypto.subtle.generateKey(
    { name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits'])
  const keys = { p256dh: text(await crypto.subtle.exportKey('raw', publicKey)),
    auth: text(crypto.getRandomValues(new Uint8Array(16))) }
  const body = JSON.stringify({ endpoint: 'https://fcm.googleapis.com/fcm/send/abc', keys })
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json' }
  await fetch(address, { method: 'POST', headers, body })
}"""


@pytest.fixture(scope="module")
def written(data: Path) -> list[seed.Shop]:
    return seed.run(seed.fill(data, seed.a_few))


@pytest.mark.parametrize("script", [True, False])
def test_what_both_phones_changed_is_asked_about(visit, written, script):
    shop = written[0]
    phone = visit(java_script_enabled=script)
    phone.sign_in_as(shop.token)
    phone.foreseen.add(409)
    mine = phone.open(f"{shop.account('أبو علي')}/edit")
    before = mine.locator("[name=nickname]").input_value()
    other = visit(java_script_enabled=False)
    other.sign_in_as(shop.token)
    theirs = other.open(f"{shop.account('أبو علي')}/edit")
    theirs.fill("[name=nickname]", f"جار المسجد {int(script)}")
    theirs.click("#customer-form button[type=submit]")
    theirs.wait_for_selector("#standing")
    mine.fill("[name=nickname]", f"أبو العيال {before}"[:40])
    mine.click("#customer-form button[type=submit]")
    question = mine.locator(".take")
    expect(question).to_contain_text("صار الآن")
    expect(question).to_contain_text(f"جار المسجد {int(script)}")
    if folder := os.environ.get("PICTURES"):
        for theme in ("light", "dark"):
            mine.emulate_media(color_scheme=theme)
            mine.locator(".take").scroll_into_view_if_needed()
            mine.screenshot(path=f"{folder}/stale-{script}-{theme}.png", full_page=True)
    question.locator("[value=now]").check()
    mine.click("#customer-form button[type=submit]")
    expect(mine).to_have_url(f"{phone.origin}{shop.account('أبو علي')}")
    page = phone.open(f"{shop.account('أبو علي')}/edit")
    expect(page.locator("[name=nickname]")).to_have_value(f"جار المسجد {int(script)}")


def test_a_phone_renamed_on_two_devices_is_asked_about(visit, written):
    shop, devices = written[0], [visit(java_script_enabled=script) for script in (True, False)]
    for device in devices:
        device.sign_in_as(shop.token)
    mine, theirs = devices
    mine.foreseen.add(409)
    place = f"{shop.home}/more/notifications"
    mine.open(place).evaluate(SUBSCRIBE, f"{shop.home}/push-subscriptions")
    for device, name in ((mine, "هاتف المحل"), (theirs, "هاتف البيت")):
        page = device.open(place)
        page.click("[id^=phone-] summary")
        page.fill("[id^=phone-] [name=name]", name)
    for device in (theirs, mine):
        device.page.click("[id^=phone-] form.form button >> nth=0")
    page = mine.page
    expect(page.locator(".take")).to_contain_text("هاتف البيت")
    page.get_by_role("link", name="اختر ما يبقى").click()
    page.locator(".take [value=typed]").check()
    page.click("[id^=phone-] form.form button >> nth=0")
    expect(page.locator("[id^=phone-] .menu-name")).to_contain_text("هاتف المحل")
