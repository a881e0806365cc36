"""Umm Salim, Huda, and phones for both."""

from collections.abc import Callable

import httpx
import pytest

from tests.integration.conftest import ORIGIN
from tests.integration.identity.phone import HUDA, Phone
from tests.passkey import Authenticator

ANDROID = "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"
Browsers = Callable[..., httpx.AsyncClient]


@pytest.fixture
def phone(browser: Browsers) -> Callable[[], Phone]:
    """`phone()` is one more phone with nothing on it."""

    def another() -> Phone:
        client = browser()
        client.headers["User-Agent"] = ANDROID
        return Phone(client, Authenticator(ORIGIN))

    return another


@pytest.fixture
async def umm_salim(phone: Callable[[], Phone]) -> Phone:
    """Signed up just now, with her codes not yet looked at."""
    hers = phone()
    assert (await hers.signup()).status_code == 201
    return hers


@pytest.fixture
async def huda(phone: Callable[[], Phone]) -> Phone:
    hers = phone()
    assert (await hers.signup(**HUDA)).status_code == 201
    return hers
