"""Routes of customers."""

from typing import Final

from daftari.customers.routes import consent, customer

route_handlers: Final = [*customer.route_handlers, *consent.route_handlers]
