"""Data subject and retention of the table of keys.

Deleting a shop's key makes its file unreadable, in every backup too.
"""

from typing import Final

from daftari.kernel.personal import Claim

CLAIMS: Final = {
    "shop_keys": Claim(about="shop", by="shop_id", kept="until the shop is deleted", leaves=True),
}
