"""A browser remembers who signed in with it; on another one a sign-in is noted."""

from sqlalchemy import text

from tests.integration.identity.phone import Phone


async def test_signing_in_again_on_the_same_phone_is_not_new(app, umm_salim, phone):
    marks = umm_salim.browser.cookies["phone"]
    await umm_salim.browser.post("/signout")
    assert (await umm_salim.signin()).status_code == 200
    assert await _noted(app) == 0
    assert umm_salim.browser.cookies["phone"] == marks


async def test_signing_in_on_another_phone_is_noted_once_and_then_known(app, umm_salim, phone):
    other: Phone = phone()
    other.keys = umm_salim.keys  # the passkey came along through the cloud
    assert (await other.signin()).status_code == 200
    assert await _noted(app) == 1
    await other.browser.post("/signout")
    assert (await other.signin()).status_code == 200
    assert await _noted(app) == 1


async def _noted(app) -> int:
    asked = "SELECT count(*) FROM account_activity WHERE verb = 'sign_in_on_new_phone'"
    return await app.state.control.read(lambda tx: tx.scalar(text(asked)))
