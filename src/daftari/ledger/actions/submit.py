"""Submitted forms of the book: the id is looked up first, then the form is judged."""

from datetime import datetime

from daftari.db.base import WriteTx
from daftari.idempotency.actions import claim_key
from daftari.identity.rules import Member
from daftari.kernel.refusal import Refusal
from daftari.ledger.actions.append import Recorded, known_entry
from daftari.ledger.actions.photo import add_photo
from daftari.ledger.actions.plan import Planned, make_new_plan
from daftari.ledger.actions.promise import Promised, make_new_promise
from daftari.ledger.actions.record import record_new_entry
from daftari.ledger.forms.submitted import SubmittedEntry, SubmittedPlan, SubmittedPromise
from daftari.ledger.rules.commands import AddPhoto


def submit_entry(tx: WriteTx, member: Member, at: datetime, sent: SubmittedEntry) -> Recorded:
    """Record the entry of a form, with its photo; both or nothing. Idempotent by the form's id.

    Raises what `EntryReading.command`, `record_entry` and `add_photo` raise.
    """
    said = sent.form.read(member.shop, sent.customer_id)
    if claim_key(tx, at, said.key):
        command = said.command(sent.sent_on)
        done = record_new_entry(tx, member, at, command, born_on=sent.sent_on)
    else:
        done = known_entry(tx, sent.form.id)
    if sent.photo is not None:
        add_photo(tx, member, at, AddPhoto(done.entry.id, sent.photo))
    return done


def submit_promise(tx: WriteTx, member: Member, at: datetime, sent: SubmittedPromise) -> Promised:
    """Make the promise of a form. Idempotent by the form's id.

    Raises what `PromiseForm.command` and `make_promise` raise.
    """
    shop = member.shop
    if not claim_key(tx, at, sent.form.key(shop, sent.customer_id)):
        return Promised("known", sent.form.id)
    command = sent.form.command(shop, sent.customer_id, shop.day_of(at))
    return make_new_promise(tx, member, at, command)


def submit_plan(tx: WriteTx, member: Member, at: datetime, sent: SubmittedPlan) -> Planned:
    """Make the plan that was previewed. Idempotent by the form's id.

    Raises Refusal(form='plan_not_seen') for another plan than the previewed one, and what
    `PlanForm.command` and `make_plan` raise.
    """
    shop = member.shop
    if not claim_key(tx, at, sent.form.key(shop, sent.customer_id)):
        return Planned("known", sent.form.id)
    command = sent.form.command(shop, sent.customer_id, shop.day_of(at), sent.says)
    if sent.form.schedule != command.schedule:
        raise Refusal(form="plan_not_seen")
    return make_new_plan(tx, member, at, command)
