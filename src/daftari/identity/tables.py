"""Tables of people, shops, memberships, passkeys and sessions, all in the control file.

Secrets are stored as hashes only: of session tokens, recovery codes and links there is the SHA-256.
"""

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

passkeys = control_table(
    "passkeys",
    key(),
    reference("person_id", "people"),
    Column("credential_id", LargeBinary, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("sign_count", Counter, nullable=False),
    Column("transports", Text, nullable=False),
    Column("backed_up", Boolean(create_constraint=False), nullable=False),
    Column("name", Personal, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("last_used_at", Moment),
    # the session that made it, or the link by which it came; NULL at a sign-up
    Column("session_id", Text),
)
unique(passkeys, "credential_id")

sessions = control_table(
    "sessions",
    key(),
    reference("person_id", "people"),
    reference("shop_id", "shops", nullable=True),
    Column("token_hash", LargeBinary, nullable=False),
    # the passkey that started it, which may be gone; NULL where a code or a link did
    Column("passkey_id", Text),
    Column("device", Personal, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("last_seen_at", Moment, nullable=False),
    Column("verified_at", Moment),
    Column("expires_at", Moment, nullable=False),
    Column("ended_at", Moment),
    # while the phone lies on the counter: the one account that this session shows
    Column("counter_shop_id", Text),
    Column("counter_customer_id", Text),
    # after how many minutes without a touch this device locks itself; 0 for never
    Column("lock_after", Integer, nullable=False, default=0, server_default="0"),
)
unique(sessions, "token_hash")

# The name of each session's device, for the audit logs; it stays when the session is deleted.
devices = control_table(
    "devices",
    key("session_id"),
    reference("person_id", "people"),
    Column("name", Personal, nullable=False),
)

challenges = control_table(
    "challenges",
    key("challenge", LargeBinary),
    Column("purpose", Text, nullable=False),
    Column("person_id", Text),
    Column("payload", Personal),
    Column("expires_at", Moment, nullable=False),
    # the hash of the cookie of the browser that asked; NULL where no browser answers it
    Column("asked_by", LargeBinary),
)

# A challenge that a passkey has answered, for telling a replay. `answer`: the answer's SHA-256.
spent_challenges = control_table(
    "spent_challenges",
    key("challenge", LargeBinary),
    reference("person_id", "people"),
    Column("answer", LargeBinary, nullable=False),
    Column("known_until", Moment, nullable=False),
)

# The sign-in list of a person. `times`: of an odd answer, how often within a day of `first_at`;
# `at`: the last of them. `answer`: what an older phone, whose session is `answered_by`, said of a
# sign-in on a new phone: `mine` or `not_mine`.
signins = control_table(
    "signins",
    key(),
    reference("person_id", "people"),
    Column("kind", Text, nullable=False),
    Column("device", Personal, nullable=False),
    Column("first_at", Moment, nullable=False),
    Column("at", Moment, nullable=False),
    Column("times", Counter, nullable=False),
    Column("session_id", Text),
    Column("is_new_phone", Boolean(create_constraint=False), nullable=False),
    Column("answer", Text),
    Column("answered_at", Moment),
    Column("answered_by", Text),
)

recovery_codes = control_table(
    "recovery_codes",
    key("code_hash", LargeBinary),
    reference("person_id", "people"),
    Column("created_at", Moment, nullable=False),
    Column("spent_at", Moment),
    Column("session_id", Text),  # the session that made it
)

signin_links = control_table(
    "signin_links",
    key("token_hash", LargeBinary),
    reference("person_id", "people"),
    Column("expires_at", Moment, nullable=False),
    Column("spent_at", Moment),
)

# The link by which a person's second phone comes in, once. `session_id`: the session that made it,
# with which it ends; `passkey_id`: the passkey that was made with it.
phone_links = control_table(
    "phone_links",
    key("token_hash", LargeBinary),
    reference("person_id", "people"),
    Column("session_id", Text, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("spent_at", Moment),
    Column("passkey_id", Text),
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

index(people, "phone")
index(wakeups, "at")
index(memberships, "shop_id")
index(branches, "shop_id")
index(passkeys, "person_id")
index(sessions, "person_id")
index(devices, "person_id")
index(challenges, "expires_at")
index(spent_challenges, "known_until")
index(signins, "person_id", "at", "id")
index(recovery_codes, "person_id")
index(signin_links, "person_id")
index(phone_links, "person_id")
index(invitations, "shop_id")
index(invitations, "person_id")
