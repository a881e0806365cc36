"""What the room of customers answers for."""

from typing import Final

from daftari.kernel.personal import Claim

CLAIMS: Final = {
    "customers": Claim(
        about="customer",
        by="id",
        kept="as long as the book, which needs an account without a name",
        erase={
            "name": "",
            "nickname": "",
            "phone": None,
            "note": "",
            "name_key": "",
            "search_key": "",
        },
    ),
}
