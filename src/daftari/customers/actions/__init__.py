"""Commands of customers. Each is one short write inside the caller's transaction."""

from daftari.customers.actions.customer import (
    Added,
    add_customer,
    change_customer,
    freeze_customer,
    get_customer,
    set_account_summary,
    unfreeze_customer,
)

__all__ = [
    "Added",
    "add_customer",
    "change_customer",
    "freeze_customer",
    "get_customer",
    "set_account_summary",
    "unfreeze_customer",
]
