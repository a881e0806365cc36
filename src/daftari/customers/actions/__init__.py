"""The verbs of customers. Each is one short write inside the caller's transaction."""

from daftari.customers.actions.customer import (
    Added,
    add_customer,
    change_customer,
    freeze_customer,
    get_customer,
    set_standing,
    unfreeze_customer,
)

__all__ = [
    "Added",
    "add_customer",
    "change_customer",
    "freeze_customer",
    "get_customer",
    "set_standing",
    "unfreeze_customer",
]
