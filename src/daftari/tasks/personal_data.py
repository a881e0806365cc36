"""Data subject and retention of the table of tasks."""

from typing import Final

from daftari.kernel.personal import Claim

CLAIMS: Final = {
    "tasks": Claim(
        about="person",
        by="person_id",
        kept="30 days after its end, to show what became of it; its file for 24 hours",
        leaves=True,
    ),
}
