"""For htmx an entry is answered with what it changed: new rows, changed rows, balance, undo."""

import re

import httpx

from daftari.db.base import ReadTx
from daftari.kernel.ids import new_id
from tests.integration.ledger.shop_client import HTMX, ShopClient, text_of


def rows_in(answer: httpx.Response, holder: str) -> list[str]:
    """The ids of the rows that go into a holder."""
    part = re.search(rf'(?s)<hx-partial hx-target="#{holder}".*?</hx-partial>', answer.text)
    return re.findall(r'id="entry-([0-9a-f-]+)"', part[0]) if part else []


async def ids_of(shop_client: ShopClient, customer: str) -> list[str]:
    """The ids of the rows of a whole account."""
    return re.findall(r'id="entry-([0-9a-f-]+)"', (await shop_client.account(customer)).text)


async def by_htmx(
    shop_client: ShopClient, customer: str, *line: str, **typed: str
) -> httpx.Response:
    form = {"id": new_id(), "kind": line[0], "amount": line[1], **typed}
    answer = await shop_client.post(f"/customers/{customer}/entries", htmx=True, **form)
    assert answer.status_code == 200
    return answer


async def test_an_entry_is_answered_with_its_row_the_balance_and_its_undo(umm_salim):
    abu_ali = await umm_salim.add()
    for amount in ("1", "2", "3"):
        await umm_salim.wrote(abu_ali, "debt", amount)
    answer = await by_htmx(umm_salim, abu_ali, "debt", "4")
    assert len(rows_in(answer, "new-rows")) == 1
    assert rows_in(answer, "changed-rows") == []
    assert "10.00" in text_of(answer, "standing")
    assert "data-undo" in answer.text


async def test_a_payment_brings_its_own_row_with_what_it_covered(umm_salim):
    abu_ali = await umm_salim.add()
    await umm_salim.wrote(abu_ali, "debt", "10")
    answer = await by_htmx(umm_salim, abu_ali, "payment", "10")
    (payment,) = rows_in(answer, "new-rows")
    assert "غطّى" in text_of(answer, f"entry-{payment}")


async def test_a_debt_that_an_advance_covers_brings_the_payments_row_too(umm_salim):
    abu_ali = await umm_salim.add()
    advance = await umm_salim.wrote(abu_ali, "payment", "10")
    answer = await by_htmx(umm_salim, abu_ali, "debt", "4")
    assert rows_in(answer, "changed-rows") == [advance]
    assert "غطّى" in text_of(answer, f"entry-{advance}")


async def test_a_reversal_brings_what_it_strikes_out_and_the_payment_that_covered_it(umm_salim):
    abu_ali = await umm_salim.add()
    debt = await umm_salim.wrote(abu_ali, "debt", "10")
    payment = await umm_salim.wrote(abu_ali, "payment", "10")
    reversal = new_id()
    answer = await umm_salim.post(f"/entries/{debt}/reversal", htmx=True, id=reversal)
    assert rows_in(answer, "new-rows") == [reversal]
    assert rows_in(answer, "changed-rows") == [payment, debt]
    assert "مُلغى" in text_of(answer, f"entry-{debt}")
    assert "غطّى" not in text_of(answer, f"entry-{payment}")


async def test_a_reversal_of_a_carry_over_brings_every_row_of_it(umm_salim):
    old, into = await umm_salim.add(), await umm_salim.add("ابو علي")
    for amount in ("1", "2", "3"):
        await umm_salim.wrote(old, "debt", amount)
    await umm_salim.post(f"/customers/{old}/carry-over", id=new_id(), into=into)
    carried = await ids_of(umm_salim, into)
    path = f"/entries/{carried[1]}/reversal"
    answer = await umm_salim.post(path, htmx=True, id=new_id())
    shown = [*rows_in(answer, "new-rows"), *rows_in(answer, "changed-rows")]
    assert shown == await ids_of(umm_salim, into)
    assert (len(shown), shown[3:]) == (6, carried)


async def test_a_reversal_from_a_phone_brings_the_advance_that_is_open_again(umm_salim):
    abu_ali, reversal = await umm_salim.add(), new_id()
    advance = await umm_salim.wrote(abu_ali, "payment", "4", occurred_on="2026-11-20")
    debt = await umm_salim.wrote(abu_ali, "debt", "10")
    await umm_salim.reverse(debt, id=reversal)
    path = f"/customers/{abu_ali}?recorded={reversal}&since={reversal}"
    answer = await umm_salim.get(path, headers=HTMX)
    assert rows_in(answer, "changed-rows") == [debt, advance]
    assert "غطّى" not in text_of(answer, f"entry-{advance}")


async def test_an_entry_and_what_it_changed_are_one_transaction(app, umm_salim):
    abu_ali = await umm_salim.add()
    await umm_salim.wrote(abu_ali)
    ran: list[str] = []

    def trace(tx: ReadTx) -> None:
        tx.connection.driver_connection.set_trace_callback(ran.append)

    await app.state.shops.read(umm_salim.home[3:], trace)
    ran.clear()
    await by_htmx(umm_salim, abu_ali, "payment", "4")
    assert [one for one in ran if one.startswith("BEGIN")] == ["BEGIN IMMEDIATE"]
    assert ran[-1] == "COMMIT"


async def test_an_entry_sent_again_brings_the_whole_account(umm_salim):
    abu_ali = await umm_salim.add()
    entry = new_id()
    for _ in range(2):
        form = {"id": entry, "kind": "debt", "amount": "4"}
        answer = await umm_salim.post(f"/customers/{abu_ali}/entries", htmx=True, **form)
    assert rows_in(answer, "lines") == [entry]


async def test_a_correction_brings_the_whole_account(umm_salim):
    abu_ali = await umm_salim.add()
    debt = await umm_salim.wrote(abu_ali, "debt", "10")
    typed = {"id": new_id(), "reversal_id": new_id(), "amount": "12"}
    answer = await umm_salim.post(f"/entries/{debt}/correction", htmx=True, **typed)
    assert rows_in(answer, "lines") == [typed["id"]]


async def test_several_entries_are_asked_for_at_once(umm_salim):
    abu_ali = await umm_salim.add()
    await umm_salim.wrote(abu_ali)
    first, second = await umm_salim.wrote(abu_ali), await umm_salim.wrote(abu_ali)
    path = f"/customers/{abu_ali}?recorded={second}&since={first},{second}"
    assert rows_in(await umm_salim.get(path, headers=HTMX), "new-rows") == [second, first]


async def test_an_entry_of_somebody_else_brings_the_whole_account(umm_salim):
    abu_ali, salim = await umm_salim.add(), await umm_salim.add("سالم")
    his, other = await umm_salim.wrote(abu_ali), await umm_salim.wrote(salim)
    for recorded in (other, new_id()):
        answer = await umm_salim.get(f"/customers/{abu_ali}?recorded={recorded}", headers=HTMX)
        assert rows_in(answer, "lines") == [his]
