"""Commands of customers. Each is one short write inside the caller's transaction."""

from daftari.customers.actions.currency import (
    change_main_currency,
    keep_main_currency,
    main_currency,
)
from daftari.customers.actions.customer import (
    Added,
    add_customer,
    add_new_customer,
    bring_back,
    change_customer,
    freeze_customer,
    get_customer,
    mark_archived,
    set_account_summary,
    submit_customer,
    unarchive_customer,
    unfreeze_customer,
)

__all__ = [
    "Added",
    "add_customer",
    "add_new_customer",
    "bring_back",
    "change_customer",
    "change_main_currency",
    "freeze_customer",
    "get_customer",
    "keep_main_currency",
    "main_currency",
    "mark_archived",
    "set_account_summary",
    "submit_customer",
    "unarchive_customer",
    "unfreeze_customer",
]
