"""The page of one entry where no server answers: what the phone has of it, and its reversal."""

from tests.browser.offline.device import Device
from tests.browser.offline.hand import FAILED, WAITING
from tests.browser.seed import Shop

FACTS = """() => [...document.querySelectorAll('#entry-details [data-fact]')]
  .map((fact) => `${fact.dataset.fact}: ${fact.textContent.replace(/\\s+/g, ' ').trim()}`)"""
LINES = "() => [...document.querySelectorAll('#lines article.entry')].map((it) => it.innerText)"
FIRST_ROW = "() => document.querySelector('article.entry a').href"
FORM = """() => document.querySelector('#correction').textContent.replace(/\\s+/g, ' ').trim()"""
TYPED = """() => Object.fromEntries([...document.querySelectorAll('#correction [name]')]
  .filter((field) => field.type !== 'hidden').map((field) => [field.name, field.value]))"""
SHOPS = 6
CHOICES = (
    "() => [...document.querySelectorAll('[name=for] option')].map((one) => [one.value, one.text])"
)


def test_the_page_says_what_it_said_and_leads_to_the_reversal(server, device, shop: Shop):
    phone: Device = device(server.origin)
    phone.start()
    phone.sign_in_as(shop.token)
    phone.carry(f"{shop.home}/")
    phone.open(shop.account("سالم"))
    phone.until(lambda: phone.count("article.entry"))
    address = phone.run(FIRST_ROW).removeprefix(server.origin)
    phone.open(address)
    online = phone.run(FACTS)
    assert len(online) > 2
    server.kill()
    phone.open(shop.account("سالم"))
    phone.click("article.entry a")
    phone.until(lambda: phone.count("#entry-details"))
    assert phone.run(FACTS) == online
    assert "تحتاج إلى الشبكة" in phone.text("#entry-details")
    phone.click(".entry-details-actions a[href$='/reversal']")
    phone.until(lambda: phone.count("#reversal"))
    phone.fill("#reversal [name=reason]", "كُتب مرتين")
    phone.click("#reversal [type=submit]")
    phone.until(lambda: phone.count(WAITING) == 1)
    phone.click("article.entry[data-state=reversed] a")
    phone.until_says("#entry-details", "كُتب مرتين")
    phone.open(address)
    phone.until_says("#entry-details", "كُتب مرتين")
    assert phone.count(".entry-details-actions a") == 0


def test_the_phone_shows_the_corrected_line_once_where_no_server_answers(
    server, device, shop: Shop
):
    phone: Device = device(server.origin)
    phone.start()
    phone.sign_in_as(shop.token)
    phone.open(shop.account("سالم"))
    phone.page.wait_for_load_state("networkidle")
    entry = phone.run("() => document.querySelector('article.entry').id.replace('entry-', '')")
    phone.open(f"{shop.home}/entries/{entry}/correction")
    phone.page.fill("#correction [name=amount]", "69.25")
    phone.click("#correction [type=submit]")
    phone.until_says("#standing", "69.25")
    phone.carry(f"{shop.home}/")
    phone.open(shop.account("سالم"))
    phone.until(lambda: phone.count("article.entry"))
    online = phone.run(LINES)
    server.kill()
    phone.open(shop.account("سالم"))
    phone.until(lambda: phone.count("article.entry"))
    assert phone.run(LINES) == online
    assert len(online) == 1


def test_a_line_is_corrected_where_no_server_answers(server, device, shop: Shop):
    phone: Device = device(server.origin)
    phone.start()
    phone.sign_in_as(shop.token)
    phone.carry(f"{shop.home}/")
    phone.open(shop.account("سالم"))
    phone.until(lambda: phone.count("article.entry"))
    entry = phone.run(FIRST_ROW).rsplit("/", 1)[1]
    phone.open(f"{shop.home}/entries/{entry}/correction")
    online = phone.run(FORM), phone.run(TYPED)
    server.kill()
    phone.open(shop.account("سالم"))
    phone.click("article.entry a")
    phone.click(".entry-details-actions a[href$='/correction']")
    phone.until(lambda: phone.count("#correction"))
    assert (phone.run(FORM), phone.run(TYPED)) == online
    phone.click("#correction [type=submit]")
    phone.until_says("#correction", "لم يتغيّر شيء")
    phone.page.fill("#correction [name=amount]", "69.25")
    phone.page.fill("#correction [name=note]", "سكر")
    phone.click("#correction [type=submit]")
    phone.until_says("#standing", "69.25")
    assert phone.count("article.entry") == phone.count(WAITING) == 1
    phone.until_says(WAITING, "سكر")
    phone.until_says(WAITING, "صُحِّح")
    server.start()
    phone.open(shop.account("سالم"))
    phone.until(lambda: not phone.items() or phone.items()[0]["state"] == "written")
    phone.open(shop.account("سالم"))
    phone.until_says("#standing", "69.25")
    assert phone.count("article.entry") == 1
    phone.until_says("article.entry", "صُحِّح")


