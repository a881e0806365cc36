"""Tables of people, shops and who belongs to them, in the control file."""

from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, Text

from daftari.db.base import Counter, Moment, Personal, control_table, index, key, reference, unique

people = control_table(
    "people",
    key(),
    Column("name", Personal, nullable=False),
    Column("phone", Personal, nullable=False),
    Column("language", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    # when the person said that the recovery codes of now are kept; NULL: to be reminded
    Column("codes_kept_at", Moment),
)

shops = control_table(
    "shops",
    key(),
    Column("name", Personal, nullable=False),
    Column("country", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("digits", Text, nullable=False),
    Column("notation", Text, nullable=False),
    Column("weekend", Text, nullable=False),
    Column("calendar", Text, nullable=False),
    Column("due_days", Integer),
    Column("created_at", Moment, nullable=False),
    Column("digest_hour", Integer),
    Column("large_reversal_minor", BigInteger),
    Column("hijri_shift", Integer, nullable=False, default=0, server_default="0"),
    Column("day_ends", Integer, nullable=False, default=0, server_default="0"),
    # per cent of what is owed that a discount may be without approval; NULL for none
    Column("free_discount", Integer),
    Column(
        "has_branches",
        Boolean(create_constraint=False),
        nullable=False,
        default=False,
        server_default="0",
    ),
    # from where on odd things make an alert; NULL: the usual, 0: never
    Column("many_reversals", Integer),
    Column("large_at_night_minor", BigInteger),
    Column("night_from", Integer),
    Column("night_until", Integer),
    Column("many_accounts", Integer),
    Column("on_export", Integer),
    Column("on_new_phone", Integer),
)

# A branch of a shop; only of shops that have a second one, which `shops.has_branches` says.
branches = control_table(
    "branches",
    key(),
    reference("shop_id", "shops"),
    Column("name", Personal, nullable=False),
    Column("is_first", Boolean(create_constraint=False), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("closed_at", Moment),
)

# The next visit of the worker to each shop. `woken` counts the requests for a visit, so that a
# request made during a visit is not lost at its end. A shop without a row was never visited.
wakeups = control_table(
    "wakeups",
    reference("shop_id", "shops", primary_key=True),
    Column("at", Moment),
    Column("woken", Counter, nullable=False),
    Column("lease_until", Moment),
)

# `granted`, `denied`: names of permissions, parted by blanks, that the member has besides those of
# the role, or has not. Who came back has one row: `created_at` is the day of the return.
memberships = control_table(
    "memberships",
    reference("person_id", "people", primary_key=True),
    reference("shop_id", "shops", primary_key=True),
    Column("role", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("granted", Text, nullable=False, default="", server_default=""),
    Column("denied", Text, nullable=False, default="", server_default=""),
    # the branch that the member belongs to, NULL for all; and the one chosen last
    Column("branch_id", Text),
    Column("current_branch_id", Text),
)

# An invitation into a shop, for one person, once. `made_by`: with whose right to make it it ends;
# `person_id`: who came in by it.
invitations = control_table(
    "invitations",
    key(),
    reference("shop_id", "shops"),
    reference("made_by", "people"),
    Column("name", Personal, nullable=False),
    Column("role", Text, nullable=False),
    Column("token_hash", LargeBinary, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("spent_at", Moment),
    Column("person_id", Text),
    Column("revoked_at", Moment),
    Column("branch_id", Text),  # NULL for all
)
unique(invitations, "token_hash")

# Somebody looked through who may do what in a shop, and found it right.
access_reviews = control_table(
    "access_reviews",
    key(),
    reference("shop_id", "shops"),
    reference("person_id", "people"),
    Column("at", Moment, nullable=False),
)

index(people, "phone")
index(wakeups, "at")
index(memberships, "shop_id")
index(branches, "shop_id")
index(invitations, "shop_id")
index(invitations, "person_id")
index(access_reviews, "shop_id", "at")
