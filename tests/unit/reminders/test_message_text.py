"""What the customer reads: from his side, in full, and whatever is in a name stays a name."""

import re
from dataclasses import replace
from datetime import date

import pytest

from daftari.ledger.rules.exchange import Exchange
from daftari.reminders.actions.message_text import MessageContext, reminder_text, subject_of
from daftari.reminders.actions.receipt_text import CoveredDebt, RecordedEntry, receipt_text
from daftari.reminders.rules.eligibility import Owed, ReminderCandidate
from daftari.reminders.rules.seasons import Season
from daftari.reminders.rules.settings import Tone
from tests.book import SHOP

TODAY = date(2026, 11, 23)
URL = "https://daftari.example/stop/AaIU5jCnebKQ5F2pNPbTebLik6OkK9t7"
ARABIC = MessageContext(SHOP, "ar", URL)
ENGLISH = MessageContext(SHOP, "en", URL)
DUE = Owed("SAR", 25000, date(2026, 11, 14))
ODD_NAMES = (
    "{0}",
    "{name}",
    "%s",
    "%(amounts)s",
    "100%",
    "<script>alert(1)</script>",
    "أبو علي %d {shop}",
)


def candidate(name: str = "أبو علي", *owed: Owed) -> ReminderCandidate:
    owed = owed or (DUE,)
    return ReminderCandidate(
        "one", name, None, None, None, False, owed, None, None, frozenset(), None
    )


def reminder(context: MessageContext = ARABIC, tone: Tone = Tone.GENTLE, season=None, **of) -> str:
    return reminder_text(context, replace(candidate(), **of), tone, TODAY, season)


@pytest.mark.parametrize("tone", list(Tone))
def test_every_tone_speaks_from_the_readers_side_and_says_all_it_must(tone):
    text = reminder(tone=tone)
    for part in (
        "السلام عليكم أبو علي.",
        "عليك 250.00 ريال سعودي عند بقالة النور",
        "14/11/2026",
        "إن كنت قد سدّدت فتجاهل هذه الرسالة.",
        f"لإيقاف هذه الرسائل: {URL}",
    ):
        assert part in text
    assert "عليه" not in text


def test_the_three_tones_differ_and_only_the_firm_one_asks_to_pay():
    texts = {tone: reminder(tone=tone) for tone in Tone}
    assert len(set(texts.values())) == 3
    asking = {tone for tone, text in texts.items() if "نرجو السداد" in text}
    assert asking == {Tone.FIRM}


def test_what_is_due_today_and_what_has_no_day_read_otherwise_than_what_is_late():
    late, due = reminder(), reminder(owed=(Owed("SAR", 25000, TODAY),))
    without = reminder(owed=(Owed("SAR", 25000, None),))
    assert "كان موعد" in late
    assert "كان موعد" not in due
    assert "23/11/2026" in due
    assert "موعد" not in without


def test_every_amount_has_its_currency_in_full():
    text = reminder(
        owed=(
            DUE,
            replace(DUE, currency="YER", minor=5000),
            replace(DUE, currency="USD", minor=150),
        )
    )
    assert "250.00 ريال سعودي و5,000 ريال يمني و1.50 دولار أمريكي" in text


def test_a_shop_that_writes_arabic_digits_and_both_calendars_does_so_here():
    shop = replace(SHOP, digits="arab", calendar="hijri")
    text = reminder(replace(ARABIC, shop=shop))
    assert "٢٥٠٫٠٠ ريال سعودي" in text
    assert "١٤/١١/٢٠٢٦ (٤ جمادى الآخرة)" in text


@pytest.mark.parametrize(
    ("season", "word"),
    [(Season.RAMADAN, "رمضان كريم"), (Season.FITR, "مبارك"), (Season.ADHA, "مبارك")],
)
def test_the_seasons_are_greeted(season, word):
    assert word in reminder(season=season)
    assert word not in reminder()


def test_what_is_not_late_is_not_called_late():
    coming = Owed("SAR", 10000, date(2026, 11, 26), date(2026, 11, 26))
    text = reminder(tone=Tone.FIRM, owed=(DUE, coming))
    assert "عليك 250.00 ريال سعودي عند بقالة النور، وقد فات موعد السداد 14/11/2026." in text
    assert "وعليك كذلك 100.00 ريال سعودي، وموعد سدادها 26/11/2026." in text


def test_several_days_are_not_one():
    text = reminder(ENGLISH, owed=(replace(DUE, last_on=date(2026, 11, 16)),))
    assert "which was to be paid on 14/11/2026 and after." in text


def test_english_says_the_same():
    text = reminder(ENGLISH)
    assert "you owe 250.00 Saudi riyal to بقالة النور, which" in text
    assert "If you have paid already, please disregard this message." in text
    assert f"To stop these messages: {URL}" in text


