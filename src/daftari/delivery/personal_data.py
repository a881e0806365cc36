"""Personal data of `delivery`: the fact of sending is kept, the text and the address can be
erased.
"""

from typing import Final

from daftari.kernel.personal import Claim

CLAIMS: Final = {
    "messages": Claim(
        about="customer",
        by="customer_id",
        kept="as long as the book, to show what was sent to whom and why",
        erase={"payload": "{}", "provider_said": None},
    ),
    "push_subscriptions": Claim(
        about="person",
        by="person_id",
        kept="until the phone is signed out or removed, to reach it",
        leaves=True,
    ),
}
