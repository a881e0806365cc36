"""Tables of what a person changes of himself or hands to another: offers of a shop, new numbers."""

from sqlalchemy import Column, LargeBinary, Text

from daftari.db.base import Counter, Moment, Personal, control_table, index, key, reference

# The offer of a shop by an owner to another member. `stays`: `manager` or `no`, for who made it.
handovers = control_table(
    "handovers",
    key(),
    reference("shop_id", "shops"),
    reference("made_by", "people"),
    reference("to_person", "people"),
    Column("stays", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("done_at", Moment),
    Column("ended_at", Moment),
)

# A new number that its person has not proved yet. `code_hash`: NULL once it was tried too often;
# `sends`: how many codes were sent since `first_at`, which limits them.
phone_proofs = control_table(
    "phone_proofs",
    reference("person_id", "people", primary_key=True),
    Column("phone", Personal, nullable=False),
    Column("code_hash", LargeBinary),
    Column("tries", Counter, nullable=False),
    Column("sent_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("first_at", Moment, nullable=False),
    Column("sends", Counter, nullable=False),
)

index(handovers, "shop_id")
