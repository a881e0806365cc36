"""Who did what: the list, its filters, who sees it, and its pages."""

import re
from html import unescape

import pytest

from daftari.customers.actions.consent import find_stop_token, stop
from daftari.customers.rules.consent import OptIn
from daftari.identity.rules import Role
from daftari.kernel.ids import new_id
from tests.integration.ledger.shop_client import (
    SETTINGS,
    errors,
    hire,
    more_href,
    open_for,
    plain,
    text_of,
)

PAGE = "/more/activity"


@pytest.fixture
async def umm_salim(app, browser):
    return await open_for(app, browser(), "أم سليم", "بقالة النور")


@pytest.fixture
async def karim(app, browser, umm_salim):
    return await hire(app, browser(), umm_salim.home, Role.MANAGER)


def told(page) -> list[str]:
    """The lines of the page, each as it reads."""
    assert page.status_code == 200, page.text
    return [plain(row) for row in re.findall(r'(?s)<li class="activity-row.*?</li>', page.text)]


async def lines(shop_client, query: str = "") -> list[str]:
    return told(await shop_client.get(PAGE + query))


async def test_an_entry_says_who_what_when_and_from_which_phone(umm_salim):
    await umm_salim.wrote(await umm_salim.add("أبو علي"), "debt", "50", note="خبز")
    newest, added, opened = await lines(umm_salim)
    assert newest == "دَين على أبو علي: 50.00 ر.س خبز أم سليم · 12:00 · هاتف Android"
    assert added == "حساب جديد: أبو علي أم سليم · 12:00 · هاتف Android"
    assert opened.startswith("فتح المحل في دفتري أم سليم")


async def test_a_correction_is_one_line_with_both_amounts(umm_salim, karim):
    entry = await umm_salim.wrote(await umm_salim.add("أبو علي"), "debt", "50")
    form = {"id": new_id(), "reversal_id": new_id(), "amount": "45"}
    answer = await karim.post(f"/entries/{entry}/correction", **form)
    assert answer.status_code == 303, errors(answer)
    corrected, first, *_ = await lines(umm_salim)
    assert corrected.startswith("تصحيح دَين أبو علي من 50.00 ر.س إلى 45.00 ر.س كريم")
    assert first.startswith("دَين على أبو علي: 50.00")


async def test_a_reversal_says_what_it_reversed_and_why(umm_salim, karim):
    entry = await umm_salim.wrote(await umm_salim.add("أبو علي"), "payment", "5")
    await karim.reverse(entry, reason="كتبت مرتين")
    assert (await lines(umm_salim))[0].startswith(
        "إلغاء: سداد من أبو علي: 5.00 ر.س كتبت مرتين كريم"
    )


async def test_changed_details_have_their_old_and_new_values(umm_salim):
    abu_ali = await umm_salim.add("أبو علي", phone="0501234567")
    changed = await umm_salim.post(
        f"/customers/{abu_ali}", name="أبو علي الكبير", phone="", credit_limit="500"
    )
    assert changed.status_code == 303, changed.text
    newest = (await lines(umm_salim))[0]
    assert newest.startswith("تغيير بيانات أبو علي الكبير")
    assert "الاسم: أبو علي ← أبو علي الكبير" in newest
    assert re.search(r"الهاتف: \S+ 50 123 4567 ← لا شيء", newest)
    assert "سقف الدَّين: 500.00 ر.س" in newest


