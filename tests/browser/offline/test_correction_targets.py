"""What a payment is for is corrected where no server answers; corrections wait in sight."""

from pathlib import Path

import pytest

from daftari.ledger.rules.kinds import Kind
from tests.browser import seed
from tests.browser.offline.device import Device
from tests.browser.offline.hand import FAILED, WAITING
from tests.browser.seed import Shop

SHOPS = 4
CHOICES = """() => [...document.querySelectorAll('#correction [name=for] option')]
  .map((one) => [one.value, one.text])"""
CHOSEN = "() => document.querySelector('#correction [name=for]').value"
FACTS = """() => [...document.querySelectorAll('#entry-details [data-fact]')]
  .map((fact) => `${fact.dataset.fact}: ${fact.textContent.replace(/\\s+/g, ' ').trim()}`)"""


@pytest.fixture(scope="module")
def written(data: Path) -> list[Shop]:
    return seed.run(seed.fill(data, *[two_debts] * SHOPS))


async def two_debts(shop: Shop) -> None:
    """Bread falls due first, sugar later; the payment was for the sugar. Many lines of another."""
    await shop.add("أبو علي")
    await shop.entry("أبو علي", Kind.DEBT, 1000, days_ago=4, due_in=2, note="خبز")
    shop.people["bread"] = shop.last_entry
    await shop.entry("أبو علي", Kind.DEBT, 2000, days_ago=3, due_in=40, note="سكر")
    shop.people["sugar"] = shop.last_entry
    await shop.entry("أبو علي", Kind.PAYMENT, 500, days_ago=1, for_id=shop.last_entry)
    shop.people["payment"] = shop.last_entry
    await shop.add("سالم")
    await shop.entry("سالم", Kind.DEBT, 5000, days_ago=30, note="قديم")
    shop.people["old"] = shop.last_entry
    for _ in range(11):
        await shop.entry("سالم", Kind.DEBT, 100, days_ago=2)


def carried(device, server, shop: Shop) -> Device:
    phone: Device = device(server.origin)
    phone.start()
    phone.sign_in_as(shop.token)
    phone.carry(f"{shop.home}/")
    return phone


def correction(phone: Device, shop: Shop) -> None:
    phone.open(f"{shop.home}/entries/{shop.people['payment']}/correction")
    phone.until(lambda: phone.count("#correction"))


def arrived(phone: Device) -> bool:
    return not phone.items() or phone.items()[-1]["state"] == "written"


def test_the_target_is_kept_changed_and_taken_out(server, device, shop: Shop):
    phone = carried(device, server, shop)
    bread, sugar = shop.people["bread"], shop.people["sugar"]
    correction(phone, shop)
    online = phone.run(CHOICES)
    assert [one for one, _ in online] == ["", bread, sugar]
    server.kill()
    correction(phone, shop)
    assert phone.run(CHOICES) == online
    assert phone.run(CHOSEN) == sugar
    phone.click("#correction [type=submit]")
    phone.until_says("#correction", "لم يتغيّر شيء")
    phone.page.select_option("[name=for]", bread)
    phone.click("#correction [type=submit]")
    phone.until(lambda: phone.count(WAITING) == 1)
    assert phone.items()[-1]["for"] == bread
    phone.until_says(WAITING, "عن دَين")
    server.start()
    phone.open(shop.account("أبو علي"))
    phone.until(lambda: arrived(phone))
    phone.open(f"{shop.home}/entries/{bread}")
    phone.until_says("#entry-details", "سداد")
    phone.carry(f"{shop.home}/")
    phone.ask("await book.pull() }")
    server.kill()
    phone.open(shop.account("أبو علي"))
    phone.until(lambda: phone.count("article.entry") == 3)
    phone.click("article.entry.shrinks a")
    phone.click(".entry-details-actions a[href$='/correction']")
    phone.until(lambda: phone.count("#correction"))
    assert phone.run(CHOSEN) == bread
    phone.page.select_option("[name=for]", "")
    phone.click("#correction [type=submit]")
    phone.until_says(WAITING, "لأقرب موعد أولًا")
    assert phone.items()[-1]["for"] == ""
    server.start()
    phone.open(shop.account("أبو علي"))
    phone.until(lambda: arrived(phone))
    phone.open(f"{shop.home}/entries/{phone.items()[-1]['id']}/correction")
    phone.until(lambda: phone.count("#correction"))
    assert phone.run(CHOSEN) == ""


