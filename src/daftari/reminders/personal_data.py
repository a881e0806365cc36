"""Personal data of `reminders`. Its messages are stored by `delivery`."""

from typing import Final

from daftari.kernel.personal import Claim

CLAIMS: Final = {
    "reminder_settings": Claim(about="shop", by="", kept="as long as the shop, which chose them"),
}
