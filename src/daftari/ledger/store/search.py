"""SQL of the search in the customer list: who is found, by what, and who of them comes first.

Twin of `src/daftari/static/js/book/search.js`.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, and_, case, or_, select

from daftari.customers.tables import customers
from daftari.db.base import ReadTx, Rows
from daftari.kernel.latin import is_latin, sound, sound_of_word
from daftari.ledger.tables import entries, entry_texts, promises

NEWEST = 1_000
"""Of the notes with a word the newest so many count: a word of every day is in all of them."""
_SHORTEST = 2  # letters of a word that is looked for in notes

_IN_NUMBERS = dict.fromkeys(map(ord, " ()+./-"))
_key = customers.c.search_key


def found_by(words: Sequence[str]) -> list[ColumnElement[bool]]:
    """The conditions of a search: each of the words, in a customer's names or in his notes."""
    return [_has(word) if len(word) >= _SHORTEST else _is_named(word) for word in words]


def rank(words: Sequence[str], name: str) -> ColumnElement[int]:
    """0 for a customer whose whole name it is, 1 nickname, 2 end of a number, 3 parts, 4 a note."""
    sounds = sound(name) if is_latin(name) else ""
    digits = name.translate(_IN_NUMBERS).lstrip("0")
    whole = "\t" + _key + "\t"
    ranks = [
        (or_(_key == name, _key.startswith(f"{name}\t", autoescape=True)), 0),
        (or_(*(_holds(whole, f"\t{one}\t") for one in (name, sounds) if one)), 1),
        (and_(*map(_is_named, words)), 3),
    ]
    if digits.isdigit():
        ranks.insert(2, (_key.endswith(digits), 2))
    return case(*ranks, else_=4)


def behind(
    tx: ReadTx, words: Sequence[str], name: str, after: str, in_order: ColumnElement[bool]
) -> ColumnElement[bool]:
    """The condition «after this customer» in a search; `in_order`: the same within a rank."""
    ranked = rank(words, name)
    reached = tx.scalar(select(ranked).where(customers.c.id == after))
    return or_(ranked > reached, and_(ranked == reached, in_order))


def find_keys(tx: ReadTx, ids: Sequence[str]) -> Mapping[str, str]:
    """The search keys of these customers by id."""
    found = tx.execute(select(customers.c.id, _key).where(customers.c.id.in_(ids)))
    return {row.id: row.search_key for row in found}


def find_texts(tx: ReadTx, ids: Sequence[str], words: Sequence[str]) -> list[Rows]:
    """Texts of these customers with one of the words, as `customer_id`, `text`, `key`.

    Three lists: notes about the customers, of promises, of entries; the newest first.
    """
    about = select(customers.c.id.label("customer_id"), customers.c.note, customers.c.note_key)
    promised = select(promises.c.customer_id, promises.c.note, promises.c.note_key)
    texts = entry_texts.c
    together = texts.note + "\n" + texts.taker + "\n" + texts.paid_by
    written = (
        select(entries.c.customer_id, together.label("note"), texts.search_key.label("note_key"))
        .join(entries, entries.c.id == texts.entry_id)
        .where(entries.c.customer_id.in_(ids), _any(texts.search_key, words))
    )
    return [
        tx.execute(about.where(customers.c.id.in_(ids), _any(customers.c.note_key, words))).all(),
        tx.execute(
            promised.where(
                promises.c.customer_id.in_(ids), _any(promises.c.note_key, words)
            ).order_by(promises.c.id.desc())
        ).all(),
        tx.execute(written.order_by(entries.c.sequence.desc()).limit(NEWEST)).all(),
    ]


def _has(word: str) -> ColumnElement[bool]:
    promised = select(promises.c.customer_id).where(_holds(promises.c.note_key, word))
    noted = (
        select(entry_texts.c.entry_id)
        .where(_holds(entry_texts.c.search_key, word))
        .order_by(entry_texts.c.entry_id.desc())
        .limit(NEWEST)
    )
    return or_(
        _is_named(word),
        _holds(customers.c.note_key, word),
        customers.c.id.in_(promised),
        customers.c.id.in_(select(entries.c.customer_id).where(entries.c.id.in_(noted))),
    )


def _is_named(word: str) -> ColumnElement[bool]:
    """In his names as they are written, or as they sound to who types Latin letters."""
    heard = sound_of_word(word)
    return or_(_holds(_key, word), _holds(_key, heard)) if heard else _holds(_key, word)


def _any(key: ColumnElement[str], words: Sequence[str]) -> ColumnElement[bool]:
    return or_(*(_holds(key, word) for word in words))


def _holds(key: ColumnElement[str], word: str) -> ColumnElement[bool]:
    return key.contains(word, autoescape=True)
