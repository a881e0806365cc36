"""The page of one entry: everything of it, and what can be done from it."""

import re

import pytest

from daftari.kernel.ids import new_id
from daftari.ledger.pages import account
from tests.integration.ledger.shop_client import HTMX, ShopClient, errors, more_href, text_of
from tests.photos import a_photo

DETAILS = "entry-details"


async def details(shop_client: ShopClient, entry: str) -> str:
    return text_of(await shop_client.get(f"/entries/{entry}"), DETAILS)


async def send_photo(shop_client: ShopClient, entry: str, content: bytes | None):
    files = {"photo": ("1.jpg", content, "image/jpeg")} if content else {"other": ("", b"")}
    return await shop_client.browser.post(f"{shop_client.home}/entries/{entry}/photo", files=files)


async def test_a_row_of_the_account_leads_to_the_page_of_its_entry(umm_salim):
    abu_ali = await umm_salim.add()
    entry = await umm_salim.wrote(abu_ali)
    account = await umm_salim.account(abu_ali)
    link = re.search(rf'id="entry-{entry}"[^>]*><a href="([^"]*)"', account.text)
    assert link
    page = await umm_salim.browser.get(str(account.url.join(link[1])))
    assert page.status_code == 200
    assert "12.50 ر.س" in text_of(page, DETAILS)
    assert str(page.url).endswith(f"/entries/{entry}")


async def test_the_page_says_all_that_was_written_by_whom_and_when(umm_salim, karim):
    abu_ali = await umm_salim.add()
    entry = await karim.wrote(
        abu_ali, "debt", "1250.75", note="مقاضي", taker="أم علي", due_on="2026-12-20"
    )
    said = await details(umm_salim, entry)
    for told in ("دَين", "أبو علي", "1,250.75 ر.س", "مقاضي", "أم علي", "20/12/2026", "كريم"):
        assert told in said
    assert "23/11/2026 12:00" in said
    assert "عليه 1,250.75" in said
    payment = await umm_salim.wrote(abu_ali, "payment", "10", method="transfer", paid_by="حمدان")
    said = await details(umm_salim, payment)
    assert "حوالة" in said
    assert "حمدان" in said


async def test_a_payment_and_its_debts_lead_to_each_other(umm_salim):
    abu_ali = await umm_salim.add()
    first = await umm_salim.wrote(abu_ali, "debt", "10")
    second = await umm_salim.wrote(abu_ali, "debt", "20")
    payment = await umm_salim.wrote(abu_ali, "payment", "15")
    page = await umm_salim.get(f"/entries/{payment}")
    links = re.findall(r'/entries/([0-9a-f-]{36})" data-opens-sheet><span>', page.text)
    assert links == [first, second]
    assert "10.00" in text_of(page, DETAILS)
    assert "5.00" in text_of(page, DETAILS)
    covered = await umm_salim.get(f"/entries/{second}")
    assert f"/entries/{payment}" in covered.text
    assert "بقي منه 15.00 ر.س" in text_of(covered, DETAILS)
    assert "بقي منه" not in await details(umm_salim, first)


async def test_an_advance_is_told_as_what_covers_no_debt_yet(umm_salim):
    abu_ali = await umm_salim.add()
    payment = await umm_salim.wrote(abu_ali, "payment", "15")
    assert "بقي منه 15.00 ر.س لم يُغطِّ" in await details(umm_salim, payment)


async def test_a_reversal_and_its_entry_tell_of_each_other(umm_salim, karim):
    abu_ali = await umm_salim.add()
    entry, reversal = await karim.wrote(abu_ali), new_id()
    await umm_salim.reverse(entry, id=reversal, reason="كُتب مرتين")
    page = await umm_salim.get(f"/entries/{entry}")
    assert f"/entries/{reversal}" in page.text
    assert "كُتب مرتين" in text_of(page, DETAILS)
    assert "أم سليم" in text_of(page, DETAILS)
    assert 'data-state="reversed"' in page.text
    assert f"/entries/{entry}/reversal" not in page.text
    assert f"/entries/{entry}/receipt" not in page.text
    back = await umm_salim.get(f"/entries/{reversal}")
    assert f"/entries/{entry}" in back.text


async def test_who_may_what_from_the_page(umm_salim, karim, viewer):
    entry = await umm_salim.wrote(await umm_salim.add())
    acts = ("reversal", "receipt", "photo")

    async def offered(shop_client: ShopClient) -> list[str]:
        page = await shop_client.get(f"/entries/{entry}")
        assert page.status_code == 200
        return [act for act in acts if f"/entries/{entry}/{act}" in page.text]

    assert await offered(umm_salim) == ["reversal", "receipt", "photo"]
    assert await offered(karim) == ["reversal", "receipt"]
    assert "اطلب إلغاءه" in (await karim.get(f"/entries/{entry}")).text
    assert await offered(viewer) == []