@pytest.mark.parametrize("context", [ARABIC, ENGLISH])
@pytest.mark.parametrize("name", ["Store", "متجر"])
def test_no_name_takes_a_number_along_in_its_own_direction(context, name):
    """UAX #9: a number goes with the letters before it, a line with its first letter."""
    lines = [line for text in everything_said(context, name) for line in text.split("\n")]
    assert sum(name in line for line in lines) > len(Tone)
    assert not [line for line in lines if re.search(rf"{name}\W*\d", line)]
    assert {line for line in lines if line.startswith(name)} == {name}


def everything_said(context: MessageContext, name: str) -> list[str]:
    context = replace(context, shop=replace(SHOP, name=name))
    owed = [(DUE,), (Owed("SAR", 25000, TODAY),), (Owed("SAR", 25000),)]
    reminders = [reminder(context, tone, owed=one, name=name) for tone in Tone for one in owed]
    lines = [
        payment(kind=kind, is_supplier=is_supplier)
        for kind in ("debt", "payment", "discount")
        for is_supplier in (False, True)
    ]
    return reminders + [receipt_text(context, name, line) for line in lines]


@pytest.mark.parametrize("name", ODD_NAMES)
@pytest.mark.parametrize("context", [ARABIC, ENGLISH])
def test_signs_in_names_mean_nothing(name, context):
    shop = replace(context.shop, name=name)
    text = reminder(replace(context, shop=shop), name=name)
    assert text.count(name) == 3
    receipt = receipt_text(replace(context, shop=shop), name, payment())
    assert receipt.count(name) == 3
    assert name in subject_of("receipt", replace(context, shop=shop))


def test_a_name_makes_no_line_and_no_header_of_its_own():
    bad = "النور\r\nBcc: all@example.com\u2028\u202eabc"
    plain, odd = reminder(), reminder(replace(ARABIC, shop=replace(SHOP, name=bad)), name=bad)
    assert odd.count("\n") == plain.count("\n")
    assert "\r" not in odd
    assert "\u202e" not in odd
    subject = subject_of("reminder", replace(ARABIC, shop=replace(SHOP, name=bad)))
    assert not set(subject) & set("\r\n\u2028\u202e")


def payment(*covers: CoveredDebt, **of) -> RecordedEntry:
    line = RecordedEntry("payment", 3000, "SAR", 25000, 22000, False, covers)
    return replace(line, **of)


def test_a_receipt_says_what_was_written_before_and_after():
    text = receipt_text(ARABIC, "أبو علي", payment())
    assert "وصل إلى بقالة النور منك 30.00 ريال سعودي" in text
    assert "كان الرصيد: عليك 250.00 ريال سعودي" in text
    assert "وصار الآن: عليك 220.00 ريال سعودي" in text
    assert URL in text


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (3000, 0, "وصار الآن: مسدَّد"),
        (0, -3000, "وصار الآن: لك 30.00 ريال سعودي"),
        (-1000, -4000, "كان الرصيد: لك 10.00 ريال سعودي"),
    ],
)
def test_a_balance_is_told_from_the_readers_side(before, after, words):
    line = payment(before_minor=before, after_minor=after)
    assert words in receipt_text(ARABIC, "أبو علي", line)


def test_a_debt_and_a_suppliers_lines_have_their_own_words():
    debt = receipt_text(ARABIC, "أبو علي", payment(kind="debt"))
    assert "سُجّل على حسابك عند بقالة النور دَين 30.00 ريال سعودي" in debt
    ours = {
        receipt_text(ARABIC, "حمدان", payment(kind=kind, is_supplier=True))
        for kind in ("debt", "payment")
    }
    theirs = {receipt_text(ARABIC, "حمدان", payment(kind=kind)) for kind in ("debt", "payment")}
    assert len(ours | theirs) == 4


def test_the_covered_debts_are_named_and_many_are_counted():
    covers = [CoveredDebt(date(2026, 11, day), 100) for day in range(1, 8)]
    one = receipt_text(ARABIC, "أبو علي", payment(*covers[:1]))
    assert "سُدّد به دَين 1/11/2026." in one
    two = receipt_text(ARABIC, "أبو علي", payment(*covers[:2]))
    assert "1/11/2026 و2/11/2026." in two
    seven = receipt_text(ARABIC, "أبو علي", payment(*covers))
    assert "3/11/2026 و4 ديون أخرى" in seven
    assert "4/11/2026" not in seven


def test_a_receipt_tells_what_was_handed_over_and_at_which_rate():
    plain = receipt_text(ARABIC, "أبو علي", payment())
    assert "السعر" not in plain
    exchange = Exchange(37500, "SAR", 375000000, "USD")
    dollars = payment(minor=10000, currency="USD", exchange=exchange)
    text = receipt_text(ARABIC, "أبو علي", dollars)
    assert "منك 100.00 دولار أمريكي" in text
    assert "دُفع 375.00 ريال سعودي، والسعر: 1 دولار أمريكي = 3.75 ريال سعودي." in text
    assert "1 US dollar = 3.75 Saudi riyal" in receipt_text(ENGLISH, "Abu Ali", dollars)
