"""`make bench`: measure everything that is promised, print it, exit 1 where a promise is broken.

`--write` puts the table into `benchmarks/README.md`.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from benchmarks.books import Books, prepare
from benchmarks.delivery import DUE, PUSHES, plan_a_morning, push_a_thousand
from benchmarks.exports import measure_export
from benchmarks.handset import Handset, measure_handset
from benchmarks.open_debts import measure_open_debts
from benchmarks.papers import time_paper
from benchmarks.phones import Phones, measure_phones
from benchmarks.report import Finding, table, write_down
from benchmarks.servers import serving_bare, serving_daftari
from benchmarks.speed import Costs, measure
from benchmarks.starting import time_starts
from benchmarks.statements import count_statements
from benchmarks.visits import weigh_visits

NAMES = {
    "entry": "record an entry",
    "entry-htmx": "record an entry, by htmx",
    "book": "the book, 50 rows",
    "account": "an account, 200 rows",
    "statement": "a statement, 400 entries",
}
_PROMISED = {"entry": 1.7, "entry-htmx": 1.3, "statement": 4}
_SETTLE = 3.0

T = TypeVar("T")


def main() -> int:
    began, load = time.perf_counter(), os.getloadavg()[0]
    findings = list(_find())
    told = table(findings)
    print(f"\n{told}\n\n{time.perf_counter() - began:.0f} s")
    if "--write" in sys.argv:
        write_down(told, load)
    broken = [finding.what for finding in findings if not finding.is_kept]
    if broken:
        print(f"\nBROKEN: {'; '.join(broken)}", file=sys.stderr)
    return 1 if broken else 0


def _find() -> Iterator[Finding]:
    books = _step("the books", prepare)
    yield from _serving(books)
    handset = _step("a phone", lambda: measure_handset(books.data, books.phone))
    if handset is not None:
        yield from _in_the_hand(handset)
    counts = _step("statements", count_statements)
    for name, (few, twice) in counts.items():
        yield Finding(f"statements of {NAMES[name]}", twice, few, "", "with twice the rows")
    debts = _step("4,000 open debts", measure_open_debts)
    yield Finding("a payment, 4,000 open debts", debts.payment_ms, 10, "ms", "of CPU")
    yield Finding("its reversal", debts.reversal_ms, 10, "ms", "of CPU")
    paper = _step("a paper", time_paper)
    yield Finding("a statement of 500 entries as PDF", paper, 0.5, "s", "of CPU")
    one, many = _step("starts", time_starts)
    yield from _due()
    yield Finding("ready, 1 shop on disk", one, 1.5, "s")
    yield Finding("ready, 10,000 shops on disk", many, 1.5, "s")


def _serving(books: Books) -> Iterator[Finding]:
    with serving_bare(books.bare) as plain, serving_daftari(books.data) as ours:
        time.sleep(_SETTLE)
        idle = ours.memory()
        costs = _step("requests", lambda: measure(ours, plain, books))
        grown = ours.memory()
        visits = _step("visits", lambda: weigh_visits(ours, books.small))
        phones = _step("phones", lambda: measure_phones(ours, books.phone))
        whole = _step("the whole shop as a file", lambda: measure_export(ours, books.large))
    yield from _speeds(costs)
    yield from _carried(phones)
    waits = f"{whole.busy_ms:.1f} against {whole.quiet_ms:.1f} ms, on the wall"
    yield Finding("the whole shop as a file", whole.seconds, 20, "s", "200,000 entries")
    yield Finding("an entry meanwhile, p95", whole.busy_ms / whole.quiet_ms, 2, "×", waits)
    yield Finding("memory when idle", idle, 90, "MB", "resident, after the start")
    yield Finding("memory after the run", grown / idle, 1.15, "×", f"{grown:.0f} MB")
    if visits is not None:
        first, second = visits
        yield Finding("first visit", first.bytes / 1000, 100, "kB", "on the wire, heads included")
        yield Finding("first visit, requests", first.requests, 10, "")
        yield Finding("second visit", second.bytes / 1000, 10, "kB", f"{second.requests} requests")


def _speeds(costs: Costs) -> Iterator[Finding]:
    for operation, name in NAMES.items():
        bare, small, large = (costs[operation, side] for side in ("bare", "small", "large"))
        against, promised = bare, _PROMISED.get(operation, 2)
        if operation == "entry-htmx":  # of the plain form
            against = costs["entry", "small"]
        cpu = f"{small.ms:.2f} ms against {against.ms:.2f} ms of CPU"
        yield Finding(name, small.times(against), promised, "×", cpu)
        yield Finding(f"{name}, large book", large.times(small), 1.5, "×", f"{large.ms:.2f} ms")


def _due() -> Iterator[Finding]:
    morning = _step("a morning of 10,000 shops", plan_a_morning)
    assert morning.told == morning.visited == DUE, morning
    how = f"{morning.visited} opened, {morning.told} phones told"
    yield Finding("a morning, 500 of 10,000 shops due", morning.seconds, 60, "s", how)
    yield Finding("memory of that morning", morning.megabytes, 250, "MB", "at its peak")
    idle, busy = _step("1,000 pushes", push_a_thousand)
    assert busy.told == PUSHES, busy
    more = busy.told - idle.told
    rate = f"{more / (busy.seconds - idle.seconds):.0f} per second"
    each = 1000 * (busy.cpu_seconds - idle.cpu_seconds) / more
    yield Finding("a push, sealed and sent", each, 10, "ms", f"of CPU; {rate}")


def _carried(phones: Phones) -> Iterator[Finding]:
    cpu = f"{phones.synced_ms:.2f} ms against {phones.single_ms:.2f} ms of CPU"
    yield Finding("an entry in a batch of 50", phones.synced, 0.3, "×", f"of a single one: {cpu}")
    packed = f"{phones.snapshot_kb:.0f} kB, packed"
    yield Finding("snapshot, 5,000 customers", phones.snapshot_ms, 300, "ms", packed)


def _in_the_hand(phone: Handset) -> Iterator[Finding]:
    slow = "at a quarter of the processor's speed"
    yield Finding("outbox, worker, offline book", phone.size_kb, 70, "kB", "packed by Brotli")
    yield Finding("an entry stored on the phone", phone.stored_slow, 15, "ms", slow)
    yield Finding("its answer on the page", phone.answered_slow, 100, "ms", slow)
    yield Finding("5,000 customers stored", phone.carried / 1000, 1, "s", "fetched and sealed")
    yield Finding("a key of the search", phone.key_slow, 10, "ms", f"the slowest, {slow}")
    yield Finding("300 entries drained", phone.drained / 1000, 3, "s")
    yield Finding("300 entries, commits", phone.batches, 6, "")
    yield Finding("the book, server dead", phone.opened / 1000, 1, "s", "until its rows stand")


def _step(name: str, work: Callable[[], T]) -> T:
    print(f"  {name} …", file=sys.stderr, flush=True)
    return work()


if __name__ == "__main__":
    sys.exit(main())
