"""Personal data of the book: amounts and days are kept, texts can be erased without breaking the
chain.
"""

from typing import Final

from daftari.kernel.personal import Claim

AS_LONG_AS_THE_BOOK = "as long as the book, whose sums rest on it"

CLAIMS: Final = {
    "entries": Claim(about="customer", by="customer_id", kept=AS_LONG_AS_THE_BOOK),
    "particulars": Claim(
        about="customer",
        by="entry_id",
        kept="until erased; the entry's chain covers only its digest",
        leaves=True,
    ),
    "goods": Claim(
        about="customer",
        by="sequence",
        kept="until erased with the texts of the entry, whose digest covers them",
        leaves=True,
    ),
    "photos": Claim(
        about="customer",
        by="entry_id",
        kept="until erased; the audit log keeps its digest until then",
        leaves=True,
    ),
    "balances": Claim(about="customer", by="customer_id", kept=AS_LONG_AS_THE_BOOK),
    "totals": Claim(about="nobody", by="", kept=AS_LONG_AS_THE_BOOK),
    "day_totals": Claim(about="person", by="recorded_by", kept=AS_LONG_AS_THE_BOOK),
    "due_totals": Claim(about="nobody", by="", kept=AS_LONG_AS_THE_BOOK),
    "open_items": Claim(about="customer", by="customer_id", kept=AS_LONG_AS_THE_BOOK),
    "allocations": Claim(about="customer", by="", kept=AS_LONG_AS_THE_BOOK),
    "rates": Claim(about="nobody", by="", kept="until the owner types another one"),
    "promises": Claim(
        about="customer",
        by="customer_id",
        kept="as long as the book, to show what was agreed",
        erase={"note": "", "note_key": ""},
    ),
    "plans": Claim(
        about="customer",
        by="customer_id",
        kept="as long as the book, to show what was agreed",
        erase={"note": ""},
    ),
    "plan_entries": Claim(about="customer", by="", kept=AS_LONG_AS_THE_BOOK),
    "carried_entries": Claim(about="customer", by="", kept=AS_LONG_AS_THE_BOOK),
    "chain_heads": Claim(about="shop", by="shop_id", kept="until the shop is deleted", leaves=True),
}
