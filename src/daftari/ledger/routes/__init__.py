"""Routes of the book."""

from typing import Final

from daftari.ledger.routes import (
    account,
    approvals,
    archive,
    book,
    carry_over,
    corrections,
    country,
    customer_display,
    desktop,
    entries,
    entry_details,
    photo,
    plans,
    promises,
    rates,
)

route_handlers: Final = [
    *book.route_handlers,
    *desktop.route_handlers,
    *account.route_handlers,
    *customer_display.route_handlers,
    *approvals.route_handlers,
    *archive.route_handlers,
    *carry_over.route_handlers,
    *entries.route_handlers,
    *entry_details.route_handlers,
    *corrections.route_handlers,
    *photo.route_handlers,
    *country.route_handlers,
    *rates.route_handlers,
    *promises.route_handlers,
    *plans.route_handlers,
]
