"""The bad network is as bad as it says: else the stories told over it would mean nothing."""

import httpx
import pytest

from tests.browser.offline import faults


def ask(proxy: faults.Proxy, seconds: float = 30) -> httpx.Response:
    return httpx.get(f"http://localhost:{proxy.port}/readyz", timeout=seconds)


def test_a_good_day_changes_nothing(network):
    assert (ask(network).status_code, ask(network).text) == (200, "ready\n")


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [
        (faults.cut, httpx.RemoteProtocolError),
        (faults.lost, httpx.RemoteProtocolError),
        (faults.half, httpx.RemoteProtocolError),
        (faults.unreachable, httpx.RemoteProtocolError),
    ],
)
def test_what_is_no_answer(network, fault, trouble):
    with network.on("/readyz", fault) as met, pytest.raises(trouble):
        ask(network)
    assert met == ["/readyz"]
    assert ask(network).status_code == 200


@pytest.mark.parametrize("fault", [faults.silence, faults.late(60)], ids=["never", "late"])
def test_what_does_not_come_in_time(network, fault):
    with network.on("/readyz", fault) as met, pytest.raises(httpx.ReadTimeout):
        ask(network, seconds=1)
    assert met == ["/readyz"]
    assert ask(network).status_code == 200


def test_what_is_an_answer_of_somebody_else(network):
    with network.on("/readyz", faults.portal()):
        assert "شبكتنا" in ask(network).text
    with network.on("/readyz", faults.elsewhere("/")):
        assert ask(network).headers["location"] == "/"
    with network.on("/readyz", faults.once(faults.says(503, "busy"))):
        assert [ask(network).status_code for _ in range(3)] == [503, 200, 200]
    with network.on("/readyz", faults.sometimes(faults.says(503, ""), 0.25)):
        refused = [ask(network).status_code for _ in range(20)].count(503)
    assert 2 <= refused <= 10


def test_a_slow_line_brings_it_all_and_a_dead_server_nothing(network, behind):
    server, _ = behind
    with network.on("/readyz", faults.drop_by_drop):
        assert ask(network).text == "ready\n"
    server.kill()
    with pytest.raises(httpx.RemoteProtocolError):
        ask(network)
