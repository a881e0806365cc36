"""The export of the large book: how long it takes, and how long entries meanwhile wait."""

import http.client
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from statistics import quantiles
from urllib.parse import urlencode

from benchmarks.books import Book
from benchmarks.client import as_a_browser
from benchmarks.servers import Server
from daftari.kernel.ids import new_id

_QUIET = 10.0
_BETWEEN = 0.05
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True, slots=True)
class Exported:
    """`seconds`: from the request to the file; of an entry written before and meanwhile the 95th
    percentile of the wait, in milliseconds.
    """

    seconds: float
    quiet_ms: float
    busy_ms: float


def measure_export(server: Server, book: Book) -> Exported:
    """Write entries for a while, then ask for the export and write on until it is there."""
    asking = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    shop = _Shop(asking, book, as_a_browser(server.port, book.token))
    quiet_until = time.perf_counter() + _QUIET
    quiet = shop.write_until(lambda: time.perf_counter() > quiet_until)
    began = time.perf_counter()
    shop.post("/exports", {"id": new_id()})
    busy = shop.write_until(shop.has_file)
    return Exported(time.perf_counter() - began, _late(quiet), _late(busy))


class _Shop:
    """The large book on one connection."""

    def __init__(
        self, asking: http.client.HTTPConnection, book: Book, headers: dict[str, str]
    ) -> None:
        self._asking, self._book, self._headers = asking, book, headers
        self._numbers = count()

    def post(self, path: str, form: dict[str, str]) -> None:
        headers = self._headers | _FORM
        self._ask("POST", path, headers, urlencode(form), 303)

    def has_file(self) -> bool:
        page = self._ask("GET", "/more/tasks", self._headers, "", 200)
        assert not re.search(rb'data-state="(failed|cancelled)"', page), page
        return b'data-state="done"' in page

    def write_until(self, is_over: Callable[[], bool]) -> list[float]:
        """How long each entry took that was written until then, in milliseconds."""
        waits, looked = [], time.perf_counter()
        while True:
            customer = self._book.customers[next(self._numbers) % len(self._book.customers)]
            entry = {"id": new_id(), "kind": "debt", "amount": "12.50"}
            began = time.perf_counter()
            self.post(f"/customers/{customer}/entries", entry)
            waits.append(1000 * (time.perf_counter() - began))
            time.sleep(_BETWEEN)
            if time.perf_counter() > looked + 0.5:
                looked = time.perf_counter()
                if is_over():
                    return waits

    def _ask(
        self, method: str, path: str, headers: dict[str, str], body: str, status: int
    ) -> bytes:
        plain = {name: value for name, value in headers.items() if name != "Accept-Encoding"}
        self._asking.request(method, f"/s/{self._book.shop_id}{path}", body, plain)
        answer = self._asking.getresponse()
        content = answer.read()
        assert answer.status == status, (path, answer.status)
        return content


def _late(waits: list[float]) -> float:
    return quantiles(waits, n=20)[-1]
