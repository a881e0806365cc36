"""The chain's format. A digest that changes here breaks every book there is: do not 'fix' it."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from daftari.ledger.rules import chain
from daftari.ledger.rules.chain import GENESIS, Entry
from daftari.ledger.rules.commands import RecordEntry, ReverseEntry
from daftari.ledger.rules.goods import GoodsRow
from daftari.ledger.rules.kinds import Kind, Method, Side

ABU_ALI = "01939f3e-0000-7000-8000-00000000000a"
DEBT = RecordEntry(
    id="01939f3e-0000-7000-8000-000000000001",
    customer_id=ABU_ALI,
    kind=Kind.DEBT,
    amount_minor=1250,
    currency="SAR",
    note="خبز",
)
WORDS = chain.particulars_digest(bytes(16), "خبز", "سعاد", "")
LINE = Entry(
    sequence=1,
    id=DEBT.id,
    customer_id=ABU_ALI,
    kind=Kind.DEBT,
    amount_minor=1250,
    effect_minor=1250,
    balance_after_minor=1250,
    currency="SAR",
    occurred_on=date(2026, 11, 23),
    due_on=date(2026, 12, 23),
    method=None,
    reverses_id=None,
    recorded_at=datetime(2026, 11, 23, 9, 0, 0, 123000, tzinfo=UTC),
    recorded_by="01939f3e-0000-7000-8000-00000000000b",
    request_digest=chain.entry_digest(DEBT),
    particulars_digest=WORDS,
)
OTHER = {
    "sequence": 2,
    "id": "x",
    "customer_id": "x",
    "kind": Kind.PAYMENT,
    "amount_minor": 1251,
    "effect_minor": -1250,
    "balance_after_minor": 0,
    "currency": "USD",
    "occurred_on": date(2026, 11, 24),
    "due_on": None,
    "method": Method.CASH,
    "reverses_id": "x",
    "recorded_at": LINE.recorded_at + timedelta(milliseconds=1),
    "recorded_by": "x",
    "request_digest": bytes(32),
    "particulars_digest": None,
    "for_id": "x",
    "corrects_id": "x",
    "paid_minor": 4700,
    "paid_currency": "SAR",
    "rate_e8": 375000000,
    "rate_of": "USD",
    "session_id": "x",
    "branch_id": "x",
}


GOLDEN = {
    "entry": "5614a377fd8c6793038c1ddcacf6c1c4d752b01d1534a460a174054d832d81ef",
    "words": "e3ec0c2d2f7a6c0aed2d23a8d780a138bbfc7b7e9fbb7a619c4a90251c9f7df3",
    "words and goods": "883959f630e583723e269ce528ea83bf75fbf54d871e3a6de4b0e54195f0306b",
    "link": "7abc36cfb9db20db3b0ebf8852ac2d5b6483ac4934ca011646472905821e072d",
    "reversal": "5f89e1c40fa65a7dbc4070e0db70e5295573e067ec70adf223e8029347c9acea",
    "entry with later fields": "5919c0ef78697ed68a58d71cbe1c8b44b04c5e52cc7c9c60d00fe6715360cd72",
    "link with later fields": "21c339325e34e31ec14ddbce4dcdc46a3f08feb0608bedfa98c8722f104896b2",
}


def test_the_digests_are_what_they_always_were():
    assert chain.entry_digest(DEBT).hex() == GOLDEN["entry"]
    assert WORDS.hex() == GOLDEN["words"]
    assert chain.link(GENESIS, LINE).hex() == GOLDEN["link"]
    reversal = ReverseEntry("01939f3e-0000-7000-8000-000000000002", DEBT.id, "خطأ")
    assert chain.reversal_digest(reversal).hex() == GOLDEN["reversal"]


def test_the_digests_of_later_fields_are_what_they_always_were():
    later = {"for_id": ABU_ALI, "corrects_id": DEBT.id}
    digest = chain.entry_digest(replace(DEBT, for_id=ABU_ALI))
    assert digest.hex() == GOLDEN["entry with later fields"]
    assert chain.link(GENESIS, replace(LINE, **later)).hex() == GOLDEN["link with later fields"]


def test_the_digest_of_goods_is_what_it_always_was():
    goods = (GoodsRow("سكر", 1500, 625), GoodsRow("شاي", 1000, 1250))
    covered = chain.particulars_digest(bytes(16), "خبز", "سعاد", "", goods)
    assert covered.hex() == GOLDEN["words and goods"]
    assert chain.particulars_digest(bytes(16), "خبز", "سعاد", "", goods[::-1]) != covered
    assert chain.particulars_digest(bytes(16), "خبز", "سعاد", "", ()) == WORDS


@pytest.mark.parametrize(("name", "value"), OTHER.items())
def test_the_chain_covers_every_value_of_a_line(name, value):
    assert getattr(LINE, name) != value
    assert chain.link(GENESIS, replace(LINE, **{name: value})) != chain.link(GENESIS, LINE)


def test_no_value_of_a_line_is_left_out_here():
    assert set(OTHER) == {field.name for field in fields(Entry)}


def test_the_chain_covers_the_line_before():
    assert chain.link(bytes(31) + b"\1", LINE) != chain.link(GENESIS, LINE)


def test_a_moment_is_the_same_wherever_it_is_told():
    in_riyadh = LINE.recorded_at.astimezone(timezone(timedelta(hours=3)))
    assert chain.link(GENESIS, replace(LINE, recorded_at=in_riyadh)) == chain.link(GENESIS, LINE)


@pytest.mark.parametrize(
    "changes",
    [
        {"customer_id": "x"},
        {"kind": Kind.PAYMENT},
        {"amount_minor": 1251},
        {"currency": "USD"},
        {"occurred_on": date(2026, 11, 23)},
        {"due_on": date(2026, 11, 23)},
        {"side": Side.OWES},
        {"method": Method.CASH},
        {"for_id": ABU_ALI},
    ],
)
def test_a_request_with_other_content_is_another_request(changes):
    assert chain.entry_digest(replace(DEBT, **changes)) != chain.entry_digest(DEBT)


def test_words_are_not_in_the_request_nor_can_they_be_guessed_from_their_digest():
    assert chain.entry_digest(replace(DEBT, note="حليب")) == chain.entry_digest(DEBT)
    other_salt = chain.particulars_digest(b"\1" * 16, "خبز", "سعاد", "")
    assert other_salt != WORDS
    assert chain.particulars_digest(bytes(16), "خبز", "", "سعاد") != WORDS
