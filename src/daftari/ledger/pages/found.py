"""The text in which a search found somebody who is not called so."""

from collections.abc import Mapping, Sequence
from itertools import chain

from daftari.db.base import ReadTx
from daftari.kernel.arabic import excerpt
from daftari.ledger.pages.parts import RowStatus
from daftari.ledger.store import search


def found_texts(tx: ReadTx, ids: Sequence[str], words: Sequence[str]) -> Mapping[str, RowStatus]:
    """By customer id: the newest text with most of the words that his names do not have."""
    keys = search.find_keys(tx, ids) if words else {}
    lacking = {id_: [word for word in words if word not in key] for id_, key in keys.items()}
    missing = {id_: those for id_, those in lacking.items() if those}
    if not missing:
        return {}
    best: dict[str, tuple[int, str]] = {}
    asked = list(dict.fromkeys(chain.from_iterable(missing.values())))
    for one in chain.from_iterable(search.find_texts(tx, list(missing), asked)):
        count = sum(word in one.note_key for word in missing[one.customer_id])
        if count > best.get(one.customer_id, (0, ""))[0]:
            best[one.customer_id] = count, excerpt(one.note, missing[one.customer_id])
    return {id_: RowStatus("noted", text=text) for id_, (_, text) in best.items()}
