"""Tables of passkeys and sessions, and of how they begin, in the control file.

Secrets are stored as hashes only: of session tokens, recovery codes and links there is the SHA-256.
"""

from sqlalchemy import Boolean, Column, Integer, LargeBinary, Text

from daftari.db.base import (
    Counter,
    Moment,
    Personal,
    control_table,
    index,
    index_where_set,
    key,
    reference,
    unique,
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
    # the shared till on which a person has this one session, for one turn after another
    Column("till_id", Text),
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

index(passkeys, "person_id")
index(sessions, "person_id")
index(devices, "person_id")
index(challenges, "expires_at")
index(spent_challenges, "known_until")
index(signins, "person_id", "at", "id")
index(recovery_codes, "person_id")
index(signin_links, "person_id")
index(phone_links, "person_id")
index_where_set(sessions, "till_id", "till_id", "person_id", unique=True)
