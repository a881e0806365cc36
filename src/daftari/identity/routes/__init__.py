"""Route handlers for people, shops and sign-in."""

from typing import Final

from daftari.identity.routes import (
    access_review,
    account,
    branches,
    handovers,
    held,
    home,
    invitations,
    own_details,
    people,
    phones,
    recovery,
    shop,
    signin,
    signins,
    signup,
    tills,
    verification,
)

route_handlers: Final = [
    *home.route_handlers,
    *signup.route_handlers,
    *signin.route_handlers,
    *recovery.route_handlers,
    *verification.route_handlers,
    *account.route_handlers,
    *own_details.route_handlers,
    *phones.route_handlers,
    *held.route_handlers,
    *tills.route_handlers,
    *signins.route_handlers,
    *shop.route_handlers,
    *branches.route_handlers,
    *people.route_handlers,
    *access_review.route_handlers,
    *invitations.route_handlers,
    *handovers.route_handlers,
]
