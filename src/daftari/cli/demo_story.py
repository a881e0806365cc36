"""A generator of random but reproducible demo data: the same seed and day give the same entries."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from random import Random
from typing import Any
from uuid import UUID

from daftari.cli.demo_words import (
    DELIVERIES,
    FAMILIES,
    GOODS,
    GROCERIES,
    MEN,
    SUPPLIERS,
    TAKERS,
    TRADES,
    WOMEN,
)
from daftari.customers.actions import add_customer
from daftari.customers.rules import CustomerRole, Details
from daftari.customers.rules.commands import AddCustomer
from daftari.customers.rules.consent import Agreed, ConsentMethod, OptIn
from daftari.ledger.actions import record_entry, reverse_entry
from daftari.ledger.rules.commands import RecordEntry, ReverseEntry
from daftari.ledger.rules.exchange import Exchange
from daftari.ledger.rules.goods import ONE, Goods, GoodsRow, sum_of
from daftari.ledger.rules.kinds import Kind, Method

RIYAL = 100
CURRENCY = "SAR"
_DOLLAR = 375  # in hundredths of a riyal: the rate does not move
_AGREED = Agreed(
    frozenset(map(OptIn.named, ("whatsapp_reminder", "whatsapp_receipt"))),
    ConsentMethod.IN_PERSON,
    "ar",
)
_PAYDAYS = {1: "day:27", 4: "weekday:3", 8: "last_working"}
_OPENS_AT, _OPEN_HOURS = 5, 15  # in UTC: from eight in the morning to eleven at night in Riyadh


@dataclass(frozen=True, slots=True)
class Scene:
    """One action at one moment: `verb(tx, member, at, command)`."""

    at: datetime
    verb: Any
    command: Any


class Habit(Enum):
    """A customer's payment habit: probability of a payment, and its part of the balance."""

    PAYS_ALL = (0.15, 1.0)
    PAYS_SOME = (0.3, 0.5)
    FORGETS = (0.06, 0.25)
    PAYS_AHEAD = (0.35, 1.4)
    SETTLES = (0.25, 0.9)


def tell(seed: int, customers: int, entries_each: int, until: datetime) -> list[Scene]:
    """All demo actions sorted by time, ending before `until`."""
    chance = Random(seed)
    first_day = until - timedelta(days=min(540, 30 + 5 * entries_each))
    everybody = _random_customers(chance, customers)
    people = [_Customer(chance, details, first_day, until) for details in everybody]
    scenes = [scene for person in people for scene in person.scenes(entries_each)]
    return sorted(scenes, key=lambda scene: scene.at)


def _random_customers(chance: Random, customers: int) -> Iterator[Details]:
    """The details of random customers; one in fourteen is a supplier."""
    names: set[str] = set()
    for number in range(customers):
        is_supplier = number % 14 == 3
        details = _supplier(number) if is_supplier else _neighbour(chance, names)
        phone = f"+96650000{number:04}" if chance.random() < 0.75 else None
        payday = None if is_supplier else _PAYDAYS.get(number % 10)
        yield replace(details, phone=phone, payday=payday)


