"""Server CPU per request, ours against the bare app: blocks of both in turn, in one run."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from statistics import median

from benchmarks.books import Book, Books
from benchmarks.client import Request, as_a_browser, ask
from benchmarks.servers import Server
from daftari.kernel.ids import new_id

ROUNDS = 9
_WARM_UP = 20
_MS = 1000.0

Requests = Callable[[int], list[Request]]


@dataclass(frozen=True, slots=True)
class Series:
    """One kind of request to one server, `block` of them at a time."""

    operation: str
    side: str
    server: Server
    requests: Requests
    block: int


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU milliseconds of each block's requests, the mean of a block; one for each round."""

    rounds: tuple[float, ...]

    @property
    def ms(self) -> float:
        return median(self.rounds)

    def times(self, other: "Cost") -> float:
        """How many times the other's cost: the median over the rounds, each with its own."""
        return median(mine / its for mine, its in zip(self.rounds, other.rounds, strict=True))


Costs = dict[tuple[str, str], Cost]


def measure(ours: Server, plain: Server, books: Books) -> Costs:
    """The cost of each operation on each side: `bare`, `small` and `large`."""
    series = [*_bare(plain, books), *_ours(ours, books.small, "small")]
    series += _ours(ours, books.large, "large")
    series.sort(key=lambda one: one.operation)
    for one in series:
        ask(one.server.port, one.requests(_WARM_UP))
    seen: dict[tuple[str, str], list[float]] = {(one.operation, one.side): [] for one in series}
    for turn in range(ROUNDS):
        for one in series if turn % 2 else reversed(series):
            seen[one.operation, one.side].append(_cost_of(one))
    return {name: Cost(tuple(rounds)) for name, rounds in seen.items()}


def _cost_of(series: Series) -> float:
    requests = series.requests(series.block)
    before = series.server.cpu()
    ask(series.server.port, requests)
    return (series.server.cpu() - before) / len(requests) * _MS


def _bare(server: Server, books: Books) -> list[Series]:
    headers = as_a_browser(server.port)
    long = f"/customers/{books.small.long}"
    return [
        _get("book", "bare", server, "/", headers, 160),
        _get("account", "bare", server, long, headers, 60),
        _get("statement", "bare", server, long, headers, 60),
        _post("entry", "bare", server, "", books.small, headers, 200),
        _post("entry-htmx", "bare", server, "", books.small, headers, 120),
    ]


def _ours(server: Server, book: Book, side: str) -> list[Series]:
    home, headers = f"/s/{book.shop_id}", as_a_browser(server.port, book.token)
    account = f"{home}/customers/{book.long}"
    return [
        _get("book", side, server, f"{home}/", headers, 120),
        _get("account", side, server, f"{account}?rows=200", headers, 40),
        _get("statement", side, server, f"{account}/statement", headers, 40),
        _post("entry", side, server, home, book, headers, 160),
        _post("entry-htmx", side, server, home, book, headers, 100),
    ]


def _get(
    operation: str, side: str, server: Server, path: str, headers: dict[str, str], block: int
) -> Series:
    return Series(operation, side, server, lambda n: [Request(path, headers)] * n, block)


def _post(
    operation: str,
    side: str,
    server: Server,
    home: str,
    book: Book,
    headers: dict[str, str],
    block: int,
) -> Series:
    """A debt and its payment in turn, on one account after another."""
    is_htmx, numbers = operation == "entry-htmx", count()
    said = headers | {"HX-Request": "true"} if is_htmx else headers

    def requests(how_many: int) -> list[Request]:
        return [entry(next(numbers)) for _ in range(how_many)]

    def entry(number: int) -> Request:
        customer = book.customers[number // 2 % len(book.customers)]
        kind = "payment" if number % 2 else "debt"
        form = {"id": new_id(), "kind": kind, "amount": "12.50", "note": "خبز وحليب"}
        path = f"{home}/customers/{customer}/entries"
        return Request(path, said, 200 if is_htmx else 303, form)

    return Series(operation, side, server, requests, block)
