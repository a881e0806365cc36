"""What comes back and is not the server's own word: the entry waits, and is then there once."""

import json
from itertools import count

import pytest

from tests.browser.offline import faults, truth
from tests.browser.offline.device import Device
from tests.browser.offline.hand import WAITING
from tests.browser.seed import Shop

JSON = "application/json"
OTHERS = json.dumps({"answers": [{"id": "somebody-elses", "answer": "written"}], "version": 9})
NOBODYS = json.dumps({"answers": [], "version": 9})
NUMBERS = count(100)

NO_ANSWER = {
    "cut": faults.cut,
    "unreachable": faults.unreachable,
    "the answer lost": faults.lost,
    "half an answer": faults.half,
    "never answered": faults.silence,
    "a portal": faults.portal(),
    "a portal that says json": faults.portal(JSON),
    "a login page": faults.elsewhere("/signin"),
    "other ids": faults.says(200, OTHERS, JSON),
    "no ids": faults.says(200, NOBODYS, JSON),
} | {f"{n}": faults.says(n, "no") for n in (401, 403, 404, 409, 429, 500, 502, 503)}


@pytest.fixture(scope="module")
def counter(far_device, behind, written: list[Shop]) -> Device:
    """One phone for all of these days."""
    server, _ = behind
    made: Device = far_device(server.origin)
    made.start().foreseen |= {401, 403, 404, 409, 422, 429, 500, 502, 503}
    made.sign_in_as(written[0].token)
    made.carry(f"{written[0].home}/")
    return made


@pytest.fixture
def grocery(written: list[Shop]) -> Shop:
    return written[0]


@pytest.mark.parametrize("fault", NO_ANSWER.values(), ids=NO_ANSWER.keys())
def test_what_is_no_answer_of_ours_is_never_success(counter, network, grocery, data, fault):
    number = next(NUMBERS)
    counter.open(grocery.account("سالم"))
    with network.on("/sync", fault) as met:
        counter.enter("أعطيت", str(number))
        counter.until(lambda: met)
        counter.until_says(WAITING, str(number))
        (item,) = counter.items()
        assert item["state"] in ("waiting", "sending")
    counter.open(grocery.account("سالم"))
    counter.until(lambda: counter.items() == [] and counter.count(WAITING) == 0)
    assert truth.amounts(data, grocery, "سالم").count(number * 100) == 1
    counter.until_says("article.entry", str(number))


HEARS = """setTimeout(async () => { await book.drain(); await book.pull() }, 300)
  return null }"""


@pytest.mark.parametrize("snapshot", [faults.cut, faults.honest], ids=["verdict", "book"])
def test_what_arrives_while_the_page_is_on_its_way_stands_on_it(
    counter, network, grocery, snapshot
):
    """The page left the server before the entry came. Since then the phone heard the verdict, and
    in the second case carried the book anew too, and holds the item no more."""
    account, number = grocery.account("سالم"), str(next(NUMBERS))
    counter.open(account)
    with network.on("/sync", faults.cut) as met:
        counter.enter("أعطيت", number)
        counter.until(lambda: met)
        counter.until_says(WAITING, number)
    with network.on(account, faults.held(2.5)), network.on("/snapshot", snapshot) as asked:
        counter.ask(HEARS)
        counter.open(account)
        assert asked
        counter.until_says("article.entry", number, 15)
        counter.until_says("article.entry:not([data-state])", number, 15)
    assert counter.count("article.entry[data-state]") == 0


def test_a_quarter_of_all_answers_is_503_and_the_line_is_slow(counter, network, grocery, data):
    """Of ten entries each is there once; what the page says of each is true at any moment."""
    counter.open(grocery.account("أبو علي"))
    busy = faults.sometimes(faults.says(503, "busy"), 0.25)
    with network.on("/sync", faults.late(0.05, busy)) as met:
        for n in range(1, 11):
            counter.enter("أعطيت", str(n))
        counter.until(lambda: len(met) >= 4)
    slow = faults.drop_by_drop
    with network.on("/sync", slow), network.on("/snapshot", slow):
        counter.open(grocery.account("أبو علي"))
        counter.until(lambda: counter.items() == [])
    assert sorted(truth.amounts(data, grocery, "أبو علي")) == [n * 100 for n in range(1, 11)]
    counter.open(grocery.account("أبو علي"))
    assert "55.00" in counter.text("#standing")


@pytest.mark.parametrize("fault", [faults.silence, faults.says(503, "busy"), faults.unreachable])
def test_a_page_that_does_not_come_is_the_book_on_the_phone(counter, network, grocery, fault):
    with network.on("/s/", fault) as met:
        counter.open(grocery.account("فاطمة الزهراني"))
        counter.until_says("#standing", "380.00")
        counter.until(lambda: met)
    counter.open(grocery.account("فاطمة الزهراني"))
    counter.until_says("#standing", "380.00")