async def test_an_instalment_leads_to_its_plan(umm_salim):
    abu_ali, plan = await umm_salim.add(), new_id()
    form = {"id": plan, "amount": "20", "count": "2", "day_choice": "2026-12-01"}
    shown = await umm_salim.post(f"/customers/{abu_ali}/plans/preview", **form)
    schedule = re.search(r'name="schedule" value="([^"]*)"', shown.text)
    assert schedule
    await umm_salim.post(f"/customers/{abu_ali}/plans", **form, schedule=schedule[1])
    account = await umm_salim.account(abu_ali)
    entry = re.findall(r'id="entry-([0-9a-f-]+)"', account.text)[0]
    assert f"/plans/{plan}" in (await umm_salim.get(f"/entries/{entry}")).text


async def test_a_photo_is_added_to_an_entry_that_has_none(umm_salim):
    entry = await umm_salim.wrote(await umm_salim.add())
    answer = await send_photo(umm_salim, entry, a_photo((64, 48)))
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        f"{umm_salim.home}/entries/{entry}",
    )
    page = await umm_salim.get(f"/entries/{entry}")
    assert f'src="{umm_salim.home}/entries/{entry}/photo"' in page.text
    assert 'type="file"' not in page.text


@pytest.mark.parametrize(
    ("content", "status", "error"),
    [(None, 422, "photo_missing"), (b"no photo", 422, "photo_not_a_photo")],
)
async def test_what_is_no_photo_is_told_on_the_page(umm_salim, content, status, error):
    entry = await umm_salim.wrote(await umm_salim.add())
    answer = await send_photo(umm_salim, entry, content)
    assert (answer.status_code, errors(answer)) == (status, [error])


async def test_a_second_photo_is_a_conflict_and_the_first_stands(umm_salim):
    entry = await umm_salim.wrote(await umm_salim.add())
    assert (await send_photo(umm_salim, entry, a_photo((64, 48)))).status_code == 303
    answer = await send_photo(umm_salim, entry, a_photo((48, 64)))
    assert (answer.status_code, errors(answer)) == (409, ["photo_conflict"])


async def test_for_htmx_the_page_is_a_sheet(umm_salim):
    entry = await umm_salim.wrote(await umm_salim.add())
    sheet = await umm_salim.get(f"/entries/{entry}", headers=HTMX)
    assert "<html" not in sheet.text
    assert "data-close" in sheet.text


async def test_an_unknown_entry_and_anothers_is_not_there(umm_salim, huda):
    entry = await umm_salim.wrote(await umm_salim.add())
    assert (await umm_salim.get(f"/entries/{new_id()}")).status_code == 404
    assert (await huda.get(f"/entries/{entry}")).status_code == 404


async def test_older_entries_come_by_htmx_as_rows(umm_salim):
    abu_ali = await umm_salim.add()
    for _ in range(52):
        await umm_salim.wrote(abu_ali, "debt", "1")
    older = more_href(await umm_salim.account(abu_ali))
    assert older
    answer = await umm_salim.browser.get(older, headers=HTMX)
    assert answer.status_code == 200
    assert len(re.findall(r'id="entry-', answer.text)) == 2
    assert "<section" not in answer.text


ENTRY = r'id="entry-[0-9a-f]{8}-'


async def test_a_whole_account_comes_to_be_printed_up_to_a_limit_that_says_so(
    umm_salim, monkeypatch
):
    abu_ali = await umm_salim.add()
    for _ in range(52):
        await umm_salim.wrote(abu_ali, "debt", "1")
    details = (await umm_salim.get(f"/customers/{abu_ali}/edit")).text
    assert f"/customers/{abu_ali}?rows=all#print" in details
    whole = await umm_salim.get(f"/customers/{abu_ali}?rows=all")
    assert len(re.findall(ENTRY, whole.text)) == 52
    assert not more_href(whole)
    monkeypatch.setattr(account, "MOST_ON_PAPER", 51)
    part = await umm_salim.get(f"/customers/{abu_ali}?rows=all")
    assert len(re.findall(ENTRY, part.text)) == 51
    assert "القيود الأقدم ليست في هذه الورقة" in part.text


async def test_the_page_tells_where_a_payment_goes(umm_salim):
    rule, own = "السداد لأقرب موعد أولًا", "لهذا السداد دَين محدَّد"
    abu_ali = await umm_salim.add()
    debt = await umm_salim.wrote(abu_ali, "debt", "10")
    payment = await umm_salim.wrote(abu_ali, "payment", "4")
    named = await umm_salim.wrote(abu_ali, "payment", "4", **{"for": debt})
    for entry in (debt, payment):
        assert rule in await details(umm_salim, entry)
    assert own in await details(umm_salim, named)
    uncovered = await umm_salim.wrote(abu_ali, "debt", "10")
    assert rule not in await details(umm_salim, uncovered)
