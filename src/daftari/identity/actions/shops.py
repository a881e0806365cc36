"""Actions on shops: create, and change settings."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Final

from daftari.activity.actions import AuditRecord, note_in_control
from daftari.db.base import ReadTx, WriteTx
from daftari.identity.rules import Role, Shop
from daftari.identity.rules.alerts import night_of, tells_exports, tells_new_phones
from daftari.identity.rules.commands import ChangeCountry, NewShop, ShopSettings
from daftari.identity.rules.people import USUAL_DIGEST_HOUR
from daftari.identity.store import people as store
from daftari.kernel.countries import COUNTRIES
from daftari.kernel.edits import SURE, Seen
from daftari.kernel.refusal import Missing

_ALERT_COLUMNS: Final = {
    "digest_hour": "digest_hour",
    "large_reversal": "large_reversal_minor",
    "many_reversals": "many_reversals",
    "large_at_night": "large_at_night_minor",
    "night_from": "night_from",
    "night_until": "night_until",
    "many_accounts": "many_accounts",
    "on_export": "on_export",
    "on_new_phone": "on_new_phone",
}
"""The columns of the settings of digest and alerts, by the fields of their forms."""


def open_shop(tx: WriteTx, shop: NewShop, wrapped_key: bytes, now: datetime) -> None:
    """Insert the owner, the shop with its country's defaults, the file's key and the membership."""
    row: dict[str, object] = {
        "id": shop.id,
        "name": shop.name,
        "digits": "latn",
        "calendar": "gregorian",
        "digest_hour": USUAL_DIGEST_HOUR,
        "large_reversal_minor": None,
    }
    row |= _country_defaults(shop.country)
    store.insert_person(tx, shop.owner, now)
    store.insert_shop(tx, {**row, "due_days": None, "created_at": now}, wrapped_key)
    store.insert_membership(tx, shop.owner.id, shop.id, Role.OWNER, now)
    note_in_control(tx, AuditRecord(shop.owner.id, "open_shop", shop.id, now, shop_id=shop.id))


def get_shop(tx: ReadTx, shop_id: str) -> Shop:
    """The shop with this id. Raises `Missing`."""
    shop = store.find_shop(tx, shop_id)
    if shop is None:
        raise Missing(shop_id)
    return shop


def change_settings(
    tx: WriteTx,
    shop_id: str,
    settings: ShopSettings,
    person_id: str,
    now: datetime,
    seen: Seen = SURE,
    session_id: str | None = None,
) -> None:
    """Change the settings that are always editable; the audit log keeps old and new values.

    Raises `Stale` for what others changed since it was seen.
    """
    shop = get_shop(tx, shop_id)
    stored = settings_of(shop)
    settings = replace(stored, **seen.changes(asdict(settings), asdict(stored)))
    changes: dict[str, object] = {
        "name": settings.name,
        "digits": settings.digits,
        "notation": settings.notation,
        "calendar": settings.calendar,
        "zone": settings.zone,
        "weekend": _days(settings.weekend),
        "due_days": settings.due_days,
        "hijri_shift": settings.hijri_shift,
        "day_ends": settings.day_ends,
        "free_discount": settings.free_discount,
    }
    _change(tx, shop, changes, person_id, now, session_id)


def change_alerts(
    tx: WriteTx,
    shop_id: str,
    typed: Mapping[str, int | None],
    person_id: str,
    now: datetime,
    seen: Seen = SURE,
    session_id: str | None = None,
) -> None:
    """Change some of: the hour of the daily digest, and from where on odd things make an alert.

    `typed`: by the names of `alerts_of`. Raises `Stale` for what others changed since it was seen.
    """
    shop = get_shop(tx, shop_id)
    changed = seen.changes(typed, alerts_of(shop))
    changes: dict[str, object] = {_ALERT_COLUMNS[name]: value for name, value in changed.items()}
    _change(tx, shop, changes, person_id, now, session_id)


def change_country(
    tx: WriteTx,
    shop: Shop,
    chosen: ChangeCountry,
    person_id: str,
    now: datetime,
    session_id: str | None = None,
) -> None:
    """Change a shop's country, with that country's default settings, and its currency.

    Allowed only while the book has no entry; the ledger makes sure of that before the call.
    """
    changes: dict[str, object] = {"currency": chosen.currency}
    if chosen.country != shop.country:
        changes = _country_defaults(chosen.country) | changes
    if chosen.currency != shop.currency:
        changes |= {"large_reversal_minor": None, "large_at_night_minor": None}
    _change(tx, shop, changes, person_id, now, session_id)


def currencies_of(tx: ReadTx, shop_ids: Collection[str]) -> dict[str, str]:
    """The main currencies of these shops, as the control file knows them."""
    return store.find_currencies(tx, shop_ids)


def follow_currency(tx: WriteTx, shop_id: str, seen: str, currency: str) -> None:
    """Take over the currency of a book's file, if the control file still has the one `seen`."""
    store.replace_currency(tx, shop_id, seen, currency)


