"""SQL of consents and stop links."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from daftari.customers.rules.consent import (
    Consent,
    ConsentChannel,
    ConsentMethod,
    Ended,
    OptIn,
    Purpose,
)
from daftari.customers.tables import consents, stop_links
from daftari.db.base import ReadTx, WriteTx

_OF_CUSTOMER = (
    select(consents)
    .where(consents.c.customer_id == bindparam("customer_id"))
    .order_by(consents.c.given_at.desc(), consents.c.id)
)
_AGREED = select(consents.c.customer_id, consents.c.channel, consents.c.purpose).where(
    consents.c.customer_id.in_(bindparam("customer_ids", expanding=True)),
    consents.c.ended_at.is_(None),
)
_TOKEN = select(stop_links.c.token).where(stop_links.c.customer_id == bindparam("customer_id"))
_BY_TOKEN = select(stop_links.c.customer_id).where(stop_links.c.token == bindparam("token"))


def find_consents(tx: ReadTx, customer_id: str) -> list[Consent]:
    """All consents of a customer, newest first."""
    return [_as_consent(row) for row in tx.execute(_OF_CUSTOMER, {"customer_id": customer_id})]


def find_agreed(tx: ReadTx, customer_ids: Collection[str]) -> list[tuple[str, OptIn]]:
    """Active opt-ins of these customers."""
    rows: Any = tx.execute(_AGREED, {"customer_ids": list(customer_ids)})
    return [
        (who, OptIn(ConsentChannel(channel), Purpose(purpose))) for who, channel, purpose in rows
    ]


def insert_consents(tx: WriteTx, rows: Sequence[dict[str, Any]]) -> None:
    tx.execute(insert(consents), list(rows))


def end_consents(
    tx: WriteTx, ids: Collection[str], at: datetime, by: str | None, how: Ended
) -> None:
    ending = update(consents).where(consents.c.id.in_(ids), consents.c.ended_at.is_(None))
    tx.execute(ending.values(ended_at=at, ended_by=by, ended_how=how))


def find_token(tx: ReadTx, customer_id: str) -> str | None:
    token: str | None = tx.scalar(_TOKEN, {"customer_id": customer_id})
    return token


def insert_token(tx: WriteTx, customer_id: str, token: str, at: datetime) -> None:
    row = {"customer_id": customer_id, "token": token, "created_at": at}
    tx.execute(insert(stop_links), row)


def find_by_token(tx: ReadTx, token: str) -> str | None:
    customer_id: str | None = tx.scalar(_BY_TOKEN, {"token": token})
    return customer_id


def _as_consent(row: Any) -> Consent:
    return Consent(
        id=row.id,
        opt_in=OptIn(ConsentChannel(row.channel), Purpose(row.purpose)),
        given_at=row.given_at,
        given_by=row.given_by,
        how=ConsentMethod(row.how),
        text_version=row.text_version,
        language=row.language,
        ended_at=row.ended_at,
        ended_by=row.ended_by,
        ended_how=Ended(row.ended_how) if row.ended_how else None,
    )
