"""Data subject and retention of idempotency keys: erasing the salt leaves a digest of nothing."""

from typing import Final

from daftari.kernel.personal import Claim

CLAIMS: Final = {
    "idempotency_keys": Claim(
        about="customer",
        by="customer_id",
        kept="as long as the book, so that a request sent again is written once",
        erase={"salt": None},
    ),
}
