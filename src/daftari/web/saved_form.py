"""What was typed into a form whose sender is not signed in any more.

It goes back into the page, to be sent once more, and is kept nowhere else: a stranger leaves
nothing with us. Only a form of our own pages comes this far (`same_site`), and of it only what is
known.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from litestar.exceptions import HTTPException

from daftari.web.hx import is_htmx
from daftari.web.requests import BODY_WITHIN, LARGEST_FORM, AnyRequest
from daftari.web.uploads import sent_in


@dataclass(frozen=True, slots=True)
class SavedForm:
    """The form as it came: where it goes, its texts by field, and its files, to be chosen again."""

    action: str
    texts: Mapping[str, str]
    files: Sequence[str]


async def saved_form_of(request: AnyRequest, names: Sequence[str]) -> SavedForm | None:
    """The fields called `names`, of a form a person sent from a page; None for anything else."""
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
