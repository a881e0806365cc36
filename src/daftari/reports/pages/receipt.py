"""The receipt of an entry on paper."""

from dataclasses import dataclass
from datetime import date

from daftari.db.base import ReadTx
from daftari.kernel.arabic import neutral
from daftari.kernel.refusal import Missing
from daftari.kernel.words import amount_in_words
from daftari.ledger.rules.chain import proof_code
from daftari.ledger.rules.goods import GoodsRow, format_quantity
from daftari.ledger.rules.kinds import Kind
from daftari.reports.pages.files import PrintedFile
from daftari.reports.pages.paper import pdf_of
from daftari.reports.pages.printed import PrintedBalance, details_of, printed_balance
from daftari.reports.pages.wording import Wording
from daftari.reports.rules.file_names import file_name
from daftari.reports.rules.receipt import Paper, Receipt
from daftari.reports.store import receipt as store
from daftari.web.i18n import marked as _


@dataclass(frozen=True, slots=True)
class PrintedGoods:
    """A row of goods: its name, how many at which price, and what they cost."""

    name: str
    quantity: str
    price: str
    amount: str


@dataclass(frozen=True, slots=True)
class PrintedReceipt:
    """The receipt in the words and digits of its reader's language."""

    title: str
    mark: str
    shop: str
    shop_phone: str
    name: str
    day: str
    hijri: str
    amount: str
    unit: str
    words: str
    goods: tuple[PrintedGoods, ...]
    note: str
    details: str
    balance: PrintedBalance
    proof: str


def receipt_of(tx: ReadTx, today: date, entry_id: str) -> Receipt:
    """The receipt of an entry that stands. Raises `Missing` for any other."""
    found = store.find_entry(tx, entry_id)
    if found is None or found.entry.is_reversed or found.entry.kind == Kind.REVERSAL:
        raise Missing(entry_id)
    return Receipt(
        name=found.name,
        is_supplier=found.role == "supplier",
        entry=found.entry,
        goods=store.find_goods(tx, found.entry.sequence),
        balance_minor=found.balance_minor,
        today=today,
        proof=proof_code(found.chain),
    )


def receipt_file(wording: Wording, receipt: Receipt, shop_phone: str, paper: Paper) -> PrintedFile:
    """The receipt as PDF."""
    entry, say = receipt.entry, wording.say
    labels = {
        "customer": say(_("Supplier") if receipt.is_supplier else _("Customer")),
        "day": say(_("Day")),
        "proof": say(_("Proof code")),
    }
    printed = _printed(wording, receipt, shop_phone)
    content = {"it": printed, "labels": labels, "paper": paper}
    day = entry.occurred_on.isoformat()
    return PrintedFile(
        name=file_name(say(_("Receipt")), receipt.name, day),
        plain=f"receipt-{day}",
        content=pdf_of("receipt", wording.language, wording.shop.digits, content),
    )


def _printed(wording: Wording, receipt: Receipt, shop_phone: str) -> PrintedReceipt:
    entry, code, is_supplier = receipt.entry, receipt.entry.currency, receipt.is_supplier
    kind = wording.kind(entry.kind, is_supplier=is_supplier)
    label = wording.say(_("Balance on %(day)s"), day=wording.day(receipt.today))
    return PrintedReceipt(
        title=f"{wording.say(_('Receipt'))}: {kind}",
        mark=wording.say(_("corrected")) if entry.is_corrected else "",
        shop=neutral(wording.shop.name),
        shop_phone=shop_phone,
        name=neutral(receipt.name),
        day=wording.day(entry.occurred_on),
        hijri=wording.hijri(entry.occurred_on),
        amount=wording.amount(entry.amount_minor, code),
        unit=wording.unit(code),
        words=amount_in_words(entry.amount_minor, code, wording.language),
        goods=tuple(_goods(wording, row, code) for row in receipt.goods),
        note=neutral(entry.note),
        details=" · ".join(details_of(wording, entry, is_supplier=is_supplier)),
        balance=printed_balance(wording, label, receipt.balance_minor, code),
        proof=receipt.proof,
    )


def _goods(wording: Wording, row: GoodsRow, code: str) -> PrintedGoods:
    shop = wording.shop
    return PrintedGoods(
        name=neutral(row.name),
        quantity=format_quantity(row.quantity_milli, shop.digits, shop.notation),
        price=wording.amount(row.price_minor, code),
        amount=wording.amount(row.total_minor, code),
    )