def country_of(shop: Shop) -> ChangeCountry:
    """The current country and currency of a shop."""
    return ChangeCountry(shop.country, shop.currency)


def alerts_of(shop: Shop) -> dict[str, int | None]:
    """The current settings of digest and alerts, by the fields of their forms. What is chosen from
    a few is as it counts, an amount or a number as it was typed: None for the usual.
    """
    stored = _alert_columns(shop)
    values = {name: stored[column] for name, column in _ALERT_COLUMNS.items()}
    since, until = night_of(shop)
    switches = {"on_export": tells_exports(shop), "on_new_phone": tells_new_phones(shop)}
    as_numbers = {name: int(is_on) for name, is_on in switches.items()}
    return {**values, "night_from": since, "night_until": until, **as_numbers}


def settings_of(shop: Shop) -> ShopSettings:
    """The current settings of a shop."""
    return ShopSettings(
        shop.name,
        shop.digits,
        shop.notation.name,
        shop.calendar,
        shop.zone,
        shop.weekend,
        shop.due_days,
        shop.hijri_shift,
        shop.day_ends,
        shop.free_discount,
    )


def _country_defaults(code: str) -> dict[str, object]:
    country = COUNTRIES[code]
    return {
        "country": country.code,
        "currency": country.currency,
        "zone": country.zone,
        "notation": country.notation.name,
        "weekend": _days(country.weekend),
    }


def _change(
    tx: WriteTx,
    shop: Shop,
    changes: dict[str, object],
    person_id: str,
    now: datetime,
    session_id: str | None,
) -> None:
    before = _column_values(shop)
    changed = {name: value for name, value in changes.items() if before[name] != value}
    if not changed:
        return
    store.change_shop(tx, shop.id, changed)
    details = {name: [before[name], value] for name, value in changed.items()}
    record = AuditRecord(person_id, "change_shop", shop.id, now, details, session_id, shop.id)
    note_in_control(tx, record)


def _column_values(shop: Shop) -> dict[str, object]:
    return {
        "name": shop.name,
        "country": shop.country,
        "currency": shop.currency,
        "zone": shop.zone,
        "digits": shop.digits,
        "notation": shop.notation.name,
        "weekend": _days(shop.weekend),
        "calendar": shop.calendar,
        "due_days": shop.due_days,
        "hijri_shift": shop.hijri_shift,
        "day_ends": shop.day_ends,
        **_alert_columns(shop),
        "free_discount": shop.free_discount,
    }


def _alert_columns(shop: Shop) -> dict[str, int | None]:
    thresholds = asdict(shop.thresholds)
    of_shop = ("digest_hour", "large_reversal_minor")
    return {**{name: getattr(shop, name) for name in of_shop}, **thresholds}


def _days(days: tuple[int, ...]) -> str:
    return ",".join(str(day) for day in days)
