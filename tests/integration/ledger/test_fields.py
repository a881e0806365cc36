"""What forms, commands, tables, erasure and the phone make of the declared fields of a noun."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

import msgspec
import pytest
from sqlalchemy import Table

from daftari.db.base import Personal
from daftari.identity.personal_data import CLAIMS as CLAIMS_OF_IDENTITY
from daftari.identity.rules.commands import ShopSettings
from daftari.identity.rules.fields import SHOP_SETTINGS
from daftari.identity.tables import shops
from daftari.kernel.fields import Field
from daftari.kernel.money import POINT
from daftari.kernel.refusal import Refusal
from daftari.ledger.forms import EntryForm, PlanForm, PromiseForm
from daftari.ledger.forms.entry import SAVED_OF_ENTRY, SAVED_OF_REVERSAL
from daftari.ledger.personal_data import CLAIMS as CLAIMS_OF_LEDGER
from daftari.ledger.rules.commands import MakePlan, MakePromise, RecordEntry, ReverseEntry
from daftari.ledger.rules.fields import ENTRY, PLAN, PROMISE, REVERSAL
from daftari.ledger.tables import entries, entry_texts, plans, promises
from daftari.offline.forms.items import EntryItem, ReversalItem
from daftari.offline.pages.shop_on_phone import ShopOnPhone
from daftari.offline.pages.snapshot import EntryOnPhone
from daftari.reminders.forms.settings import MessagingSettingsForm
from daftari.reminders.personal_data import CLAIMS as CLAIMS_OF_REMINDERS
from daftari.reminders.rules.commands import ChangeMessagingSettings
from daftari.reminders.rules.fields import MESSAGING_SETTINGS
from daftari.reminders.tables import reminder_settings
from tests.form_reader import FormReader
from tests.house.tree import PACKAGE, STATIC

CLAIMS = CLAIMS_OF_LEDGER | CLAIMS_OF_IDENTITY | CLAIMS_OF_REMINDERS


@dataclass(frozen=True)
class Noun:
    """A noun that people fill in. `path`: of its form; `unstored`: fields that only make others."""

    name: str
    fields: Mapping[str, Field]
    path: str
    command: type
    tables: tuple[Table, ...]
    form: type | None = None
    unstored: frozenset[str] = frozenset()


NOUNS = [
    Noun(
        "entry",
        ENTRY,
        "/customers/{customer}/entries/new",
        RecordEntry,
        (entries, entry_texts),
        EntryForm,
        unstored=frozenset({"side"}),
    ),
    Noun(
        "promise",
        PROMISE,
        "/customers/{customer}/promises/new",
        MakePromise,
        (promises,),
        PromiseForm,
    ),
    Noun(
        "plan",
        PLAN,
        "/customers/{customer}/plans/new",
        MakePlan,
        (plans,),
        PlanForm,
        unstored=frozenset({"count", "each"}),
    ),
    Noun(
        "reversal",
        REVERSAL,
        "/entries/{entry}/reversal",
        ReverseEntry,
        (),
        unstored=frozenset({"reason"}),
    ),
    Noun("shop", SHOP_SETTINGS, "/more/shop", ShopSettings, (shops,)),
    Noun(
        "messages",
        MESSAGING_SETTINGS,
        "/more/messages",
        ChangeMessagingSettings,
        (reminder_settings,),
        MessagingSettingsForm,
    ),
]
every_noun = pytest.mark.parametrize("noun", NOUNS, ids=lambda it: it.name)


@every_noun
async def test_every_field_is_on_its_form_and_takes_no_more_than_its_reader(umm_salim, noun):
    customer = await umm_salim.add("أبو علي")
    entry = await umm_salim.wrote(customer, "debt", "12.50")
    page = await umm_salim.get(noun.path.format(customer=customer, entry=entry))
    assert page.status_code == 200
    found = FormReader(page.text).longest
    longest = {re.sub("_(sms|email)$", "", name): most for name, most in found.items()}
    assert {name: longest.get(name) for name in noun.fields} == {
        name: field.longest for name, field in noun.fields.items()
    }


@every_noun
def test_every_field_is_read_into_the_command(noun):
    command = {field.name for field in fields(noun.command)}
    assert {field.column for field in noun.fields.values()} <= command
    if noun.form is not None:
        assert noun.fields.keys() <= {field.name.rstrip("_") for field in fields(noun.form)}


TYPED = [(noun, field) for noun in NOUNS for field in noun.fields.values() if field.longest]


@pytest.mark.parametrize(("noun", "field"), TYPED, ids=lambda it: it.name)
def test_a_longer_text_is_refused(noun, field):
    money = (2, POINT) if field.column.endswith("_minor") else ()
    with pytest.raises(Refusal):
        field.read("ع" * (field.longest + 1), *money)


@every_noun
def test_a_column_is_personal_and_erased_where_the_field_says_who_somebody_is(noun):
    columns = {
        column.name: (column, CLAIMS[table.name]) for table in noun.tables for column in table.c
    }
    stored = [field for name, field in noun.fields.items() if name not in noun.unstored]
    for field in stored:
        column, claim = columns[field.column]
        assert isinstance(column.type, Personal) == field.is_personal, field.name
        if field.is_personal:
            assert claim.leaves or field.column in claim.erase, field.name


def test_a_phone_sends_every_field_of_an_entry_and_of_its_reversal():
    assert {field.column for field in ENTRY.values()} <= set(EntryItem.__struct_fields__)
    assert set(REVERSAL) <= set(ReversalItem.__struct_fields__)


@pytest.mark.parametrize(
    ("declared", "struct"), [(ENTRY, EntryOnPhone), (SHOP_SETTINGS, ShopOnPhone)]
)
def test_a_phone_carries_the_fields_declared_as_offline(declared, struct):
    columns = {field.column for field in declared.values()}
    assert columns & set(struct.__struct_fields__) == {
        field.column for field in declared.values() if field.is_offline
    }


def test_an_entry_that_waits_on_the_phone_shows_the_fields_declared_as_offline():
    script = (STATIC / "js" / "phone" / "overlay.js").read_text()
    record = script[script.index("record_entry(") : script.index("reverse_entry(")]
    shown = set(re.findall(r"\b\w+\b", record))
    wire = {field.name: field.encode_name for field in msgspec.structs.fields(EntryOnPhone)}
    assert {wire[field.column] for field in ENTRY.values() if field.is_offline} <= shown


def test_what_was_typed_before_a_sign_in_ended_is_given_back_with_its_label():
    assert ENTRY.keys() <= set(SAVED_OF_ENTRY)
    assert REVERSAL.keys() <= set(SAVED_OF_REVERSAL)
    template = (PACKAGE / "templates" / "layout" / "labels.html").read_text()
    typed = {field.name for noun in (ENTRY, REVERSAL) for field in noun.values() if field.longest}
    assert typed <= set(re.findall(r"'(\w+)': _\(", template))
