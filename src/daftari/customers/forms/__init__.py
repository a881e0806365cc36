"""What was typed about a customer, kept as typed, and what it means."""

from daftari.customers.forms.customer import (
    SAVED,
    AddCustomer,
    ChangeCustomer,
    CustomerForm,
    read_change,
    read_new,
)

__all__ = ["SAVED", "AddCustomer", "ChangeCustomer", "CustomerForm", "read_change", "read_new"]
