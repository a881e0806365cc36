"""The form that makes a device a shared till."""

from daftari.identity.rules.commands import NewTill
from daftari.identity.rules.devices import LONGEST_DEVICE
from daftari.identity.rules.invitations import hash_of
from daftari.kernel.forms import Typed, read_name
from daftari.kernel.ids import new_id


def read_till(typed: Typed, device: str, token: str) -> NewTill:
    """Parse the form. `device`: the name where none was typed; `token`: of the till's cookie.

    Raises Refusal: name_missing, name_too_long.
    """
    name = read_name(typed.get("name") or device, LONGEST_DEVICE)
    return NewTill(new_id(), name, hash_of(token))
