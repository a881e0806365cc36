"""Personal data of `offline`: the receipt of an item is stored, never its content."""

from typing import Final

from daftari.kernel.personal import Claim

CLAIMS: Final = {
    "sync_refusals": Claim(
        about="person",
        by="person_id",
        kept="90 days, for the owner to look into",
        leaves=True,
    ),
}
