"""What the room of reminders answers for. Its messages are in the hands of delivery."""

from typing import Final

from daftari.kernel.personal import Claim

CLAIMS: Final = {
    "reminder_settings": Claim(about="shop", by="", kept="as long as the shop, which chose them"),
}
