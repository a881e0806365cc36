"""Forms of customers and consents: the text as typed, and the commands read from it."""

from daftari.customers.forms.customer import (
    SAVED,
    CustomerForm,
    SubmittedCustomer,
    key_of_new,
    read_change,
    read_new,
    text_of,
)

__all__ = [
    "SAVED",
    "CustomerForm",
    "SubmittedCustomer",
    "key_of_new",
    "read_change",
    "read_new",
    "text_of",
]
