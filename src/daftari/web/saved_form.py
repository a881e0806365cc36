"""Form data of a person whose session has ended, shown again so that it can be sent after sign-in.

The data goes back into the page and is not stored on the server. Only forms of our own pages reach
this code (`csrf`), and only the fields that the route declares are taken.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from litestar.exceptions import HTTPException

from daftari.web.hx import is_htmx
from daftari.web.requests import BODY_WITHIN, LARGEST_FORM, AnyRequest
from daftari.web.uploads import sent_in


@dataclass(frozen=True, slots=True)
class SavedForm:
    """The submitted form: its action, its texts by field, and the names of its file fields."""

    action: str
    texts: Mapping[str, str]
    files: Sequence[str]


async def saved_form_of(request: AnyRequest, names: Sequence[str]) -> SavedForm | None:
    """The fields `names` of a form sent from a page; None for htmx, programs or an empty form."""
    headers = request.headers
    if not names or headers.get("sec-fetch-mode") != "navigate" or is_htmx(request):
        return None
    try:
        sent = await sent_in(request, LARGEST_FORM, BODY_WITHIN)
    except HTTPException:
        return None
    texts = {name: sent.texts[name] for name in names if sent.texts.get(name)}
    files = [name for name in names if name in sent.files]
    return SavedForm(request.url.path, texts, files) if texts else None
