"""After an entry its receipt is ready: by the owner's tap, or by itself where he agreed."""

from daftari.kernel.ids import new_id
from tests.integration.ledger.shop_client import HTMX, errors
from tests.integration.reminders.conftest import EVERYTHING, Counter, letter_of, state_of


async def prepare(counter: Counter, entry: str, channel: str = "whatsapp"):
    asked = {"id": new_id(), "channel": channel}
    return await counter.umm_salim.post(f"/entries/{entry}/receipts", **asked)


async def test_the_account_offers_the_receipt_of_the_line_just_written(counter: Counter):
    abu_ali = await counter.debtor()
    written = await counter.umm_salim.post(
        f"/customers/{abu_ali}/entries", htmx=True, id=new_id(), kind="payment", amount="30"
    )
    entry = written.text.split("/receipt")[0].rsplit("/", 1)[1]
    part = await counter.umm_salim.get(f"/entries/{entry}/receipt", headers=HTMX)
    assert part.text.strip().startswith('<details class="ready-message" id="receipt"')
    text = letter_of(part)
    assert "وصل إلى بقالة النور منك 30.00 ريال سعودي" in text
    assert "سُدّد به دَين 1/11/2026" in text
    assert "كان الرصيد: عليك 250.00 ريال سعودي. وصار الآن: عليك 220.00 ريال سعودي." in text


async def test_whatsapp_waits_for_the_owners_tap(counter: Counter):
    abu_ali = await counter.debtor()
    entry = await counter.umm_salim.wrote(abu_ali, "payment", "30")
    sent = await prepare(counter, entry)
    message = await counter.umm_salim.browser.get(sent.headers["location"])
    assert state_of(message) == "prepared"
    opened = await counter.umm_salim.browser.get(f"{message.url.path}/open")
    assert opened.headers["location"].startswith("https://wa.me/966501234567?text=")


async def test_one_receipt_for_a_line_and_a_way_whoever_asks(counter: Counter, karim):
    abu_ali = await counter.debtor()
    entry = await counter.umm_salim.wrote(abu_ali, "payment", "30")
    first = await prepare(counter, entry, "sms")
    second = await karim.post(f"/entries/{entry}/receipts", id=new_id(), channel="sms")
    assert first.headers["location"] == second.headers["location"]
    await counter.work()
    assert len(counter.texts) == 1


async def test_another_way_from_the_same_page_is_another_receipt(counter: Counter):
    entry = await counter.umm_salim.wrote(await counter.debtor(), "payment", "30")
    page = await counter.umm_salim.get(f"/entries/{entry}/receipt")
    assert 'name="id"' not in page.text
    asked = {"id": new_id(), "channel": "sms"}
    first = await counter.umm_salim.post(f"/entries/{entry}/receipts", **asked)
    again = await counter.umm_salim.post(f"/entries/{entry}/receipts", **asked)
    assert first.headers["location"] == again.headers["location"]
    other = await counter.umm_salim.post(f"/entries/{entry}/receipts", channel="whatsapp")
    assert other.headers["location"] != first.headers["location"]
    taken = {**asked, "channel": "email"}
    refused = await counter.umm_salim.post(f"/entries/{entry}/receipts", **taken)
    assert (refused.status_code, errors(refused)[0]) == (409, "message_conflict")


async def test_what_did_not_go_or_went_to_an_old_number_stands_in_no_ones_way(counter: Counter):
    abu_ali = await counter.debtor()
    entry = await counter.umm_salim.wrote(abu_ali, "payment", "30")
    counter.sms.says, taking = lambda asked: (400, {}, b"no such number"), counter.sms.says
    failed = await prepare(counter, entry, "sms")
    await counter.work()
    page = await counter.umm_salim.browser.get(failed.headers["location"])
    assert state_of(page) == "failed"
    counter.sms.says = taking
    second = await prepare(counter, entry, "sms")
    assert second.headers["location"] != failed.headers["location"]
    await counter.work()
    changed = {"name": "أبو علي", "phone": "0507654321", "email": "ali@example.com"}
    await counter.umm_salim.post(f"/customers/{abu_ali}", **changed)
    await counter.agree(abu_ali, **EVERYTHING)
    third = await prepare(counter, entry, "sms")
    assert third.headers["location"] != second.headers["location"]
    await counter.work()
    numbers = [asked.fields["to"] for asked in counter.sms.asked]
    assert numbers == ["+966501234567"] * 2 + ["+966507654321"]


