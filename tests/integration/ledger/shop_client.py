"""The counter of a shop, over HTTP: who stands there, what they type, and what the page says."""

import re
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from typing import Any

import httpx
from litestar import Litestar

from daftari.identity.actions.sessions import begin_session
from daftari.identity.actions.shops import open_shop
from daftari.identity.rules import Person, Role
from daftari.identity.rules.commands import NewShop
from daftari.identity.store.people import insert_membership, insert_person
from daftari.kernel.ids import new_id
from tests.integration.conftest import NOW

HTMX = {"HX-Request": "true"}
STATES = (
    "/more/shop",
    "/more/country",
    "/more/messages",
    "/more/notifications",
    "/more/alerts/thresholds",
)
SETTINGS = {
    "name": "بقالة النور",
    "digits": "latn",
    "notation": "point",
    "calendar": "gregorian",
    "zone": "Asia/Riyadh",
    "weekend": ["4", "5"],
    "due_days": "",
}


@dataclass(frozen=True, slots=True)
class ShopClient:
    """Somebody with a browser at the counter. `home` is the shop's address without a slash."""

    browser: httpx.AsyncClient
    home: str
    person_id: str

    async def get(self, path: str = "/", **more: Any) -> httpx.Response:
        return await self.browser.get(self.home + path, **more)

    async def post(self, path: str, *, htmx: bool = False, **typed: Any) -> httpx.Response:
        """Submit a form; one that shows a state is looked at first, unless `seen` is given."""
        if "seen" not in typed and (page := page_of(path)):
            typed |= {"seen": seen_on(await self.get(page))}
        return await self.browser.post(self.home + path, data=typed, headers=HTMX if htmx else {})

    async def add(self, name: str = "أبو علي", **typed: Any) -> str:
        """Put a customer into the book; his id."""
        customer = new_id()
        answer = await self.post("/customers", id=customer, name=name, same_name_ok="1", **typed)
        assert answer.status_code == 303, answer.text
        return customer

    async def write(
        self, customer: str, kind: str = "debt", amount: str = "12.50", **typed: Any
    ) -> httpx.Response:
        """Send one entry's form, under a new id unless one is given."""
        form = {"id": new_id(), "kind": kind, "amount": amount, **typed}
        return await self.post(f"/customers/{customer}/entries", **form)

    async def wrote(self, customer: str, *line: str, **typed: Any) -> str:
        """Write an entry that is accepted; its id."""
        entry = typed.setdefault("id", new_id())
        answer = await self.write(customer, *line, **typed)
        assert answer.status_code == 303, errors(answer)
        return str(entry)

    async def put_photo(self, entry: str, content: bytes) -> httpx.Response:
        return await self.browser.put(f"{self.home}/entries/{entry}/photo", content=content)

    async def reverse(self, entry: str, **typed: Any) -> httpx.Response:
        return await self.post(f"/entries/{entry}/reversal", **{"id": new_id(), **typed})

    async def account(self, customer: str) -> httpx.Response:
        answer = await self.get(f"/customers/{customer}")
        assert answer.status_code == 200, answer.text
        return answer

    async def standing(self, customer: str) -> str:
        """Where the customer stands, as the page says it: «عليه 7.50 ر.س»."""
        return text_of(await self.account(customer), "standing")

    async def entries(self, customer: str) -> list[str]:
        """The lines of the account, newest first."""
        answer = await self.account(customer)
        ids = re.findall(r'id="entry-([0-9a-f-]+)"', answer.text)
        return [text_of(answer, f"entry-{entry}") for entry in ids]


def page_of(path: str) -> str | None:
    """The page of a form that shows a state."""
    if re.fullmatch(r"/customers/[0-9a-f-]{36}", path):
        return f"{path}/edit"
    return path if path in STATES else None


def seen_on(page: httpx.Response) -> str:
    """What the form of a page says that it showed; '' without a form."""
    found = re.search(r'name="seen" value="([^"]*)"', page.text)
    return unescape(found[1]) if found else ""


