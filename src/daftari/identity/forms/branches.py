"""The forms of a branch."""

from daftari.identity.rules.branches import LONGEST_BRANCH_NAME
from daftari.identity.rules.commands import AddBranch
from daftari.kernel.forms import Readings, Typed, read_name, read_new_id


def read_new_branch(typed: Typed, first_name: str) -> AddBranch:
    """Parse the form of a new branch. Raises Refusal: id_not_an_id, name_missing, name_too_long."""
    form = Readings()
    branch_id = form.read("form", lambda: read_new_id(typed.get("id")), "")
    name = form.read("name", lambda: read_branch_name(typed), "")
    form.settle()
    return AddBranch(branch_id, name, first_name)


def read_branch_name(typed: Typed) -> str:
    """Parse the name of a branch. Raises Refusal(name=…): name_missing, name_too_long."""
    return read_name(typed.get("name", ""), LONGEST_BRANCH_NAME)
