"""Routes of statements and receipts."""

from typing import Final

from daftari.reports.routes import receipt, statement

route_handlers: Final = [*statement.route_handlers, *receipt.route_handlers]
