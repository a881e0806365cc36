"""Where a push may be sent: to push services, and to the public internet only."""

import pytest

from daftari.delivery.rules.push_devices import (
    Subscription,
    is_public,
    is_push_service,
    read_subscription,
)
from daftari.kernel.refusal import Refusal
from tests.push_service import Phone

GOOD = [
    "https://fcm.googleapis.com/fcm/send/dQw4w9WgXcQ:APA91b",
    "https://fcm.googleapis.com:443/fcm/send/x",
    "https://updates.push.services.mozilla.com/wpush/v2/gAAAA",
    "https://web.push.apple.com/QGwK",
    "https://wns2-par02p.notify.windows.com/w/?token=BQYAAAD%2bs",
]
BAD = {
    "plain http": "http://fcm.googleapis.com/fcm/send/x",
    "loopback": "https://127.0.0.1/push",
    "loopback by name": "https://localhost/push",
    "a private network": "https://192.168.1.1/push",
    "link-local metadata": "https://169.254.169.254/latest/meta-data/",
    "metadata by name": "https://metadata.google.internal/computeMetadata/v1/",
    "IPv6 loopback": "https://[::1]/push",
    "IPv4 in IPv6": "https://[::ffff:127.0.0.1]/push",
    "a number for an address": "https://2130706433/push",
    "an octal address": "https://0177.0.0.1/push",
    "userinfo that looks like the host": "https://fcm.googleapis.com@evil.example/send",
    "a password": "https://user:secret@fcm.googleapis.com/send",
    "a backslash for the browser": "https://evil.example\\@fcm.googleapis.com/send",
    "the host in the path": "https://evil.example/fcm.googleapis.com",
    "the host in the fragment": "https://evil.example/#.push.apple.com",
    "a longer name": "https://fcm.googleapis.com.evil.example/send",
    "a name that only ends so": "https://evilpush.apple.com/send",
    "without the dot": "https://evil-push.services.mozilla.com/x",
    "a letter that looks the same": "https://fcm.googleapis.c\u043em/send",
    "punycode of it": "https://fcm.xn--googleapis-1nf.com/send",
    "another port": "https://fcm.googleapis.com:8443/send",
    "no port at all": "https://fcm.googleapis.com:x/send",
    "a trailing dot": "https://fcm.googleapis.com./send",
    "a blank inside": "https://fcm.googleapis.com/ send",
    "a new line": "https://fcm.googleapis.com/\r\nHost: evil",
    "another scheme": "file:///etc/passwd",
    "gopher": "gopher://fcm.googleapis.com/1",
    "nothing": "",
    "half a bracket": "https://[::1/push",
    "endless": "https://fcm.googleapis.com/" + "x" * 3000,
}
PUBLIC = ["8.8.8.8", "142.250.74.10", "2a00:1450:4001:82b::200a", "2606:4700::1111"]
INSIDE = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.0.1",
    "100.64.0.1",
    "169.254.169.254",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:8.8.8.8",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::a00:1",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:db8::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "not an address",
    "",
]


@pytest.mark.parametrize("endpoint", GOOD)
def test_the_browsers_own_services_are_known(endpoint):
    assert is_push_service(endpoint, ())


@pytest.mark.parametrize("endpoint", BAD.values(), ids=BAD.keys())
def test_whatever_else_is_named_is_no_push_service(endpoint):
    assert not is_push_service(endpoint, ())
    assert not is_push_service(endpoint, ("push.example.com", "http://localhost:8030"))


@pytest.mark.parametrize("endpoint", BAD.values(), ids=BAD.keys())
def test_a_phone_with_such_an_address_is_refused_by_name(endpoint):
    sent = Phone(endpoint).subscription
    with pytest.raises(Refusal) as refused:
        read_subscription(sent, ())
    assert refused.value.reasons["endpoint"].name == "push_service_unknown"


def test_the_operator_may_name_further_ones():
    named = ("push.example.com", ".unified.example", "http://localhost:8030")
    for endpoint in (
        "https://push.example.com/x",
        "https://push.example.com:8443/x",
        "https://a.unified.example/x",
        "http://localhost:8030/x",
    ):
        assert is_push_service(endpoint, named), endpoint
    for endpoint in (
        "http://push.example.com/x",
        "https://other.example.com/x",
        "https://unified.example/x",
        "https://localhost:8030/x",
        "http://localhost:8031/x",
        "http://localhost:8030@evil.example/x",
    ):
        assert not is_push_service(endpoint, named), endpoint


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_of_the_public_internet_is_one(address):
    assert is_public(address)


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_that_points_inside_is_none(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "keys",
    [
        None,
        {},
        {"p256dh": 1, "auth": []},
        {"p256dh": "", "auth": ""},
        {"p256dh": "A" * 87, "auth": "A" * 22},
        {"p256dh": "ü" * 87, "auth": "A" * 22},
        {"p256dh": "B" + "A" * 400, "auth": "A" * 22},
    ],
)
def test_keys_no_phone_could_have_are_not_understood(keys):
    sent = {"endpoint": GOOD[0], "keys": keys}
    with pytest.raises(Refusal) as refused:
        read_subscription(sent, ())
    assert refused.value.reasons["endpoint"].name == "subscription_not_understood"


def test_what_a_browser_hands_over_is_understood():
    phone = Phone(GOOD[0])
    read = read_subscription(phone.subscription, ())
    assert read == Subscription(GOOD[0], **phone.subscription["keys"])
    assert read.id == read_subscription(phone.subscription, ()).id