async def open_for(
    app: Litestar, browser: httpx.AsyncClient, name: str, shop_name: str
) -> ShopClient:
    """A new owner with a new shop."""
    owner = Person(new_id(), name, "+966500000001", "ar")
    shop = NewShop(new_id(), shop_name, "SA", owner)
    wrapped_key = await app.state.shops.create(shop.id)
    await app.state.control.write(open_shop, shop, wrapped_key, NOW)
    return await sign_in(app, browser, f"/s/{shop.id}", owner.id)


async def hire(app: Litestar, browser: httpx.AsyncClient, home: str, role: Role) -> ShopClient:
    """Somebody who works in that shop."""
    person = Person(new_id(), "كريم", "+966500000003", "ar")
    shop_id = home.split("/")[2]
    await app.state.control.write(insert_person, person, NOW)
    await app.state.control.write(insert_membership, person.id, shop_id, role, NOW)
    return await sign_in(app, browser, home, person.id)


async def sign_in(
    app: Litestar, browser: httpx.AsyncClient, home: str, person_id: str
) -> ShopClient:
    """The same as with a passkey just shown."""
    now = app.state.clock.now()
    token = await app.state.control.write(begin_session, person_id, None, "هاتف Android", now)
    browser.cookies.set(app.state.session_cookie, token)
    return ShopClient(browser, home, person_id)


def errors(answer: httpx.Response) -> list[str]:
    """The names of the refusals on a page."""
    return re.findall(r'data-error="(\w+)"', answer.text)


def value_of(answer: httpx.Response, field: str) -> str:
    """What stands in a field of the form."""
    text = answer.text
    found = (
        re.search(rf'<input[^>]* name="{field}"[^>]* value="([^"]*)"', text)
        or re.search(rf'<input[^>]* name="{field}"(?![^>]* value=)[^>]*()>', text)
        or re.search(rf'<textarea[^>]* name="{field}"[^>]*>([^<]*)<', text)
    )
    assert found, f"no field {field}"
    return unescape(found[1])


def names(answer: httpx.Response) -> list[str]:
    """Who stands in the list, in its order."""
    return [
        unescape(name) for name in re.findall(r'class="row-name"><bdi>(.*?)</bdi>', answer.text)
    ]


def rows(answer: httpx.Response) -> list[str]:
    """The list, a line each, as it reads."""
    return [plain(row) for row in re.findall(r'(?s)<li class="row.*?</li>', answer.text)]


def more_href(answer: httpx.Response) -> str | None:
    found = re.search(r'class="rows-more" href="([^"]*)"', answer.text)
    return unescape(found[1]) if found else None


def text_of(answer: httpx.Response, element_id: str = "") -> str:
    """What is to be read on the page, or in one element of it."""
    words = _Words.of(answer.text, element_id)
    assert words, f"nothing in #{element_id}"
    return _squeeze(words)


def plain(html: str) -> str:
    """What is to be read in a piece of HTML."""
    return _squeeze(_Words.of(html))


def _squeeze(words: list[str]) -> str:
    return " ".join("".join(words).split())


class _Words(HTMLParser):
    """Collects the words inside one element."""

    void = frozenset({"input", "meta", "link", "img", "br", "hr"})

    def __init__(self, element_id: str) -> None:
        super().__init__()
        self._wanted = element_id
        self._depth = 0 if element_id else 1
        self.found: list[str] = []

    @classmethod
    def of(cls, html: str, element_id: str = "") -> list[str]:
        parser = cls(element_id)
        parser.feed(html)
        return parser.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.void:
            return
        if self._depth or (not self.found and dict(attrs).get("id") == self._wanted):
            self._depth += 1
            self.found.append("" if tag in ("bdi", "b", "span") else " ")

    def handle_endtag(self, tag: str) -> None:
        if self._depth and tag not in self.void:
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.found.append(data)
