"""The page of the thresholds from which odd things make an alert."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from daftari.db.base import ReadTx
from daftari.delivery.forms import HOURS
from daftari.identity.actions.shops import alerts_of
from daftari.identity.rules import Member, Shop
from daftari.identity.rules.alerts import USUAL_ACCOUNTS, USUAL_REVERSALS, usual_large_minor
from daftari.kernel.digits import shown
from daftari.kernel.edits import Shown, Stale
from daftari.kernel.forms import Typed
from daftari.kernel.money import format_amount
from daftari.kernel.refusal import Reason, Refusal

_AMOUNTS: Final = ("large_reversal", "large_at_night")
_NUMBERS: Final = ("many_reversals", "many_accounts")
FIELDS: Final = (
    *_AMOUNTS,
    *_NUMBERS,
    "night_from",
    "night_until",
    "on_export",
    "on_new_phone",
)


@dataclass(frozen=True, slots=True)
class ThresholdsPage:
    """View model of the page. `hours`: value and label of each choice; `usual_…`: what counts where
    a field is empty. `is_saved`: whether it was saved just now.
    """

    home: str
    hours: tuple[tuple[str, str], ...]
    typed: Mapping[str, str]
    shown: Shown
    usual_amount: str
    usual_reversals: int
    usual_accounts: int
    is_saved: bool
    reasons: Mapping[str, Reason]


def thresholds_page(
    tx: ReadTx,
    member: Member,
    typed: Typed | None = None,
    refusal: Refusal | None = None,
    *,
    is_saved: bool = False,
) -> ThresholdsPage:
    """The page. Where others changed something meanwhile it is as it would be now, but for what was
    changed here.
    """
    shop = member.shop
    values = {name: alerts_of(shop)[name] for name in FIELDS}
    texts = {name: _text(name, value, shop) for name, value in values.items()}
    shown_now, reasons = Shown.of(values), refusal.reasons if refusal else {}
    if isinstance(refusal, Stale):
        texts |= {name: (typed or {}).get(name, "") for name in refusal.touched}
        shown_now = Shown.of(values, refusal.conflicts)
        reasons = refusal.asking(lambda name, value: _text(name, value, shop))
    elif typed is not None:
        texts, shown_now = {name: typed.get(name, "") for name in FIELDS}, Shown.sent(typed)
    return ThresholdsPage(
        home=shop.home,
        hours=tuple((hour, shown(f"{int(hour):02}:00", shop.digits)) for hour in HOURS),
        typed=texts,
        shown=shown_now,
        usual_amount=_text("large_reversal", usual_large_minor(shop.currency), shop),
        usual_reversals=USUAL_REVERSALS,
        usual_accounts=USUAL_ACCOUNTS,
        is_saved=is_saved,
        reasons=reasons,
    )


def _text(name: str, value: int | None, shop: Shop) -> str:
    """A threshold as its form shows it; '' for the usual one."""
    if value is None:
        return ""
    if name in _NUMBERS or (name in _AMOUNTS and not value):
        return shown(str(value), shop.digits)
    if name in _AMOUNTS:
        return format_amount(value, shop.money.decimals, shop.digits, shop.notation)
    return str(value)
