"""The rule of who can be archived. A pure function."""

from collections.abc import Iterable

from daftari.kernel.refusal import Refusal


def refuse_archive(balances_minor: Iterable[int]) -> None:
    """Refuse to archive an account with a balance in any currency.

    At zero no debt and no plan is open, and every promise is kept: nobody promises more than he
    owes. Raises Refusal(form='archive_not_settled').
    """
    if any(balances_minor):
        raise Refusal(form="archive_not_settled")
