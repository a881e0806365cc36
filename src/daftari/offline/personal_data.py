"""Personal data of `offline`: refused items, with what they say of a customer."""

from typing import Final

from daftari.kernel.personal import Claim

CLAIMS: Final = {
    "sync_refusals": Claim(
        about="customer",
        by="customer_id",
        kept="90 days, for the owner to look into and to enter himself",
        leaves=True,
    ),
}
