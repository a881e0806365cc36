"""Rules of customers: details, terms, consents, stop links. Pure functions."""

from daftari.customers.rules.customer import (
    AccountSummary,
    Customer,
    Source,
    customer_key,
    differences,
    refuse_change,
    refuse_terms,
    search_key,
    search_words,
)
from daftari.customers.rules.details import (
    BLANK,
    DETAILS,
    LONGEST,
    SEARCHED,
    CustomerRole,
    Detail,
    Details,
    ListedDetails,
    values_of,
)

__all__ = [
    "BLANK",
    "DETAILS",
    "LONGEST",
    "SEARCHED",
    "Customer",
    "CustomerRole",
    "Detail",
    "Details",
    "ListedDetails",
    "Source",
    "AccountSummary",
    "customer_key",
    "differences",
    "refuse_change",
    "refuse_terms",
    "search_key",
    "search_words",
    "values_of",
]
