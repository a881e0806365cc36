"""The texts of every error page: status, name, icon, title and advice."""

from dataclasses import dataclass
from typing import Final

from daftari.web.i18n import marked as _


@dataclass(frozen=True, slots=True)
class ErrorText:
    """The HTTP status, stable name, icon, title and advice of one kind of error."""

    status: int
    name: str
    icon: str
    title: str
    advice: str


_ERROR_TEXTS: Final = (
    ErrorText(
        400, "bad_request", "help", _("This request is not clear"), _("Go back and try again.")
    ),
    ErrorText(
        403,
        "forbidden",
        "shield",
        _("This did not come from our page"),
        _("Nothing was done. Open Daftari and try there."),
    ),
    ErrorText(
        404,
        "not_found",
        "search",
        _("There is nothing here"),
        _("Check the address, or start anew."),
    ),
    ErrorText(
        405,
        "method_not_allowed",
        "search",
        _("There is nothing here"),
        _("Go back and try again."),
    ),
    ErrorText(
        409,
        "conflict",
        "warning",
        _("This was written differently"),
        _("Look into the book again."),
    ),
    ErrorText(
        413,
        "too_large",
        "note",
        _("This is too much at once"),
        _("Nothing was saved. Go back, shorten the text and try again."),
    ),
    ErrorText(
        422,
        "refused",
        "warning",
        _("This could not be accepted"),
        _("Go back and correct it."),
    ),
    ErrorText(
        429,
        "too_many_requests",
        "waiting",
        _("Too many tries"),
        _("Wait a minute, then try again."),
    ),
    ErrorText(
        500,
        "unexpected",
        "broken",
        _("Something went wrong"),
        _("It is our fault, not yours. Look into the book before you write it again."),
    ),
    ErrorText(
        503,
        "shop_damaged",
        "book",
        _("This book cannot be opened"),
        _("Its file is damaged, no other shop’s is. Tell whoever set Daftari up for you."),
    ),
    ErrorText(
        503,
        "shop_ahead",
        "book",
        _("This book is newer than the program"),
        _("Nothing is lost. A newer Daftari wrote it: ask whoever set it up to update it."),
    ),
    ErrorText(
        503,
        "busy",
        "waiting",
        _("The book is busy at this moment"),
        _("Nothing was saved. Try again in a few seconds."),
    ),
    ErrorText(
        507,
        "storage_full",
        "warning",
        _("There is no room left to save"),
        _("Nothing was saved. You can go on reading; tell whoever set Daftari up for you."),
    ),
)
ERROR_TEXTS: Final = {error_text.name: error_text for error_text in _ERROR_TEXTS}
BY_STATUS: Final = {error_text.status: error_text for error_text in reversed(_ERROR_TEXTS)}
