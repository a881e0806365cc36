"""Rules of customers: details, terms, consents, stop links. Pure functions."""

from daftari.customers.rules.customer import (
    LONGEST,
    LONGEST_NAME,
    LONGEST_NICKNAME,
    LONGEST_NOTE,
    AccountSummary,
    Customer,
    CustomerRole,
    Details,
    Source,
    differences,
    digest,
    refuse_change,
    refuse_terms,
    search_key,
    search_words,
)

__all__ = [
    "LONGEST",
    "LONGEST_NAME",
    "LONGEST_NICKNAME",
    "LONGEST_NOTE",
    "Customer",
    "CustomerRole",
    "Details",
    "Source",
    "AccountSummary",
    "differences",
    "digest",
    "refuse_change",
    "refuse_terms",
    "search_key",
    "search_words",
]
