"""The form by which an owner offers the shop to another."""

from daftari.identity.rules.commands import OfferHandover
from daftari.identity.rules.handovers import Stays
from daftari.kernel.forms import Readings, Typed, read_choice, read_new_id


def read_offer(typed: Typed, person_id: str) -> OfferHandover:
    """Parse the form. Raises Refusal: id_not_an_id, stays choice_unknown."""
    form = Readings()
    offer_id = form.read("form", lambda: read_new_id(typed.get("id")), "")
    stays = form.read("stays", lambda: _read_stays(typed.get("stays", "")), Stays.MANAGER)
    form.settle()
    return OfferHandover(offer_id, person_id, stays)


def _read_stays(text: str) -> Stays:
    return Stays(read_choice(text, tuple(Stays), "choice_unknown"))
