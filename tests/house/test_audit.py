"""Whatever an action writes, somebody did: it leaves an audit record, or an entry, which is one."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeGuard

from daftari.audit.pages.sentences import RECORDS as SENTENCES
from daftari.audit.rules.kinds import VERBS
from tests.house.tree import PACKAGE, PYTHON, calls, parsed

RECORDS = {"note_action", "note_in_shop", "note_in_control", "append_entry"}
PASSED_ON = "tells another action's part of the transaction: its caller leaves the record"
BY_ITSELF = "done by the worker, for nobody: the outbox and the wakeups keep their own state"
SIGNING_IN = "a step on the way to a session, whose beginning is recorded"
LISTED = "the sign-in list is a record of its own, with a day and a device"
# What a person does about his own sign-ins and passkeys is no business of any shop.
OF_A_PERSON = {
    "add_passkey",
    "begin_counter",
    "choose_language",
    "end_counter",
    "join",
    "keep_codes",
    "make_codes",
    "make_phone_link",
    "make_signin_link",
    "recover",
    "remove_passkey",
    "rename_device",
    "rename_passkey",
    "revoke_session",
    "set_lock",
    "sign_in",
    "sign_in_on_new_phone",
    "sign_out",
    "use_signin_link",
}
TOLD = "an alert tells of an action that is recorded"
UNRECORDED = {
    "alert_export": TOLD,
    "ask_task": "what it does is recorded in the shop's file: note_shop_export",
    "alert_large": TOLD,
    "alert_limit": TOLD,
    "alert_many_reversals": TOLD,
    "alert_member": TOLD,
    "alert_night": TOLD,
    "allocate_entry": PASSED_ON,
    "ask": SIGNING_IN,
    "ask_for_passkey": SIGNING_IN,
    "ask_for_proof": "a step on the way to a new number, which is recorded",
    "ask_to_accept": SIGNING_IN,
    "ask_for_signin": SIGNING_IN,
    "ask_for_signup": SIGNING_IN,
    "ask_to_join": SIGNING_IN,
    "ask_to_verify": SIGNING_IN,
    "begin_first_session": SIGNING_IN,
    "begin_session": SIGNING_IN,
    "bring_alerts": BY_ITSELF,
    "change_book_currency": "its other half in the control file is recorded: change_country",
    "change_main_currency": PASSED_ON,
    "claim_key": PASSED_ON,
    "claim_messages": BY_ITSELF,
    "enqueue": "an automatic message is in the outbox; who sends one by hand is recorded",
    "follow_currency": BY_ITSELF,
    "give_up_proof": "the number stays as it was",
    "keep_main_currency": PASSED_ON,
    "keep_refused": "the items are a list, with what became of each; settling one is recorded",
    "alert_refused": TOLD,
    "note_alert": TOLD,
    "note_end": BY_ITSELF,
    "note_creation_from_elsewhere": LISTED,
    "note_folded": LISTED,
    "note_odd": LISTED,
    "note_opened": PASSED_ON,
    "note_refused": LISTED,
    "note_signin": LISTED,
    "take_turn": LISTED,
    "finish_turn": "a turn ends; its next one begins with the same session",
    "note_unasked": LISTED,
    "note_unasked_creation": LISTED,
    "mark_opened": "the message itself keeps who opened it and when",
    "expire_approvals": BY_ITSELF,
    "keep_photo": "the photo is recorded once its entry is written",
    "take_photo": PASSED_ON,
    "notify": BY_ITSELF,
    "plan": BY_ITSELF,
    "plan_receipts": BY_ITSELF,
    "read_alert": "each reading is a row with a person and a time",
    "read_all_alerts": "each reading is a row with a person and a time",
    "refuse_target_of": "writes nothing",
    "release_entry": PASSED_ON,
    "remember_spent": SIGNING_IN,
    "remind_due": BY_ITSELF,
    "set_account_summary": PASSED_ON,
    "settle_message": BY_ITSELF,
    "settle_visits": BY_ITSELF,
    "show_codes": "made codes are recorded; they are shown once",
    "spend_signup": SIGNING_IN,
    "tell_alerts": BY_ITSELF,
    "tell_phones": BY_ITSELF,
    "choose_branch": "a choice of a person's own; each entry says where it was written",
    "touch_session": "the session itself keeps when it was last seen",
    "try_phone": "a test to one's own phone, in the outbox with its time",
    "verify": "the session itself keeps when it was verified",
    "wake_all": BY_ITSELF,
    "wake_shops_of": BY_ITSELF,
    "wake_unvisited": BY_ITSELF,
}


def test_an_action_that_writes_leaves_a_record_or_says_why_not():
    actions = sorted(one for one in _writing() if one.name[0] != "_" and one.name not in RECORDS)
    assert len(actions) > 60
    silent = {one.name for one in actions if not _leaves_record(one, frozenset())}
    assert not silent - set(UNRECORDED), "these write and leave no audit record"


def test_what_needs_no_record_is_there_and_leaves_none():
    actions = {one.name: one for one in _writing()}
    assert not [name for name in UNRECORDED if name not in actions]
    assert not [name for name in UNRECORDED if _leaves_record(actions[name], frozenset())]


def test_every_verb_has_its_words():
    """On the page of the shop's activity, or in a person's own list of sign-ins."""
    used = {verb for path in PYTHON for verb in _verbs(path)}
    assert len(used) > 25
    assert not used - set(VERBS) - OF_A_PERSON
    assert not OF_A_PERSON & set(VERBS)
    assert not (set(VERBS) | OF_A_PERSON) - used
    assert set(VERBS) == set(SENTENCES)


# The place of the verb among the arguments of what writes it.
VERB_AT = {"AuditRecord": 1, "note_action": 3, "note_of_member": 2}


def _verbs(path: Path) -> Iterator[str]:
    """The verbs that a file writes into an audit log."""
    for call in calls(path, *VERB_AT):
        given = call.args[VERB_AT[ast.unparse(call.func)]]
        if isinstance(given, ast.Constant):
            yield str(given.value)


class _Function(NamedTuple):
    """A function of a module of actions."""

    module: str
    name: str


def _writing() -> Iterator[_Function]:
    """The functions of actions that are given a writing transaction."""
    for one, node in _functions().items():
        first = node.args.args[0].annotation if node.args.args else None
        if first and ast.unparse(first) == "WriteTx":
            yield one


def _leaves_record(one: _Function, seen: frozenset[_Function]) -> bool:
    """Whether a function leaves a record, itself or by what it calls."""
    called = {_home(one.module, node.id) for node in ast.walk(_functions()[one]) if _is_name(node)}
    if any(other and other.name in RECORDS for other in called):
        return True
    further = {other for other in called if other in _functions()} - seen - {one}
    return any(_leaves_record(other, seen | {one}) for other in further)


def _is_name(node: ast.AST) -> TypeGuard[ast.Name]:
    return isinstance(node, ast.Name)


def _home(module: str, name: str) -> _Function | None:
    """The function that a name stands for in a module, be it imported through a package."""
    here = _Function(module, name)
    if here in _functions():
        return here
    whence = _imports().get(module, {}).get(name)
    return None if whence in (None, module) else _home(whence, name)


@cache
def _functions() -> dict[_Function, ast.FunctionDef]:
    return {
        _Function(module, node.name): node
        for module, path in _modules().items()
        for node in parsed(path).body
        if isinstance(node, ast.FunctionDef)
    }


@cache
def _imports() -> dict[str, dict[str, str]]:
    return {
        module: {
            alias.name: node.module or ""
            for node in parsed(path).body
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        for module, path in _modules().items()
    }


@cache
def _modules() -> dict[str, Path]:
    paths = [path for path in PYTHON if "actions" in (*path.parts, path.stem)]
    places = {path: path.relative_to(PACKAGE.parent).with_suffix("") for path in paths}
    return {".".join(place.parts).removesuffix(".__init__"): path for path, place in places.items()}