def test_a_target_that_was_reversed_meanwhile_is_refused_by_name(server, device, shop: Shop):
    phone = carried(device, server, shop)
    bread = shop.people["bread"]
    server.kill()
    correction(phone, shop)
    phone.page.fill("#correction [name=note]", "نقدًا")
    phone.page.select_option("[name=for]", bread)
    phone.click("#correction [type=submit]")
    phone.until(lambda: phone.count(WAITING) == 1)
    server.start()
    phone.page.context.request.post(
        f"{server.origin}{shop.home}/entries/{bread}/reversal",
        form={"id": "01900000-0000-7000-8000-0000000000aa"},
        headers={"Origin": server.origin},
    )
    phone.open(shop.account("أبو علي"))
    phone.until(lambda: phone.count(FAILED) == 1)
    phone.until_says(FAILED, "أُلغي")
    phone.click(f"{FAILED} [data-action=again]")
    phone.until(lambda: phone.count("#correction"))
    phone.until_says("#correction", "أُلغي")
    assert phone.page.input_value("#correction [name=note]") == "نقدًا"
    phone.page.select_option("[name=for]", "")
    phone.click("#correction [type=submit]")
    phone.until(lambda: not phone.count(FAILED) and arrived(phone))
    phone.open(shop.account("أبو علي"))
    phone.until_says("#lines", "نقدًا")


def test_a_correction_of_an_older_entry_waits_in_sight(server, device, shop: Shop):
    """The phone holds ten lines of him: the oldest is not among them, and its correction counts."""
    phone = carried(device, server, shop)
    old = shop.people["old"]
    phone.page.context.route("**/sync", lambda route: route.abort())
    phone.ask(
        "const ids = { id: crypto.randomUUID(), reversal_id: crypto.randomUUID() };"
        " const stood = { kind: 'debt', amount_minor: 5000, effect_minor: 5000, currency: 'SAR',"
        " occurred_on: '2026-01-05', recorded_at: '2026-01-05T09:00:00Z', note: 'قديم' };"
        " await book.add('correct_entry', { ...ids, entry_id: args[0], customer_id: args[1],"
        " amount_minor: 4000, stood }) }",
        old,
        shop.people["سالم"],
    )
    phone.open(shop.account("سالم"))
    phone.until(lambda: phone.count(WAITING) == 1)
    phone.until_says(WAITING, "40.00")
    phone.until_says(WAITING, "قديم")
    phone.until_says("#standing", "51.00")
    phone.open(f"{shop.home}/entries/{old}")
    phone.until_says("#entry-waits", "40.00")
    phone.until_says("#entry-waits", "على الهاتف")
    server.kill()
    phone.open(shop.account("سالم"))
    phone.until_says("#standing", "51.00")
    phone.until(lambda: phone.count(WAITING) == 1)
    assert (
        phone.run("() => [...document.querySelectorAll('.entry')].at(-1).dataset.state")
        == "waiting"
    )
    server.start()
    phone.page.context.unroute("**/sync")
    phone.open(f"{shop.home}/entries/{old}")
    phone.until(lambda: arrived(phone) and not phone.count("#entry-waits"))
    phone.until_says("#entry-details", "صُحِّح")
    phone.open(shop.account("سالم"))
    phone.until_says("#standing", "51.00")
    assert phone.count(WAITING) == 0


def test_what_no_one_wrote_down_of_the_entry_is_not_shown(server, device, shop: Shop):
    """A correction that waits since before the phone kept what stood."""
    phone = carried(device, server, shop)
    phone.page.context.route("**/sync", lambda route: route.abort())
    phone.ask(
        "await book.add('correct_entry', { id: crypto.randomUUID(), entry_id: args[0],"
        " reversal_id: crypto.randomUUID(), customer_id: args[1], note: 'سكر' }) }",
        shop.people["old"],
        shop.people["سالم"],
    )
    phone.open(shop.account("سالم"))
    phone.until_says(WAITING, "تصحيح سكر")
    phone.until_says("#standing", "61.00")
    phone.open(f"{shop.home}/more/phone")
    phone.until_says("#this-phone", "تصحيح")