def _supplier(number: int) -> Details:
    turn, which = divmod(number // 14, len(SUPPLIERS))
    name = SUPPLIERS[which] + (f" {turn + 1}" if turn else "")
    return Details(name, role=CustomerRole.SUPPLIER)


def _neighbour(chance: Random, names: set[str]) -> Details:
    is_woman = chance.random() < 0.3
    first, family = chance.choice(WOMEN if is_woman else MEN), chance.choice(FAMILIES)
    name = f"{first} {family}"
    if name in names:
        name = f"{first} {chance.choice(MEN)} {family}"
    names.add(name)
    limit = chance.choice((300, 500, 1000)) * RIYAL if chance.random() < 0.15 else None
    return Details(name, _nickname(chance, is_woman), credit_limit_minor=limit)


def _nickname(chance: Random, is_woman: bool) -> str:
    if chance.random() < 0.4:
        return ""
    if not is_woman and chance.random() < 0.2:
        return chance.choice(TRADES)
    return f"{'أم' if is_woman else 'أبو'} {chance.choice(MEN)}"


class _Customer:
    """A generated customer and the actions on the account; the balance is the amount owed."""

    def __init__(
        self, chance: Random, details: Details, first_day: datetime, until: datetime
    ) -> None:
        self._chance = chance
        self._details = details
        self._habit = chance.choice(tuple(Habit))
        self._until = until
        self._begins = self._moment_between(first_day, first_day + (until - first_day) / 2)
        self._id = self._new_id(self._begins)
        self._balance = 0
        self._last_debt: RecordEntry | None = None

    def scenes(self, entries: int) -> Iterator[Scene]:
        agreed = _AGREED if self._is_asked() else None
        adding = AddCustomer(self._id, self._details, same_name_ok=True, agreed=agreed)
        yield Scene(self._begins, add_customer, adding)
        for number, at in enumerate(self._moments(entries)):
            yield self._scene(at, is_first=number == 0, is_last=number == entries - 1)

    def _is_asked(self) -> bool:
        """Half of the neighbours with a phone agree to messages by WhatsApp."""
        is_supplier = self._details.role is CustomerRole.SUPPLIER
        return not is_supplier and bool(self._details.phone) and self._chance.random() < 0.5

    def _scene(self, at: datetime, is_first: bool, is_last: bool) -> Scene:
        draw = self._chance.random()
        often, part = self._habit.value
        if is_first and draw < 0.15:
            return self._record(at, Kind.OPENING, self._riyals(50, 900), "من الدفتر القديم")
        if is_last and self._habit is Habit.SETTLES and self._balance > 0:
            return self._pay(at, self._balance)
        if self._last_debt and draw > 0.985:
            return self._take_back(at, self._last_debt)
        if self._balance > 60 * RIYAL and draw > 0.975:
            return self._record(at, Kind.DISCOUNT, self._riyals(5, 20), "مسامحة")
        if self._balance > 0 and draw < often:
            return self._pay(at, max(10 * RIYAL, round(self._balance * part / 1000) * 1000))
        return self._buy(at)

    def _buy(self, at: datetime) -> Scene:
        is_supplier = self._details.role is CustomerRole.SUPPLIER
        note, least, most = self._chance.choice(DELIVERIES if is_supplier else GOODS)
        by_another = not is_supplier and self._chance.random() < 0.1
        taker = self._chance.choice(TAKERS) if by_another else ""
        goods = () if is_supplier else self._goods()
        amount = sum_of(goods) if goods else self._riyals(least, most)
        note = "" if goods else note
        scene = self._record(at, Kind.DEBT, amount, note, taker=taker, goods=goods)
        self._last_debt = scene.command
        return scene

    def _goods(self) -> Goods:
        """The rows of a debt; of most debts only the sum is written."""
        if self._chance.random() > 0.2:
            return ()
        taken = self._chance.sample(GROCERIES, self._chance.randint(2, 4))
        return tuple(
            GoodsRow(name, int(self._chance.choice(how_many) * ONE), int(price * RIYAL))
            for name, price, how_many in taken
        )

    def _pay(self, at: datetime, amount_minor: int) -> Scene:
        methods, weights = (Method.CASH, Method.TRANSFER, Method.WALLET), (8, 3, 1)
        method = self._chance.choices(methods, weights)[0]
        if method is Method.CASH and self._is_in_dollars(amount_minor):
            dollars = amount_minor // _DOLLAR
            exchange = Exchange(dollars * 100, "USD", _DOLLAR * 10**6, "USD")
            return self._record(
                at, Kind.PAYMENT, dollars * _DOLLAR, method=method, exchange=exchange
            )
        return self._record(at, Kind.PAYMENT, amount_minor, method=method)

    def _is_in_dollars(self, amount_minor: int) -> bool:
        """Sometimes whole dollars are handed over, by who does not pay all he owes."""
        pays_a_part = amount_minor < self._balance and amount_minor > 20 * _DOLLAR
        return pays_a_part and self._chance.random() < 0.1

    def _take_back(self, at: datetime, debt: RecordEntry) -> Scene:
        self._balance -= debt.amount_minor
        self._last_debt = None
        return Scene(at, reverse_entry, ReverseEntry(self._new_id(at), debt.id, "كُتب مرتين"))

    def _record(
        self, at: datetime, kind: Kind, amount_minor: int, note: str = "", **more: Any
    ) -> Scene:
        grows = kind in (Kind.DEBT, Kind.OPENING)
        self._balance += amount_minor if grows else -amount_minor
        self._last_debt = None
        entry_id = self._new_id(at)
        command = RecordEntry(entry_id, self._id, kind, amount_minor, CURRENCY, note=note, **more)
        return Scene(at, record_entry, command)

    def _riyals(self, least: int, most: int) -> int:
        """A random amount in quarters of a riyal; small amounts are more frequent."""
        return int(self._chance.triangular(least, most, least) * 4) * RIYAL // 4

    def _moments(self, how_many: int) -> Sequence[datetime]:
        last = self._until - timedelta(minutes=1)
        after = self._begins + timedelta(minutes=1)
        return sorted(self._moment_between(after, last) for _ in range(how_many))

    def _moment_between(self, start: datetime, end: datetime) -> datetime:
        """A random moment of the interval, moved into opening hours where that is possible."""
        at = start + (end - start) * self._chance.random()
        opening = at.replace(hour=_OPENS_AT, minute=0, second=0, microsecond=0)
        open_at = opening + timedelta(hours=_OPEN_HOURS * self._chance.random())
        return open_at if start <= open_at <= end else at

    def _new_id(self, at: datetime) -> str:
        """A UUID that starts with the time, like the ids that phones make, and ends randomly."""
        moment, rest = int(at.timestamp() * 1000), self._chance.getrandbits(80)
        return str(UUID(int=moment << 80 | rest, version=4))