async def test_settings_of_the_shop_are_told_in_words(umm_salim):
    await umm_salim.post("/more/shop", **{**SETTINGS, "calendar": "hijri", "day_ends": "3"})
    newest = (await lines(umm_salim))[0]
    assert newest.startswith("تغيير إعدادات المحل")
    assert "التقويم: ميلادي ← ميلادي ومعه الهجري" in newest
    assert "00:00 ← 03:00" in newest


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("debt", ["دَين على أبو علي"]),
        ("payment", ["سداد من أبو علي"]),
        ("reversal", ["إلغاء: سداد"]),
        ("customer", ["إيقاف الدَّين", "حساب جديد"]),
        ("export", []),
    ],
)
async def test_a_kind_shows_its_own_and_nothing_else(umm_salim, kind, wanted):
    abu_ali = await umm_salim.add("أبو علي")
    await umm_salim.wrote(abu_ali, "debt", "50")
    await umm_salim.reverse(await umm_salim.wrote(abu_ali, "payment", "5"))
    await umm_salim.post(f"/customers/{abu_ali}/freeze")
    found = await lines(umm_salim, f"?kind={kind}")
    assert [one.startswith(start) for one, start in zip(found, wanted, strict=True)] == [
        True for _ in wanted
    ]


async def test_a_person_and_a_customer_are_filtered_by_their_ids(umm_salim, karim):
    abu_ali, huda = await umm_salim.add("أبو علي"), await umm_salim.add("هدى")
    await umm_salim.wrote(abu_ali, "debt", "50")
    await karim.wrote(huda, "debt", "7")
    assert len(await lines(umm_salim)) == 5
    (his,) = await lines(umm_salim, f"?person={karim.person_id}")
    assert "هدى" in his
    hers = await lines(umm_salim, f"?customer={abu_ali}")
    assert len(hers) == 2
    assert all("أبو علي" in line for line in hers)
    page = await umm_salim.get(f"{PAGE}?customer={abu_ali}&kind=debt")
    assert len(told(page)) == 1
    chips = re.findall(r'(?s)<a class="chip" href="([^"]*)".*?</a>', page.text)
    assert [unescape(one).split("?")[1] for one in chips] == ["kind=debt", f"customer={abu_ali}"]


async def test_a_day_is_the_business_day_of_the_shop(umm_salim, clock):
    """With a day that ends at three, what is written at one belongs to the evening before."""
    await umm_salim.post("/more/shop", **{**SETTINGS, "day_ends": "3"})
    abu_ali = await umm_salim.add("أبو علي")
    clock.move(hours=13)  # 01:00 in Riyadh, of the 24th
    await umm_salim.wrote(abu_ali, "debt", "1")
    clock.move(hours=3)
    await umm_salim.wrote(abu_ali, "debt", "2")
    of_23 = await lines(umm_salim, "?from=2026-11-23&to=2026-11-23&kind=debt")
    of_24 = await lines(umm_salim, "?from=٢٠٢٦-١١-٢٤&kind=debt")
    assert [("1.00" in one, "2.00" in one) for one in of_23 + of_24] == [
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("?from=yesterday", "date_not_a_date"),
        ("?to=2026-13-01", "date_not_a_date"),
        ("?from=2026-11-24&to=2026-11-23", "to_before_from"),
        ("?kind=everything", "choice_unknown"),
    ],
)
async def test_a_filter_that_cannot_be_read_is_answered_with_its_reason(umm_salim, query, error):
    page = await umm_salim.get(PAGE + query)
    assert (page.status_code, errors(page)) == (422, [error])
    for typed in re.findall(r"=([\d-]+)", query):
        assert f'value="{typed}"' in page.text


async def test_a_page_goes_on_where_the_last_one_ended(umm_salim):
    abu_ali = await umm_salim.add("أبو علي")
    for number in range(1, 61):
        await umm_salim.wrote(abu_ali, "debt", str(number))
        if number % 3 == 0:
            await umm_salim.post(f"/customers/{abu_ali}/freeze")
            await umm_salim.post(f"/customers/{abu_ali}/unfreeze")
    shown, href = [], PAGE
    while href:
        page = await umm_salim.get(href.removeprefix(umm_salim.home))
        shown += told(page)
        href = more_href(page)
    amounts = [float(found[1]) for one in shown if (found := re.search(r": (\d+\.00) ر", one))]
    assert amounts == [float(number) for number in range(60, 0, -1)]
    assert len(shown) == 60 + 20 * 2 + 2
    assert sum("حساب جديد" in one for one in shown) == 1
    assert sum("إيقاف الدَّين" in one for one in shown) == 20


