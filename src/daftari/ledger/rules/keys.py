"""Idempotency keys of the book: which part of a command is its content as typed."""

from daftari.idempotency.rules import Noun, RequestKey, digest_of
from daftari.ledger.rules.chain import entry_digest, reversal_digest
from daftari.ledger.rules.commands import (
    CarryOver,
    CorrectEntry,
    MakePlan,
    MakePromise,
    RecordEntry,
    ReverseEntry,
)
from daftari.ledger.rules.goods import goods_text


def entry_key(command: RecordEntry) -> RequestKey:
    facts = entry_digest(command)
    return RequestKey(command.id, Noun.ENTRY, command.customer_id, facts, _texts_of(command))


def reversal_key(command: ReverseEntry, customer_id: str) -> RequestKey:
    texts = command.reason, "", ""
    return RequestKey(command.id, Noun.REVERSAL, customer_id, reversal_digest(command), texts)


def correction_key(command: CorrectEntry) -> RequestKey:
    """The key of a correction, with all of the entry as it will stand."""
    entry = command.entry
    facts = digest_of(command.entry_id, command.reversal_id, entry_digest(entry).hex())
    return RequestKey(entry.id, Noun.CORRECTION, entry.customer_id, facts, _texts_of(entry))


def carry_key(command: CarryOver) -> RequestKey:
    facts = digest_of("carry_over", command.into_id)
    return RequestKey(command.id, Noun.CARRY_OVER, command.customer_id, facts)


def promise_key(command: MakePromise) -> RequestKey:
    facts = digest_of(
        command.customer_id, command.currency, command.promised_on, command.amount_minor
    )
    return RequestKey(command.id, Noun.PROMISE, command.customer_id, facts, (command.note,))


def plan_key(command: MakePlan) -> RequestKey:
    """The key of a plan: the split as asked for, not the instalments that came of it."""
    facts = digest_of(
        command.customer_id,
        command.currency,
        command.price_minor,
        command.paid_down_minor,
        command.every,
        command.first_on,
        command.count,
        command.each_minor,
    )
    return RequestKey(command.id, Noun.PLAN, command.customer_id, facts, (command.note,))


def instalment_key(command: MakePlan, number: int) -> RequestKey:
    """The key of an instalment's entry, which nobody may send by itself."""
    facts = digest_of(command.id, number)
    return RequestKey(command.entry_id(number), Noun.INSTALMENT, command.customer_id, facts)


def _texts_of(entry: RecordEntry) -> tuple[str, ...]:
    """What is erased with the customer. Without goods it is as it was before there were any."""
    goods = (goods_text(entry.goods),) if entry.goods else ()
    return (entry.note, entry.taker, entry.paid_by, *goods)
