"""What a phone costs the server: a batch against single entries, and the book it carries."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from statistics import median

from benchmarks.books import Book
from benchmarks.client import Request, as_a_browser, ask
from benchmarks.servers import Server
from daftari.kernel.clock import Clock, as_text
from daftari.kernel.ids import new_id

ROUNDS = 9
BATCH = 50
_SINGLES, _BATCHES, _SNAPSHOTS = 120, 8, 5
_MS, _KB = 1000.0, 1000.0
_PHONE = new_id()

Headers = dict[str, str]


@dataclass(frozen=True, slots=True)
class Phones:
    """CPU in milliseconds; `synced`: an entry in a batch, as a part of one by itself.

    `snapshot_ms`, `snapshot_kb`: the whole book of 5,000 customers, packed.
    """

    synced: float
    synced_ms: float
    single_ms: float
    snapshot_ms: float
    snapshot_kb: float


def measure_phones(server: Server, book: Book) -> Phones:
    """Blocks of batches and of single entries in turn; then whole snapshots."""
    headers, numbers = as_a_browser(server.port, book.token), count()

    def singles() -> float:
        requests = [_single(book, headers, next(numbers)) for _ in range(_SINGLES)]
        return _cost(server, requests) / _SINGLES

    def batches() -> float:
        requests = [_batch(book, headers, numbers) for _ in range(_BATCHES)]
        return _cost(server, requests) / (_BATCHES * BATCH)

    _turns(batches, singles, 1)
    pairs = _turns(batches, singles, ROUNDS)
    snapshot = Request(f"/s/{book.shop_id}/snapshot", headers)
    length = ask(server.port, [snapshot])
    costs = [_cost(server, [snapshot]) for _ in range(_SNAPSHOTS)]
    return Phones(
        synced=median(batch / single for batch, single in pairs),
        synced_ms=median(batch for batch, _ in pairs),
        single_ms=median(single for _, single in pairs),
        snapshot_ms=median(costs),
        snapshot_kb=length / _KB,
    )


def _turns(
    one: Callable[[], float], other: Callable[[], float], rounds: int
) -> list[tuple[float, float]]:
    return [(one(), other()) for _ in range(rounds)]


def _cost(server: Server, requests: list[Request]) -> float:
    before = server.cpu()
    ask(server.port, requests)
    return (server.cpu() - before) * _MS


def _single(book: Book, headers: Headers, number: int) -> Request:
    """A debt and its payment in turn, on one account after another."""
    form = {"id": new_id(), "kind": _kind(number), "amount": "12.50", "note": "خبز وحليب"}
    account = f"/s/{book.shop_id}/customers/{_whose(book, number)}"
    return Request(f"{account}/entries", headers, 303, form)


def _batch(book: Book, headers: Headers, numbers: Iterator[int]) -> Request:
    """Fifty of the same."""
    now = as_text(Clock().now())
    items = [_item(book, next(numbers), now) for _ in range(BATCH)]
    batch = {"device": _PHONE, "now": now, "items": items}
    return Request(f"/s/{book.shop_id}/sync", headers, json=batch)


def _item(book: Book, number: int, now: str) -> dict[str, object]:
    return {
        "v": 1,
        "id": new_id(),
        "verb": "record_entry",
        "user": book.owner,
        "shop": book.shop_id,
        "device": _PHONE,
        "sequence": number,
        "made_at": now,
        "customer_id": _whose(book, number),
        "kind": _kind(number),
        "amount_minor": 1250,
        "currency": "SAR",
        "note": "خبز وحليب",
    }


def _kind(number: int) -> str:
    return "payment" if number % 2 else "debt"


def _whose(book: Book, number: int) -> str:
    return book.customers[number // 2 % len(book.customers)]
