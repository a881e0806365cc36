"""Rules of a carry-over: what is open of one account moves to another of the same person."""

from daftari.customers.rules import Customer
from daftari.kernel.refusal import Refusal


def refuse_carry(old: Customer, into: Customer, *, has_plan: bool, has_promise: bool) -> None:
    """Raises `Refusal` when one account cannot be carried over to the other.

    What is archived takes nothing over, so no pointers can run in a ring. A plan and a promise
    speak of the entries of their own account: carried over, they would read as paid and kept.
    """
    if old.id == into.id:
        raise Refusal(into="carry_into_itself")
    if old.details.role != into.details.role:
        raise Refusal(into="carry_other_role")
    if into.archived_at is not None:
        raise Refusal(into="carry_into_archived")
    if old.merged_into is not None:
        raise Refusal(form="carry_done_before")
    if has_plan:
        raise Refusal(form="carry_plan_open")
    if has_promise:
        raise Refusal(form="carry_promise_waits")
