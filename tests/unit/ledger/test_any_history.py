"""Any history of a book: after every step all its sums are one sum.

Hypothesis plays the shop: it writes, pays, reverses, sends twice, sends other content under a known
id, back-dates. What each rule says beside the invariants is the sums' own simple model.
"""

from collections import defaultdict
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from daftari.kernel.ids import new_id
from daftari.kernel.refusal import Conflict, Refusal
from daftari.ledger.actions import allocate, record
from daftari.ledger.rules.allocation import replay
from daftari.ledger.rules.commands import RecordEntry
from daftari.ledger.rules.kinds import TYPED_KINDS, Kind, Method, Side, effect
from daftari.ledger.store.heads import find_newer_head
from tests.book import EMPTY, KARIM, NOW, SHOP, UMM_SALIM, open_book
from tests.chances import examples

FEW = settings(
    max_examples=examples(60),
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
GENERATED = settings(
    FEW, max_examples=60, phases=[Phase.generate], derandomize=True, print_blob=False
)
KINDS = st.sampled_from([*[Kind.DEBT, Kind.PAYMENT] * 3, *TYPED_KINDS])
AMOUNTS = st.one_of(*[st.integers(1, 30)] * 9, st.sampled_from([1000, 9 * 10**15]))
WITHOUT_TERMS = replace(UMM_SALIM, shop=replace(SHOP, due_days=None))
DAYS_AGO = st.one_of(st.none(), st.integers(0, 6))


class AnyHistory(RuleBasedStateMachine):
    customers = Bundle("customers")
    written = Bundle("written")

    def __init__(self):
        super().__init__()
        self._open = ExitStack()
        self.book = self._open.enter_context(open_book())
        self.roles = {}
        self.sums = defaultdict(int)
        self.written_off = defaultdict(int)
        self.lines = []
        self.reversed = set()
        self.copied = EMPTY

    def teardown(self):
        self._open.close()

    @initialize(target=customers)
    def people_come(self):
        abu_ali = self.book.customer("أبو علي", credit_limit_minor=60)
        hamdan = self.book.supplier("حمدان", due_days=3)
        self.roles = {abu_ali: "customer", hamdan: "supplier"}
        return multiple(abu_ali, hamdan)

    @rule(
        target=written,
        customer=customers,
        kind=KINDS,
        amount=AMOUNTS,
        currency=st.sampled_from(["SAR", "SAR", "USD"]),
        days_ago=DAYS_AGO,
        due_in=DAYS_AGO,
        side=st.sampled_from([None, *Side]),
        method=st.sampled_from([None, *Method]),
        note=st.sampled_from(["", "خبز", "حليب"]),
        by=st.sampled_from([UMM_SALIM, WITHOUT_TERMS, KARIM]),
        meant=st.integers(0, 9),
    )
    def somebody_writes(
        self, customer, kind, amount, currency, days_ago, due_in, side, method, note, by, meant
    ):
        day = None if days_ago is None else NOW.date() - timedelta(days=days_ago)
        due = None if due_in is None else NOW.date() + timedelta(days=due_in)
        days = {"occurred_on": day, "due_on": due}
        words = {"side": side, "method": method, "note": note}
        for_id = self._debt(customer, currency, meant) if kind is Kind.PAYMENT else None
        command = RecordEntry(
            new_id(), customer, kind, amount, currency, **days, **words, for_id=for_id
        )
        try:
            recorded = self.book.record(command, by=by)
        except Refusal:
            return multiple()
        line, role = recorded.entry, self.roles[customer]
        usual = Side.OWES if role == "customer" else Side.OWED
        assert recorded.answer == "written"
        assert line.effect_minor == effect(kind, amount, role, side or usual)
        assert line.sequence == len(self.lines) + 1
        self._append(line)
        self.sums[customer, currency] += line.effect_minor
        self.written_off[customer, currency] += _written_off(line)
        return command

    def _debt(self, customer, currency, number):
        """A debt that a payment is for, reversed or not; for every second number none."""
        account = [
            one for one in self.lines if (one.customer_id, one.currency) == (customer, currency)
        ]
        debts = [one.id for one in account if one.kind is Kind.DEBT]
        return debts[number % len(debts)] if debts and number % 2 else None

    def _append(self, line):
        before = self.lines[-1].recorded_at if self.lines else self.book.at
        assert line.recorded_at == max(before, self.book.at)
        self.lines.append(line)

    @rule(minutes=st.integers(1, 3 * 24 * 60))
    def the_clock_is_set_back(self, minutes):
        self.book.at -= timedelta(minutes=minutes)

    @rule(command=written)
    def it_is_sent_again(self, command):
        assert self.book.record(command).answer == "known"

    @rule(
        command=written,
        other=st.sampled_from(
            [{"amount_minor": 77}, {"note": "غير ذلك"}, {"currency": "EUR"}, {"taker": "سعاد"}]
        ),
    )
    def other_content_is_sent_under_its_id(self, command, other):
        with pytest.raises(Conflict):
            self.book.record(replace(command, **other))

    @rule(command=consumes(written), by=st.sampled_from([UMM_SALIM, KARIM]), again=st.booleans())
    def a_mistake_is_reversed(self, command, by, again):
        old = next(line for line in self.lines if line.id == command.id)
        reversal_id = new_id()
        try:
            line = self.book.reversal(command.id, id=reversal_id, by=by).entry
        except Refusal:
            return
        assert line.effect_minor == -old.effect_minor
        self._append(line)
        self.reversed.add(old.id)
        self.sums[old.customer_id, old.currency] -= old.effect_minor
        self.written_off[old.customer_id, old.currency] -= _written_off(old)
        if again:
            assert self.book.reversal(command.id, id=reversal_id, by=by).answer == "known"

    @rule(data=st.data())
    def a_reversal_is_refused_the_second_time(self, data):
        if self.reversed:
            old = data.draw(st.sampled_from(sorted(self.reversed)))
            with pytest.raises(Refusal, match="already_reversed"):
                self.book.reversal(old)

    @rule()
    def the_head_is_copied(self):
        self.copied = self.book.write(find_newer_head, self.copied) or self.copied

    @invariant()
    def the_balance_is_the_sum_and_the_running_column_and_what_is_open(self):
        kept = {
            (customer, currency): (balance, written_off)
            for customer, currency, balance, written_off in self.book.sql("SELECT * FROM balances")
        }
        expected = {place: (self.sums[place], self.written_off[place]) for place in self.sums}
        assert kept == expected
        running = self.book.sql(
            "SELECT customer_id, currency, balance_after_minor, max(sequence)"
            " FROM entries GROUP BY 1, 2"
        )
        assert {tuple(row[:2]): row[2] for row in running} == dict(self.sums)
        open_sums = defaultdict(int)
        for customer, currency, effect_minor, left in self.book.sql(
            "SELECT customer_id, currency, effect_minor, remaining_minor FROM open_items"
        ):
            assert 0 < left <= abs(effect_minor)
            open_sums[customer, currency] += left if effect_minor > 0 else -left
        assert {k: v for k, v in self.sums.items() if v} == {
            k: v for k, v in open_sums.items() if v
        }

    @invariant()
    def nobody_has_open_debts_and_open_credits_at_once(self):
        sides = (
            "SELECT count(DISTINCT effect_minor > 0) FROM open_items GROUP BY customer_id, currency"
        )
        assert all(count == 1 for (count,) in self.book.sql(sides))

    @invariant()
    def what_is_settled_of_a_line_and_what_is_open_make_its_amount(self):
        parts = defaultdict(int)
        for credit, debit, amount in self.book.sql("SELECT * FROM allocations"):
            assert amount > 0
            parts[credit] += amount
            parts[debit] += amount
        for sequence, left in self.book.sql("SELECT sequence, remaining_minor FROM open_items"):
            parts[sequence] += left
        standing = [
            line
            for line in self.lines
            if line.kind is not Kind.REVERSAL and line.id not in self.reversed
        ]
        moved = {line.sequence: abs(line.effect_minor) for line in standing if line.effect_minor}
        assert parts == moved

    @invariant()
    def the_shops_totals_are_the_sums_of_its_balances(self):
        expected = defaultdict(lambda: [0, 0])
        for (_, currency), balance in self.sums.items():
            expected[currency][0] += max(balance, 0)
            expected[currency][1] += max(-balance, 0)
        kept = self.book.sql("SELECT currency, receivable_minor, payable_minor FROM totals")
        assert {row[0]: list(row[1:]) for row in kept} == dict(expected)

    @invariant()
    def what_was_written_off_is_never_recovered_twice(self):
        assert all(amount >= 0 for amount in self.written_off.values())

    @invariant()
    def the_proof_finds_nothing(self):
        assert self.book.faults(self.copied) == []


def _written_off(line):
    return {Kind.WRITE_OFF: 1, Kind.RECOVERY: -1}.get(line.kind, 0) * line.amount_minor


TestAnyHistory = AnyHistory.TestCase
TestAnyHistory.settings = FEW


def _replay_that_keeps_no_allocation(*args):
    return replay(*args)._replace(allocations={})


def test_a_mistake_in_the_allocation_would_be_found(monkeypatch):
    monkeypatch.setattr(allocate, "replay", _replay_that_keeps_no_allocation)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(AnyHistory, settings=GENERATED)


def test_a_mistake_in_the_balance_would_be_found(monkeypatch):
    real = record.balances.put_balance

    def without_advances(tx, account, currency, balance, written_off):
        real(tx, account, currency, max(balance, 0), written_off)

    monkeypatch.setattr(record.balances, "put_balance", without_advances)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(AnyHistory, settings=GENERATED)


def test_a_mistake_in_the_standing_would_be_found(monkeypatch):
    monkeypatch.setattr(record, "_last_payment", lambda account, line: account.last_payment_on)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(AnyHistory, settings=GENERATED)
