"""Recovery codes: made when they are asked for, shown once, and a card until they are kept."""

from sqlalchemy import text

from tests.integration.identity.phone import UMM_SALIM, Phone

CARD = 'id="codes-reminder"'
MADE_AND_KEPT = (("/recovery-codes", 1), ("/recovery-codes/kept", 0))


async def has_card(phone: Phone) -> bool:
    book = await phone.browser.get(await phone.shop())
    assert book.status_code == 200
    return CARD in book.text


async def test_no_code_is_made_before_it_is_asked_for(app, umm_salim):
    assert await _count(app, "recovery_codes") == 0
    assert await _count(app, "challenges") == 0
    assert len(set(await umm_salim.codes())) == 10
    assert await _count(app, "recovery_codes") == 10
    assert await _count(app, "challenges") == 0


async def test_the_codes_are_long_and_shown_once(umm_salim):
    codes = await umm_salim.codes()
    assert all(len(code.replace("-", "")) == 16 for code in codes)
    assert await umm_salim.shown_codes() == []


async def test_codes_that_nobody_fetched_are_gone_after_two_minutes(umm_salim, clock):
    await umm_salim.post("/recovery-codes")
    clock.move(minutes=2)
    assert await umm_salim.shown_codes() == []


async def test_the_card_stands_until_the_codes_are_kept_and_comes_back_with_new_ones(umm_salim):
    assert await has_card(umm_salim)
    for _ in range(2):
        for path, cards in MADE_AND_KEPT:
            assert (await umm_salim.post(path)).status_code == 303
            assert await has_card(umm_salim) == bool(cards)


async def test_what_was_never_made_cannot_be_kept(umm_salim):
    answer = await umm_salim.post("/recovery-codes/kept")
    assert answer.headers["location"] == await umm_salim.shop()
    assert await has_card(umm_salim)


async def test_the_card_is_each_persons_own(umm_salim, huda):
    await umm_salim.codes()
    await umm_salim.post("/recovery-codes/kept")
    assert not await has_card(umm_salim)
    assert await has_card(huda)


async def test_after_the_last_code_the_card_comes_back(umm_salim, phone, clock):
    codes = await umm_salim.codes()
    await umm_salim.post("/recovery-codes/kept")
    for code in codes:
        assert not await has_card(umm_salim)
        answer = await phone().post("/recover", phone=UMM_SALIM["phone"], code=code)
        assert answer.status_code == 303
        clock.move(minutes=1)
    assert await has_card(umm_salim)


async def test_codes_are_made_only_with_a_passkey_shown_just_now(app, umm_salim, clock):
    clock.move(minutes=11)
    asked = await umm_salim.post("/recovery-codes")
    assert asked.headers["location"].startswith("/verify")
    assert await _count(app, "recovery_codes") == 0


async def _count(app, table: str) -> int:
    return await app.state.control.read(lambda tx: tx.scalar(text(f"SELECT count(*) FROM {table}")))