def test_a_correction_that_is_not_taken_is_opened_again(server, device, shop: Shop):
    """Somebody corrected the same entry meanwhile: what was typed is offered on what stands now."""
    phone: Device = device(server.origin)
    phone.start()
    phone.sign_in_as(shop.token)
    phone.carry(f"{shop.home}/")
    phone.open(shop.account("سالم"))
    phone.until(lambda: phone.count("article.entry"))
    entry = phone.run(FIRST_ROW).rsplit("/", 1)[1]
    phone.open(f"{shop.home}/entries/{entry}/correction")
    phone.page.fill("#correction [name=amount]", "50")
    phone.click("#correction [type=submit]")
    phone.until_says("#standing", "50.00")
    phone.ask(
        "const ids = { id: crypto.randomUUID(), reversal_id: crypto.randomUUID() };"
        " await book.add('correct_entry', { ...ids, entry_id: args[0], amount_minor: 6925 });"
        " await book.drain(); return book.pull() }",
        entry,
    )
    (item,) = [one for one in phone.items() if one["verb"] == "correct_entry"]
    assert item["state"] == "refused"
    server.kill()
    phone.open(shop.account("سالم"))
    phone.until(lambda: phone.count(FAILED) == 1)
    phone.until_says("#standing", "50.00")
    phone.click(f"{FAILED} [data-action=again]")
    phone.until(lambda: phone.run(TYPED).get("amount") == "69.25")
    phone.click("#correction [type=submit]")
    phone.until_says("#standing", "69.25")
    assert phone.count("article.entry") == phone.count(WAITING) == 1


def test_what_a_payment_is_for_is_chosen_where_no_server_answers(server, device, shop: Shop):
    phone: Device = device(server.origin)
    phone.start()
    phone.sign_in_as(shop.token)
    phone.open(shop.account("أبو علي"))
    for count, keys in enumerate(("20", "7"), start=1):
        phone.enter("أعطيت", keys)
        phone.until(lambda count=count: phone.count("article.entry:not([data-state])") == count)
    phone.carry(f"{shop.home}/")
    sheet = f"{shop.account('أبو علي')}/entries/new?kind=payment"
    phone.open(sheet)
    phone.until(lambda: phone.count(".chip[data-part=for]"))
    online = phone.run(CHOICES)
    assert len(online) == 3
    phone.ask("await book.pull() }")
    server.kill()
    phone.open(sheet)
    phone.until(lambda: phone.count(".chip[data-part=for]"))
    assert phone.run(CHOICES) == online
    phone.click('[data-key="7"]')
    phone.click(".chip[data-part=for]")
    meant = next(value for value, words in online if words.startswith("7.00"))
    phone.page.select_option("[name=for]", meant)
    phone.click("[data-confirm-button]")
    phone.until_says("#standing", "20.00")
    assert phone.items()[-1]["for"] == meant
    phone.open(sheet)
    phone.until(lambda: phone.count(".chip[data-part=for]"))
    assert meant not in [value for value, _ in phone.run(CHOICES)]
    server.start()
    phone.open(shop.account("أبو علي"))
    phone.until(lambda: not phone.items() or phone.items()[-1]["state"] == "written")
    phone.open(f"{shop.home}/entries/{meant}")
    phone.until_says("#entry-details", "سداد")


def test_the_hijri_day_stands_beside_the_day_in_the_rows_of_the_phone(server, device, shop: Shop):
    phone: Device = device(server.origin)
    phone.start()
    phone.sign_in_as(shop.token)
    phone.open(f"{shop.home}/more/shop")
    phone.click("label:has([name=calendar][value=hijri])")
    phone.click("label:has([name=hijri_shift][value='-1'])")
    phone.click("form.card button[type=submit]")
    phone.page.wait_for_load_state("networkidle")
    phone.carry(f"{shop.home}/")
    phone.open(shop.account("سالم"))
    phone.until(lambda: phone.count("article.entry .hijri"))
    online = phone.run(LINES)
    server.kill()
    phone.open(shop.account("سالم"))
    phone.until(lambda: phone.count("article.entry .hijri"))
    assert phone.run(LINES) == online
    phone.enter("أعطيت", "7")
    phone.until(lambda: phone.count(f"{WAITING} .hijri"))
