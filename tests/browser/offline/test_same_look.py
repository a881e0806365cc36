"""The book on the phone says what the server's pages say, to the word, and in the same parts."""

import re
from pathlib import Path

import pytest

from tests.browser import seed
from tests.browser.offline.device import Device
from tests.browser.seed import Shop

LISTS = (
    "",
    "?filter=late",
    "?filter=owed",
    "?filter=settled",
    "?sort=biggest",
    "?q=زبون 4",
    "?q=الروضه",
    "?q=صناعيه",
)
# A phone number is written in groups online only.
PLACE = "#side .topbar-line bdi:not([dir])"
PEOPLE = (
    "أبو علي الخباز",
    "مؤسسة الحليب الطازج",
    "نورة",
    "سالم",
    "جديد لم يُكتب عليه",
    "زبون 1",
    "زبون 20",
    "زبون 31",
)
SAID = """(selector) => [...document.querySelectorAll(selector)]
  .map((part) => part.textContent.replace(/\\s+/g, ' ').trim())"""
COLOURS = """(selector) => [...document.querySelectorAll(selector)]
  .map((part) => getComputedStyle(part).color)"""
# The days that have a name (the end of the month, the feast) are counted online only, and the debts
# that a payment can be for are offered there.
SHEET = """() => {
  const sheet = document.querySelector('#entry').cloneNode(true)
  sheet.querySelectorAll('[data-days], [data-part=for], [data-for=for]')
    .forEach((part) => part.remove())
  return sheet.textContent.replace(/\\s+/g, ' ').trim()
}"""
# So many lines of a customer the phone carries.
CARRIED = 10


@pytest.fixture(scope="module")
def written(data: Path) -> list[Shop]:
    return seed.run(seed.fill(data, seed.a_full_one))


@pytest.fixture
def phone(server, device, shop: Shop) -> Device:
    made = device(server.origin)
    made.start()
    made.sign_in_as(shop.token)
    made.carry(f"{shop.home}/")
    return made


def test_the_book_on_the_phone_says_what_the_pages_say(phone, server, shop):
    online = read(phone, shop)
    assert len(online["list "]) == 50
    server.kill()
    offline = read(phone, shop)
    different = {
        what: (said, offline[what]) for what, said in online.items() if said != offline[what]
    }
    assert not different


def read(phone: Device, shop: Shop) -> dict[str, object]:
    said = {}
    for query in LISTS:
        phone.open(f"{shop.home}/{query}")
        phone.until(lambda: phone.count("#list .row"))
        said[f"list {query}"] = phone.run(SAID, "#list .row")
        said[f"hits {query}"] = phone.run(SAID, "#hits > *")
        said[f"colours {query}"] = phone.run(COLOURS, "#list .row-line, #list .row-amount")
    for part in ("#book h1", "#totals", ".chips a", ".drop-list a", ".bottom-bar a"):
        said[part] = phone.run(SAID, part)
    for name in PEOPLE:
        phone.open(shop.account(name))
        phone.until(lambda: phone.count("#standing"))
        for part in ("#standing", ".entry-buttons a", "#side h1", PLACE):
            said[f"{part} {name}"] = phone.run(SAID, part)
        said[f"colour of {name}"] = phone.run(COLOURS, "#standing .big, #standing .tag.late")
        lines = phone.run(SAID, "#lines .entry :is(a, summary)")
        said[f"lines {name}"] = [without_covers(line) for line in lines[: CARRIED - 1]]
        phone.open(f"{shop.account(name)}/entries/new?kind=payment")
        phone.until(lambda: phone.count("[data-confirm-button]"))
        said[f"sheet {name}"] = phone.run(SHEET)
    return said


def without_covers(line: str) -> str:
    """What a payment covered is told online only."""
    return re.sub(r" · غطّى .*?(?= ?الرصيد بعده)", "", line)
