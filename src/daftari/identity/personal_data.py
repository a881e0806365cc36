"""Data subject and retention of the tables of people, shops and sign-ins.

At erasure a person's row stays without a name, because audit records refer to it.
"""

from typing import Final

from daftari.kernel.personal import Claim

WITH_THE_ACCOUNT = "as long as the person has an account, to let them in"

CLAIMS: Final = {
    "people": Claim(
        about="person",
        by="id",
        kept="as long as the audit log names the person",
        erase={"name": "", "phone": ""},
    ),
    "shops": Claim(about="shop", by="id", kept="until the shop is deleted", leaves=True),
    "branches": Claim(about="shop", by="shop_id", kept="until the shop is deleted", leaves=True),
    "wakeups": Claim(about="shop", by="shop_id", kept="until the shop is deleted", leaves=True),
    "memberships": Claim(
        about="person", by="person_id", kept="as long as the shop, to show who worked there"
    ),
    "passkeys": Claim(about="person", by="person_id", kept=WITH_THE_ACCOUNT, leaves=True),
    "sessions": Claim(
        about="person", by="person_id", kept="until some time after it ended", leaves=True
    ),
    "devices": Claim(
        about="person",
        by="person_id",
        kept="as long as the audit logs, to show from which device something was done",
        erase={"name": ""},
    ),
    "challenges": Claim(
        about="person", by="person_id", kept="minutes, until spent or expired", leaves=True
    ),
    "spent_challenges": Claim(
        about="person", by="person_id", kept="a day, to tell a replay", leaves=True
    ),
    "signins": Claim(
        about="person",
        by="person_id",
        kept="180 days, to show its person how sessions began and what was odd",
        leaves=True,
    ),
    "recovery_codes": Claim(about="person", by="person_id", kept=WITH_THE_ACCOUNT, leaves=True),
    "signin_links": Claim(
        about="person", by="person_id", kept="minutes, until spent or expired", leaves=True
    ),
    "phone_links": Claim(
        about="person", by="person_id", kept="a day, until the next one is made", leaves=True
    ),
    "tills": Claim(
        about="shop", by="shop_id", kept="until the shop is deleted", erase={"name": ""}
    ),
    "till_pins": Claim(
        about="person", by="person_id", kept="until the till ends, to take a turn", leaves=True
    ),
    "access_reviews": Claim(
        about="person",
        by="person_id",
        kept="as long as the shop, to show who reviewed its permissions and when",
    ),
    "invitations": Claim(
        about="person",
        by="person_id",
        kept="90 days after they ended, to tell a used one from an unknown one",
        erase={"name": ""},
    ),
    "handovers": Claim(
        about="person",
        by="to_person",
        kept="90 days after they ended, to tell a used one from an unknown one",
        leaves=True,
    ),
    "phone_proofs": Claim(
        about="person", by="person_id", kept="a day, until proved or given up", leaves=True
    ),
}
