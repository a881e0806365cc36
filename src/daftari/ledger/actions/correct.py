"""Correction: one act that reverses an entry and writes the one that takes its place."""

from datetime import datetime

from daftari.db.base import WriteTx
from daftari.idempotency.actions import claim_key
from daftari.identity.rules import Member
from daftari.kernel.refusal import Missing, Refusal
from daftari.ledger.actions.append import Recorded, account_of, find_seen, known_entry
from daftari.ledger.actions.odd_things import alert_large, alert_night
from daftari.ledger.actions.record import (
    alert_limit,
    refuse_target_of,
    with_discounts,
    write_entry,
)
from daftari.ledger.actions.reverse import write_reversal
from daftari.ledger.forms.correction import CorrectionForm, Texts
from daftari.ledger.forms.submitted import SubmittedCorrection
from daftari.ledger.rules import alerts, kinds, refusals
from daftari.ledger.rules.chain import Entry
from daftari.ledger.rules.commands import CorrectEntry, RecordEntry, ReverseEntry
from daftari.ledger.rules.keys import correction_key, reversal_key
from daftari.ledger.rules.kinds import Kind, Side
from daftari.ledger.store import entries, goods, photos
from daftari.ledger.store.carried import find_obstacles, is_carried
from daftari.ledger.store.entry_details import find_plan_id


def submit_correction(
    tx: WriteTx, member: Member, at: datetime, sent: SubmittedCorrection
) -> Recorded:
    """Correct an entry: both of its new entries or none. Idempotent by the form's ids.

    Raises `Missing` for an unknown entry, `Conflict` for ids with other content, and `Refusal`:
    what the form, a reversal and a new entry raise, `correction_same` where nothing changes, for a
    new target that was reversed meanwhile `target_reversed`,
    `already_corrected`, `correction_of_reversal`, `correction_of_instalment`,
    `correction_of_carried`, and for another amount, day, due day or target `carried_since`.
    """
    found = find_seen(tx, member, sent.entry_id)
    if found is None:
        raise Missing(sent.entry_id)
    old, shop = found.entry, member.shop
    if old.kind is Kind.REVERSAL:
        raise Refusal(form="correction_of_reversal")
    texts, stood = entries.find_texts(tx, old.id), goods.find_goods(tx, old.sequence)
    form = CorrectionForm.of(old, texts, stood, sent, shop)
    key_command = form.key_command(shop)
    if not claim_key(tx, at, correction_key(key_command)):
        return known_entry(tx, key_command.entry.id)
    is_carried_since = _refuse_old(tx, member, at, old)
    command = form.command(shop, shop.day_of(at))
    if command.entry.goods == stood and _is_same(command.entry, old, texts):
        raise Refusal(form="correction_same")
    if not _has_same_effect(command.entry, old) and is_carried_since:
        raise Refusal(form="carried_since")
    reversal = ReverseEntry(command.reversal_id, old.id)
    if not claim_key(tx, at, reversal_key(reversal, old.customer_id)):
        raise Refusal(form="already_reversed")
    return _replace(tx, member, at, command, old)


def _refuse_old(tx: WriteTx, member: Member, at: datetime, old: Entry) -> bool:
    """Raises `Refusal` when the entry may not be corrected; whether its account was carried over
    since, so that no more than its texts may be.
    """
    refusals.refuse_reversal(member, old.kind, old.recorded_by, old.recorded_at, at)
    if entries.is_corrected(tx, old):
        raise Refusal(form="already_corrected")
    reversed_by, is_carried_since = find_obstacles(tx, old)
    if reversed_by is not None:
        raise Refusal(form="already_reversed")
    if find_plan_id(tx, old.id) is not None:
        raise Refusal(form="correction_of_instalment")
    if is_carried(tx, old.id):
        raise Refusal(form="correction_of_carried")
    return is_carried_since


def _is_same(new: RecordEntry, old: Entry, texts: Texts) -> bool:
    same_facts = _has_same_effect(new, old) and new.exchange == old.exchange
    same_texts = (new.note, new.taker, new.paid_by) == texts
    return same_facts and new.method == old.method and same_texts


def _has_same_effect(new: RecordEntry, old: Entry) -> bool:
    """Whether nothing changes that a balance or an allocation depends on."""
    facts = new.amount_minor, new.occurred_on, new.due_on, new.for_id
    return facts == (old.amount_minor, old.occurred_on, old.due_on, old.for_id)


def _replace(
    tx: WriteTx, member: Member, at: datetime, command: CorrectEntry, old: Entry
) -> Recorded:
    new = command.entry
    account, head = account_of(tx, old.customer_id, old.currency)
    effect = kinds.effect(new.kind, new.amount_minor, account.role, new.side or Side.OWES)
    change = effect - old.effect_minor
    if old.effect_minor < 0:
        before = old.currency, -change, old.balance_after_minor
        refusals.refuse_reversal_over_limit(member, account, *before)
    more = new.amount_minor - old.amount_minor
    alert_large(tx, member, at, old, max(-more, 0))
    alert_night(tx, member, at, old.customer_id, max(more, 0), old.currency, at)
    reversal = ReverseEntry(command.reversal_id, old.id)
    write_reversal(tx, member, at, reversal, account, head, old)
    account, head = account_of(tx, old.customer_id, old.currency)
    counted = with_discounts(tx, member, at, account, new)
    refusals.refuse_corrected(member, counted, new, effect, old.effect_minor)
    if new.for_id not in (None, old.for_id):
        refuse_target_of(tx, member, account, new, effect, is_late=False)
    if change > 0 and alerts.passes_limit(member, account, new, effect):
        alert_limit(tx, member, at, account, new, effect)
    assert new.occurred_on is not None
    day, branch_id = new.occurred_on, old.branch_id
    done = write_entry(tx, member, at, new, account, head, effect, day, branch_id)
    photos.copy_photo(tx, old.id, done.entry.id)
    return done
