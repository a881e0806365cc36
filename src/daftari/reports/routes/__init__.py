"""Routes of statements and receipts."""

from typing import Final

from daftari.reports.routes import statement

route_handlers: Final = [*statement.route_handlers]
