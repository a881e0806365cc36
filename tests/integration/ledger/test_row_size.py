"""A long account is light: a row of it has few bytes besides its facts."""

import re

MOST_BYTES = 450


async def test_a_row_with_the_usual_facts_is_small(umm_salim):
    abu_ali = await umm_salim.add(due_days="30")
    for day in ("01", "12"):
        typed = {"note": "خبز وحليب", "occurred_on": f"2026-11-{day}"}
        await umm_salim.wrote(abu_ali, "debt", "1250.75", **typed)
    await umm_salim.wrote(abu_ali, "debt", "1250.75", note="خبز وحليب")
    await umm_salim.wrote(abu_ali, "payment", "1250.75", note="سلّمها أخوه")
    page, _ = (await umm_salim.account(abu_ali)).text.split("<template", 1)
    rows = re.findall(r"(?s)<article.*?</article>\s*", page)
    assert len(rows) == 4
    assert all("1,250.75" in row and "الرصيد بعده" in row for row in rows)
    assert ["يستحق" in row for row in rows] == [False, True, True, True]
    assert ["12:00" in row for row in rows] == [True, True, False, False]
    assert "غطّى" in rows[0]
    assert max(len(row.encode()) for row in rows) <= MOST_BYTES
