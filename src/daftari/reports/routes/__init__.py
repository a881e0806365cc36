"""Routes of reports, statements and receipts."""

from typing import Final

from daftari.reports.routes import receipt, report, statement

route_handlers: Final = [
    *report.route_handlers,
    *statement.route_handlers,
    *receipt.route_handlers,
]
