"""What the files themselves answer for: with its key a shop is gone, from every backup too."""

from typing import Final

from daftari.kernel.personal import Claim

CLAIMS: Final = {
    "shop_keys": Claim(about="shop", by="shop_id", kept="until the shop is deleted", leaves=True),
}
