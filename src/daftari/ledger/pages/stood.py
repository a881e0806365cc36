"""An entry as it stands, as JSON in a form that changes it.

A phone stores it beside what was typed: until the server answers it can show the change, also of an
entry that it does not hold. The members are those of an entry of the snapshot.
Twin of src/daftari/static/js/book/sheets.js.
"""

from typing import Any, Final

import msgspec

_FACTS: Final = (
    *("kind", "amount_minor", "effect_minor", "currency", "occurred_on", "due_on", "method"),
    *("paid_minor", "paid_currency", "rate_e8", "rate_of", "recorded_at", "recorded_by"),
)


def stood_text(entry: Any, note: str, **more: str | None) -> str:
    """The facts of an `Entry` or its row. `more`: further members; those without a value are left
    out.
    """
    facts = {name: getattr(entry, name) for name in _FACTS}
    said = facts | {"corrects": entry.corrects_id, "note": note} | more
    return msgspec.json.encode({name: value for name, value in said.items() if value}).decode()
