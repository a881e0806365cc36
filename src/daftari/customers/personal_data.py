"""Personal data of `customers`: the data subject and the retention of each table."""

from typing import Final

from daftari.customers.rules import BLANK, DETAILS
from daftari.kernel.personal import Claim

CLAIMS: Final = {
    "customers": Claim(
        about="customer",
        by="id",
        kept="as long as the book, which needs an account without a name",
        erase={detail.column: BLANK[detail.column] for detail in DETAILS if detail.is_personal}
        | {"name_key": "", "search_key": "", "note_key": ""},
    ),
    "main_currency": Claim(about="nobody", by="", kept="as long as the book, which counts in it"),
    "consents": Claim(
        about="customer",
        by="customer_id",
        kept="as long as the book, to show what was agreed to and when it ended",
    ),
    "stop_links": Claim(
        about="customer",
        by="customer_id",
        kept="as long as the book, so that the link in an old message still stops the next one",
    ),
}
