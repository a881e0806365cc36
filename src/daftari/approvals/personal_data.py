"""Data subject and retention of requests for approval."""

from typing import Final

from daftari.kernel.personal import Claim

CLAIMS: Final = {
    "approvals": Claim(
        about="customer",
        by="customer_id",
        kept="as long as the book, to show who approved what",
        erase={"content": "", "words": "", "photo": None},
    ),
}
