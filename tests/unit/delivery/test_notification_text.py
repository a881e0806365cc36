"""What a notice says: in both languages, with names and amounts or without any."""

import json
from dataclasses import replace

import pytest

from daftari.delivery.jobs.payload import payload_of
from daftari.delivery.pages.notification_text import words_of
from daftari.delivery.pages.speaker import Speaker
from tests.book import NOW, SHOP

NAME, AMOUNT, DEVICE = "أبو علي", 123450, "Android · Chrome"
DETAILS = {
    "digest": {"due": 3, "late": 2},
    "limit_passed": {
        "name": NAME,
        "balance_minor": AMOUNT,
        "limit_minor": 100000,
        "currency": "SAR",
    },
    "large_reversal": {"name": NAME, "who": "كريم", "amount_minor": AMOUNT, "currency": "SAR"},
    "large_at_night": {"name": NAME, "who": "كريم", "amount_minor": AMOUNT, "currency": "SAR"},
    "many_reversals": {"who": "كريم", "count": 6},
    "many_accounts": {"who": "كريم", "count": 41, "of": "searches"},
    "export": {"who": "كريم"},
    "member_phone": {"who": "كريم", "device": DEVICE},
    "access_review": {},
    "new_phone": {"device": DEVICE},
    "approval_asked": {
        "name": NAME,
        "who": "كريم",
        "verb": "record_entry",
        "what": "debt",
        "amount_minor": AMOUNT,
        "currency": "SAR",
    },
    "approval_answered": {
        "name": NAME,
        "state": "declined",
        "verb": "reverse_entry",
        "what": "reversal",
        "amount_minor": AMOUNT,
        "currency": "SAR",
    },
    "test": {},
}
LATIN, ARABIC = SHOP, replace(SHOP, digits="arab")


def said(kind: str, *, is_full: bool = True, language: str = "ar", shop=SHOP, **details) -> str:
    told = {"kind": kind, **DETAILS[kind], **details}
    words = words_of(Speaker(language, shop), told, is_full=is_full)
    return f"{words.title}\n{words.body}"


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("kind", DETAILS)
def test_a_discreet_notice_says_neither_name_nor_amount(kind, language):
    full = said(kind, language=language)
    discreet = said(kind, is_full=False, language=language)
    secrets = (NAME, "كريم", "1,234.50", "1,000", DEVICE, SHOP.name)
    assert any(one in full for one in secrets), full
    assert not any(one in discreet for one in secrets), discreet
    assert all(discreet.split("\n")[0])


@pytest.mark.parametrize(
    ("due", "title"),
    [
        (1, "مستحق اليوم: زبون واحد"),
        (2, "مستحق اليوم: زبونان"),
        (3, "مستحق اليوم: 3 زبائن"),
        (11, "مستحق اليوم: 11 زبونًا"),
        (100, "مستحق اليوم: 100 زبون"),
    ],
)
def test_the_digest_counts_as_arabic_does(due, title):
    assert said("digest", due=due).split("\n")[0] == title


def test_the_digest_speaks_in_the_shops_digits():
    assert said("digest", shop=ARABIC).startswith("مستحق اليوم: ٣ زبائن")


def test_who_is_only_late_is_told_first():
    assert said("digest", due=0, late=1, language="en").startswith("Late: one customer")


@pytest.mark.parametrize("name", ["{0} %s %(x)s {name}", "أ\r\nب\tج", "\u202eعكس", "x" * 500, ""])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_an_odd_name_stays_a_name(name, language):
    text = said("limit_passed", name=name, language=language)
    assert "\r" not in text
    assert text.count("\n") == 1
    assert len(text) < 250
    if len(name) < 60:
        assert " ".join(name.split()) in text


def test_the_payload_is_declarative_and_leads_to_our_own_house():
    details = {"kind": "digest", "due": 3, "path": "/due", "badge": 3}
    speaker = Speaker("ar", SHOP)
    told = json.loads(payload_of(speaker, "https://d.example", "m1", NOW, details, is_full=False))
    assert told["web_push"] == 8030
    assert told["app_badge"] == told["notification"]["app_badge"] == 3
    assert told["notification"]["navigate"] == f"https://d.example/s/{SHOP.id}/due"
    assert told["notification"]["tag"] == "m1"


def test_an_endless_name_still_fits_into_a_push():
    details = {**DETAILS["large_reversal"], "kind": "large_reversal", "name": "ض" * 5000}
    speaker = Speaker("ar", replace(SHOP, name="ض" * 80))
    assert len(payload_of(speaker, "https://d.example", "m", NOW, details, is_full=True)) < 3000


def test_a_request_for_approval_brings_a_yes_and_a_no_that_lead_to_its_page():
    told = {"kind": "approval_asked", "path": "/more/approvals/1", **DETAILS["approval_asked"]}
    sent = payload_of(Speaker("ar", SHOP), "https://d.example", "m", NOW, told, is_full=True)
    notice = json.loads(sent)["notification"]
    assert [one["title"] for one in notice["actions"]] == ["نعم", "لا"]
    for one in notice["actions"]:
        assert one["navigate"] == f"{notice['navigate']}/answer?is={one['action']}"
    assert "طلب من" in notice["body"]
    other = {"kind": "approval_answered", "path": "/", **DETAILS["approval_answered"]}
    sent = payload_of(Speaker("ar", SHOP), "https://d.example", "m", NOW, other, is_full=True)
    assert "actions" not in json.loads(sent)["notification"]
