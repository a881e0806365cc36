"""Table of the tasks, in the control file.

Their progress changes every few seconds: in the shop's own file each change would be a commit among
the entries, and a change of the book for all who follow it.
"""

from sqlalchemy import BigInteger, Column, Integer, Text

from daftari.db.base import Moment, control_table, index, key, reference

tasks = control_table(
    "tasks",
    key(),
    reference("shop_id", "shops"),
    reference("person_id", "people"),
    Column("kind", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("state", Text, nullable=False),
    Column("lease_until", Moment),
    Column("attempts", Integer, nullable=False),
    Column("done", BigInteger, nullable=False),
    Column("total", BigInteger, nullable=False),
    # the name of the reason, of one that failed
    Column("reason", Text),
    Column("ended_at", Moment),
    # until when its file is kept, and its size
    Column("expires_at", Moment),
    Column("file_bytes", BigInteger),
    # when its end was put among the person's alerts; NULL where that is still to be done
    Column("told_at", Moment),
)
index(tasks, "shop_id", "asked_at")
index(tasks, "state", "expires_at")
