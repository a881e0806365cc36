"""Rules for what a payment is said to be for: a debt or a plan of the same account."""

from dataclasses import dataclass

from daftari.kernel.refusal import Refusal
from daftari.ledger.rules.commands import RecordEntry


@dataclass(frozen=True, slots=True)
class Target:
    """A debt or plan that a payment names. `stands`: False where all of it is reversed."""

    customer_id: str
    currency: str
    stands: bool


def refuse_target(
    target: Target | None, command: RecordEntry, *, pays: bool, is_late: bool
) -> None:
    """Raises `Refusal` on the field `for`. `pays`: whether the entry lowers what is owed.

    `is_late`: an entry that was made some time ago, on a phone. What it is for may have been
    reversed meanwhile; the money came all the same, and goes the general way. Of a correction the
    money is in the book already: a new target has to stand.
    """
    if not pays:
        raise Refusal(for_="target_of_no_payment")
    if target is None or target.customer_id != command.customer_id:
        raise Refusal(for_="target_not_found")
    if target.currency != command.currency:
        raise Refusal(for_="target_other_currency")
    if not target.stands and not is_late:
        raise Refusal(for_="target_reversed")
