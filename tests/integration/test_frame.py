"""What surrounds every page of a shop: the navigation bar with the number of what is due."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from sqlalchemy import Engine, event

from daftari.kernel.ids import new_id
from tests.integration.endpoints import ENDPOINTS
from tests.integration.ledger.conftest import umm_salim as umm_salim
from tests.integration.ledger.shop_client import HTMX, ShopClient, value_of

FOUND_BY = {"shop", "customer", "entry", "plan"}
PAGES = [
    endpoint
    for endpoint in ENDPOINTS
    if endpoint.method == "GET"
    and "shop" in endpoint.places
    and set(endpoint.places) <= FOUND_BY
    and not endpoint.opt.get("errors_as")
]


@pytest.fixture
async def ids(umm_salim: ShopClient) -> dict[str, str]:
    """One customer owes since today, another from tomorrow on; the first has a plan too."""
    customer, plan = await umm_salim.add(), new_id()
    entry = await umm_salim.wrote(customer, due_on="2026-11-23")
    await umm_salim.wrote(await umm_salim.add("سالم"), due_on="2026-11-24")
    instalments = {"id": plan, "amount": "2", "count": "2", "day_choice": "2026-12-01"}
    shown = await umm_salim.post(f"/customers/{customer}/plans/preview", **instalments)
    schedule = value_of(shown, "schedule")
    await umm_salim.post(f"/customers/{customer}/plans", **instalments, schedule=schedule)
    shop = umm_salim.home.split("/")[2]
    return {"shop": shop, "customer": customer, "entry": entry, "plan": plan}


async def test_every_page_of_a_shop_shows_how_many_are_due(umm_salim, ids):
    shown = {}
    for endpoint in PAGES:
        answer = await endpoint.request(umm_salim.browser, ids)
        if 'class="bottom-bar"' in answer.text:
            shown[str(endpoint)] = number_of(answer)
    assert len(shown) >= 20
    assert set(shown.values()) == {"1"}, shown


async def test_the_number_follows_the_day_of_the_shop(umm_salim, ids, clock):
    clock.move(days=1)
    assert number_of(await umm_salim.get("/more")) == "2"


async def test_a_form_that_is_refused_keeps_its_frame(umm_salim, ids):
    customer = ids["customer"]
    for path in ("/customers", f"/customers/{customer}", f"/customers/{customer}/entries"):
        answer = await umm_salim.post(path, id=new_id(), name="", kind="debt", amount="")
        assert (answer.status_code, number_of(answer)) == (422, "1"), path
    answer = await umm_salim.post("/more/shop", name="")
    assert (answer.status_code, number_of(answer)) == (422, "1")


async def test_a_fragment_counts_nothing_and_a_page_counts_once(umm_salim, ids):
    for path in ("/", "/due", f"/customers/{ids['customer']}", "/entries/new"):
        with counts_of_what_is_due() as counts:
            await umm_salim.get(path)
        assert len(counts) == 1, path
        with counts_of_what_is_due() as counts:
            await umm_salim.get(path, headers=HTMX)
        assert not counts, path


async def test_after_an_entry_by_htmx_the_number_is_new(umm_salim, ids):
    typed = {"id": new_id(), "kind": "debt", "amount": "3", "due_on": "2026-11-23"}
    written = await umm_salim.post(
        f"/customers/{await umm_salim.add('زيد')}/entries", htmx=True, **typed
    )
    assert number_of(written) == "2"


def number_of(answer: httpx.Response) -> str:
    """The number in the bar, as the page and its scripts know it."""
    found = re.search(r'<span id="due-count" data-known="(\d+)" class="count">(\d+)<', answer.text)
    assert found, answer.text[-800:]
    assert found[1] == found[2]
    return found[1]


@contextmanager
def counts_of_what_is_due() -> Iterator[list[str]]:
    statements: list[str] = []

    def note(connection, cursor, statement, *rest):
        if "count(" in statement and "oldest_due_on <=" in statement and "role !=" in statement:
            statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield statements
    event.remove(Engine, "before_cursor_execute", note)