async def test_only_what_goes_by_itself_is_said_to(counter: Counter, clock):
    abu_ali = await counter.debtor()
    before = await counter.umm_salim.wrote(abu_ali, "debt", "5")
    await counter.choose(receipts_sms="yes")
    await counter.work()
    entry = await counter.umm_salim.wrote(abu_ali, "debt", "6")
    for _ in range(2):
        assert "وحده" in (await counter.umm_salim.get(f"/entries/{entry}/receipt")).text
        assert "وحده" not in (await counter.umm_salim.get(f"/entries/{before}/receipt")).text
        clock.move(minutes=2)
        await counter.work()


async def test_without_consent_no_receipt_and_it_says_why(counter: Counter):
    abu_ali = await counter.debtor(agreed="sms_reminder")
    entry = await counter.umm_salim.wrote(abu_ali, "payment", "30")
    assert errors(await prepare(counter, entry, "sms"))[0] == "no_consent"
    page = await counter.umm_salim.get(f"/entries/{entry}/receipt")
    assert errors(page) == ["no_consent"]


async def test_a_line_taken_back_is_not_told_of(counter: Counter, clock):
    await counter.choose(receipts_sms="yes")
    abu_ali = await counter.customer()
    entry = await counter.umm_salim.wrote(abu_ali, "debt", "30")
    await counter.work()
    await counter.umm_salim.reverse(entry)
    clock.move(minutes=2)
    await counter.work()
    assert counter.texts == []
    assert errors(await prepare(counter, entry, "sms"))[0] == "entry_reversed"


async def test_by_itself_after_the_moment_of_taking_back_and_once(counter: Counter, clock):
    before = await counter.customer("سعاد")
    await counter.umm_salim.wrote(before, "debt", "5")
    await counter.choose(receipts_sms="yes", receipts_email="yes")
    abu_ali = await counter.customer()
    await counter.umm_salim.wrote(abu_ali, "debt", "30")
    await counter.work()
    assert counter.texts == []  # it can still be taken back
    clock.move(minutes=2)
    for _ in range(2):
        await counter.work()
    assert len(counter.texts) == 1
    assert "سُجّل على حسابك عند بقالة النور دَين 30.00 ريال سعودي" in counter.texts[0]


async def test_nothing_goes_by_itself_until_the_shop_says_so_or_without_consent(
    counter: Counter, clock
):
    abu_ali = await counter.customer()
    await counter.umm_salim.wrote(abu_ali, "debt", "30")
    clock.move(minutes=2)
    await counter.work()
    assert counter.texts == []
    await counter.choose(receipts_sms="yes")
    shy = await counter.customer("سعاد", agreed="sms_reminder")
    await counter.umm_salim.wrote(shy, "debt", "30")
    clock.move(minutes=2)
    await counter.work()
    assert counter.texts == []


async def test_the_first_way_he_agreed_to_is_taken(counter: Counter, clock):
    await counter.choose(receipts_sms="yes", receipts_email="yes")
    customer = await counter.customer(agreed="email_receipt")
    entry = await counter.umm_salim.wrote(customer, "debt", "30")
    page = await counter.umm_salim.get(f"/entries/{entry}/receipt")
    assert "يُرسل الإيصال وحده بالبريد" in page.text
    clock.move(minutes=2)
    await counter.work()
    assert counter.texts == []
    assert len(counter.post.letters) == 1


async def test_a_debt_at_night_has_its_receipt_at_night(counter: Counter, clock):
    """Quiet hours are for reminders: who stands at the counter is awake."""
    await counter.choose(receipts_sms="yes")
    abu_ali = await counter.customer()
    clock.move(hours=11)
    await counter.umm_salim.wrote(abu_ali, "debt", "30")
    clock.move(minutes=2)
    await counter.work()
    assert len(counter.texts) == 1
