"""Tables of the outbox and of the push subscriptions."""

from sqlalchemy import BigInteger, Column, Integer, Text

from daftari.db.base import Moment, Personal, index, key, reference, shop_table, unique

messages = shop_table(
    "messages",
    key(),
    Column("channel", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("dedupe", Text, nullable=False),
    reference("customer_id", "customers", nullable=True),
    Column("person_id", Text),
    Column("payload", Personal, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("lease_until", Moment),
    Column("attempts", Integer, nullable=False),
    Column("tried_at", Moment),
    Column("provider_id", Text),
    Column("reason", Text),
    Column("provider_said", Personal),
    Column("segments", Integer, nullable=False),
    Column("cost_micros", BigInteger),
    Column("cost_currency", Text),
    Column("created_at", Moment, nullable=False),
    Column("created_by", Text),
    Column("sent_at", Moment),
    Column("opened_at", Moment),
    Column("opened_by", Text),
)
unique(messages, "dedupe")
index(messages, "state", "not_before", "id")
index(messages, "customer_id", "id")
index(messages, "channel", "tried_at")

# The endpoint at the push service, and the public key and secret to encrypt messages with.
# The id is derived from the endpoint: a device that subscribes again has the same id.
subscriptions = shop_table(
    "push_subscriptions",
    key(),
    Column("person_id", Text, nullable=False),
    Column("session_id", Text, nullable=False),
    Column("endpoint", Personal, nullable=False),
    Column("p256dh", Text, nullable=False),
    Column("auth", Text, nullable=False),
    Column("name", Personal, nullable=False),
    Column("wording", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("last_sent_at", Moment),
)
unique(subscriptions, "endpoint")
index(subscriptions, "person_id")
