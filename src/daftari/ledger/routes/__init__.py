"""The doors of the book."""

from typing import Final

from daftari.ledger.routes import account, book, country, entries

route_handlers: Final = [
    *book.route_handlers,
    *account.route_handlers,
    *entries.route_handlers,
    *country.route_handlers,
]
