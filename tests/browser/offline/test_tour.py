"""An empty book without a network has its tour too."""

from pathlib import Path

import pytest

from tests.browser import seed
from tests.browser.offline.device import Device
from tests.browser.seed import Shop

SHOWN = """() => document.querySelector('.tour').open
  && document.querySelectorAll('.tour-card').length"""


@pytest.fixture(scope="module")
def written(data: Path) -> list[Shop]:
    return seed.run(seed.fill(data, seed.nothing))


def test_without_a_network_the_tour_is_there_and_stays_closed_once_it_was(server, device, shop):
    phone: Device = device(server.origin)
    phone.start()
    phone.sign_in_as(shop.token)
    phone.carry(f"{shop.home}/")
    server.kill()
    phone.open(f"{shop.home}/")
    phone.until(lambda: phone.count(".tour"))
    assert phone.run(SHOWN) == 3
    phone.click(".tour summary")
    phone.open(f"{shop.home}/")
    phone.until(lambda: phone.count(".tour"))
    assert phone.run(SHOWN) is False