async def test_a_cursor_of_nonsense_is_the_first_page(umm_salim):
    await umm_salim.add("أبو علي")
    first = await lines(umm_salim)
    for wrong in ("x", "1-2-3", "9" * 40, f"5-99999999999999999-{new_id()}", "٣-٣-٣"):
        assert await lines(umm_salim, f"?before={wrong}") == first


async def test_a_cashier_sees_what_he_did_himself_and_of_nobody_else(app, browser, umm_salim):
    cashier = await hire(app, browser(), umm_salim.home, Role.CASHIER)
    abu_ali = await umm_salim.add("أبو علي")
    await umm_salim.wrote(abu_ali, "debt", "50")
    await cashier.wrote(abu_ali, "debt", "7")
    (his,) = await lines(cashier)
    assert "7.00" in his
    assert await lines(cashier, f"?person={cashier.person_id}&customer={abu_ali}") == [his]
    page = await cashier.get(PAGE)
    assert "أم سليم" not in page.text
    assert ".csv" not in page.text
    hers, nobodys = [
        await cashier.get(f"{PAGE}?person={person}") for person in (umm_salim.person_id, new_id())
    ]
    assert (hers.status_code, nobodys.status_code) == (404, 404)
    assert len(hers.text) == len(nobodys.text)


async def test_a_viewer_finds_no_such_page(app, browser, umm_salim):
    viewer = await hire(app, browser(), umm_salim.home, Role.VIEWER)
    assert (await viewer.get(PAGE)).status_code == 404
    assert PAGE not in (await viewer.get("/more")).text
    assert PAGE in (await umm_salim.get("/more")).text


async def test_a_stranger_as_a_filter_is_not_found(umm_salim):
    for name in ("person", "customer"):
        for stranger in (new_id(), "1", "'", "%00"):
            answer = await umm_salim.get(f"{PAGE}?{name}={stranger}")
            assert answer.status_code == 404, (name, stranger)


async def test_words_of_a_script_come_out_as_text(umm_salim):
    await umm_salim.add("<script>alert(1)</script>%(name)s")
    page = await umm_salim.get(PAGE)
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;%(name)s" in page.text


async def test_the_customer_who_stopped_messages_is_named_himself(app, umm_salim):
    abu_ali = await umm_salim.add("أبو علي", phone="0501234567")
    agreed = {"id": new_id(), "consents": "anew", "agreed_whatsapp_reminder": "yes"}
    await umm_salim.post(f"/customers/{abu_ali}/consents", **agreed)
    first = (await lines(umm_salim))[0]
    assert first.startswith("تغيير ما يُرسل إلى أبو علي موافقة على: تذكير بالمستحق (واتساب) أم سليم")
    shop = umm_salim.home.split("/")[2]
    stopped = frozenset({OptIn.named("whatsapp_reminder")})

    def stop_all(tx) -> None:
        stop(tx, app.state.clock.now(), find_stop_token(tx, abu_ali), stopped)

    await app.state.shops.write(shop, stop_all)
    newest = (await lines(umm_salim))[0]
    assert (
        newest == "إيقاف الرسائل من الرابط: أبو علي انتهت: تذكير بالمستحق (واتساب) أبو علي · 12:00"
    )


async def test_english_reads_as_english(umm_salim):
    await umm_salim.browser.post("/account/language", data={"language": "en"})
    await umm_salim.wrote(await umm_salim.add("Abu Ali"), "debt", "50")
    assert (await lines(umm_salim))[0].startswith("Debt of Abu Ali: 50.00 SAR")
    assert "Who did what" in text_of(await umm_salim.get(PAGE))
