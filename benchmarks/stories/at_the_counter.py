"""Stories of the counter: debts and payments, a customer found or new, a mistake, no network."""

from benchmarks.stories.book import Book
from benchmarks.stories.slow_phone import SlowPhone
from benchmarks.stories.story import Story

_CONFIRM = "form[data-entry] [data-confirm-button]"
_CLOSED = "#over:not([open])"
_DEBT = ".entry-buttons a.debt"


def debt_of_a_known_customer(phone: SlowPhone, _: Book) -> None:
    phone.tap("#list .row > a")
    _write_debt(phone, "205")


def payment_of_all(phone: SlowPhone, _: Book) -> None:
    phone.tap(".entry-buttons a.pay")
    phone.tap("form[data-entry] [data-fill=owed]")
    phone.tap(_CONFIRM)
    _until_written(phone)


def find_among_many(phone: SlowPhone, book: Book) -> None:
    phone.type(".search [name=q]", book.letters)
    phone.until(f"#list .row:first-child:has-text('{book.sought}')")
    phone.tap("#list .row > a")
    phone.until("#standing")


def new_customer(phone: SlowPhone, _: Book) -> None:
    phone.tap("#book a[href$='/customers/new']")
    phone.type("#customer-form [name=name]", "سلطان الباشا")
    phone.type("#customer-form [name=phone]", "0507654321")
    phone.tap("#customer-form > [type=submit]")
    phone.until("#standing")


def correct_an_entry(phone: SlowPhone, _: Book) -> None:
    phone.tap("article.entry > a")
    phone.tap("#over #entry-details a[href$='/correction']")
    phone.type("#correction [name=amount]", "69.25")
    phone.tap("#correction [type=submit]")
    phone.until(_CLOSED, "attached")
    phone.until("article.entry:has-text('69.25')")


def goods(phone: SlowPhone, _: Book) -> None:
    phone.tap(_DEBT)
    phone.tap("form[data-entry] [data-part=goods]")
    for number in (0, 1):
        phone.tap(f"form[data-entry] [data-goods-frequent] .chip >> nth={number}")
    phone.tap(_CONFIRM)
    _until_written(phone)


def hide_the_amounts(phone: SlowPhone, _: Book) -> None:
    phone.tap("[data-hide-amounts]")
    phone.until("html[data-amounts-hidden]", "attached")


def written_without_a_network(phone: SlowPhone, book: Book) -> None:
    """Before the story: a debt that waits on the phone."""
    phone.rest(book.debtor)
    phone.cut_off(True)
    _write_debt(phone, "25")
    phone.until("#quiet-line [data-queue]")


def back_on_the_network(phone: SlowPhone, _: Book) -> None:
    phone.cut_off(False)
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    phone.until("#quiet-line [data-queue]:has-text('وصل')")


def _write_debt(phone: SlowPhone, amount: str) -> None:
    phone.tap(_DEBT)
    phone.key_in(amount)
    phone.tap(_CONFIRM)
    _until_written(phone)


def _until_written(phone: SlowPhone) -> None:
    phone.until(_CLOSED, "attached")
    phone.until(".toast[data-undo], article.entry[data-state]")


def stories(book: Book) -> list[Story]:
    home = f"{book.home}/"
    account = book.debtor
    return [
        Story("a debt on a known customer", debt_of_a_known_customer, 3, at=home),
        Story("a payment of all that is owed", payment_of_all, 3, at=account),
        Story("find one among 300", find_among_many, 2, at=home),
        Story("a new customer", new_customer, 4, at=home),
        Story("correct an entry", correct_an_entry, 4, at=account),
        Story("a debt of two frequent goods", goods, 5, at=account),
        Story("hide the amounts", hide_the_amounts, 1, at=home),
        Story("back on the network", back_on_the_network, 0, before=written_without_a_network),
    ]
