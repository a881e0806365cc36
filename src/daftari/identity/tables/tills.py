"""Tables of shared tills and the pins on them, in the control file."""

from sqlalchemy import Column, Integer, LargeBinary, Text

from daftari.db.base import Moment, Personal, control_table, index, key, reference, unique

# A device on which the members of a shop take turns. `token_hash`: of the token in its cookie.
tills = control_table(
    "tills",
    key(),
    reference("shop_id", "shops"),
    reference("made_by", "people"),
    Column("token_hash", LargeBinary, nullable=False),
    Column("name", Personal, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("ended_at", Moment),
)
unique(tills, "token_hash")

# The pin of a member on a till. `wrong`: wrong answers since the last right one.
till_pins = control_table(
    "till_pins",
    reference("till_id", "tills", primary_key=True),
    reference("person_id", "people", primary_key=True),
    Column("salt", LargeBinary, nullable=False),
    Column("pin_hash", LargeBinary, nullable=False),
    Column("wrong", Integer, nullable=False),
    Column("set_at", Moment, nullable=False),
    # the session in which it was set, with which it is thrown out; NULL for those of before
    Column("set_in", Text),
)

index(tills, "shop_id")
index(till_pins, "person_id")
