"""What a search engine or a messenger says of a page that everybody may see."""

import re

import pytest

PUBLIC = ("/", "/signup", "/signin", "/recover", "/help", "/join")


def described(page: str) -> str:
    found = re.findall(r'<meta name="description" content="([^"]*)">', page)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("path", PUBLIC)
async def test_every_public_page_describes_itself_once_in_the_readers_language(
    client, path, language
):
    answer = await client.get(path, headers={"Accept-Language": language})
    description = described(answer.text)
    assert 20 < len(description) < 160
    assert bool(re.search("[\u0621-\u064a]", description)) is (language == "ar")


async def test_a_messenger_reads_the_same_as_a_search_engine(client):
    page = (await client.get("/")).text
    assert f'<meta property="og:description" content="{described(page)}">' in page
