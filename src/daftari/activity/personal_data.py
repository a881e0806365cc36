"""Data subject and retention of the audit logs and alerts: rows stay, details can be erased."""

from typing import Final

from daftari.kernel.personal import Claim

CLAIMS: Final = {
    "activity": Claim(
        about="customer",
        by="subject_id",
        kept="as long as the book, to show who did what",
        erase={"details": None},
    ),
    "account_activity": Claim(
        about="person",
        by="person_id",
        kept="as long as the installation, to show who let whom in",
        erase={"details": None},
    ),
    "alerts": Claim(
        about="customer",
        by="subject_id",
        kept="as long as the book, to show what the shop was warned of",
        erase={"details": None},
    ),
    "alert_readings": Claim(
        about="person",
        by="person_id",
        kept="as long as the alert, to tell read from unread",
        leaves=True,
    ),
}
