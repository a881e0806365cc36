"""What a page, a refusal and a signed-out form know of the fields of a customer."""

import re

from daftari.customers.rules import LONGEST
from tests.house.tree import PACKAGE


async def test_a_field_takes_no_more_than_its_rule_allows(umm_salim):
    page = await umm_salim.get("/customers/new")
    shown = {
        name: int(found[1])
        for name in LONGEST
        if (found := re.search(rf'name="{name}"[^>]* maxlength="(\d+)"', page.text))
    }
    assert shown == dict(LONGEST)


def test_what_was_typed_before_a_sign_in_ended_has_its_label():
    template = (PACKAGE / "templates" / "errors" / "signed_out.html").read_text()
    labelled = set(re.findall(r"'(\w+)': _\(", template))
    assert {*LONGEST, "phone", "credit_limit", "due_days"} <= labelled
