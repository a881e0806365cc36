"""Table of the requests for approval: each waits, and is answered once."""

from sqlalchemy import BigInteger, Column, LargeBinary, Text

from daftari.db.base import Moment, Personal, index, key, reference, shop_table

# `id`: of the entry that it is for, which has the same once it is approved. `verb`, `content`: the
# form as typed; `subject_id`: the entry that it reverses or corrects. `needs`: permissions, parted
# by blanks. `state`: `waiting` until it is answered, withdrawn or expired.
approvals = shop_table(
    "approvals",
    key(),
    reference("customer_id", "customers"),
    Column("verb", Text, nullable=False),
    Column("subject_id", Text),
    Column("content", Personal, nullable=False),
    Column("kind", Text, nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("currency", Text, nullable=False),
    Column("effect_minor", BigInteger, nullable=False),
    Column("needs", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    # the session of the request, which says from which device
    Column("session_id", Text),
    Column("expires_at", Moment, nullable=False),
    Column("state", Text, nullable=False),
    Column("answered_by", Text),
    Column("answered_at", Moment),
    # why not, as typed; of one that could not be written any more the name of the reason
    Column("words", Personal, nullable=False, default="", server_default=""),
    # in which it would be written; NULL for the first branch
    Column("branch_id", Text),
    # the photo of the entry, until that is written, and the SHA-256 of its bytes as sent
    Column("photo", LargeBinary),
    Column("photo_digest", LargeBinary),
)
index(approvals, "state", "expires_at")
index(approvals, "customer_id", "state")
index(approvals, "asked_by", "asked_at")
