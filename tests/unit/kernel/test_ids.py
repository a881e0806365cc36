"""Ids: sortable by birth, and known by their shape."""

from uuid import UUID

import pytest

from daftari.kernel.ids import is_id, new_id


def test_a_new_id_is_a_canonical_uuid_of_version_seven():
    name = new_id()
    assert is_id(name)
    assert UUID(name).version == 7
    assert UUID(name).variant == "specified in RFC 4122"


def test_a_thousand_new_ids_differ():
    assert len({new_id() for _ in range(1000)}) == 1000


def test_ids_sort_by_the_moment_they_were_made(monkeypatch):
    moments = iter((1_000_000_000_000_000_000, 1_000_000_000_001_000_000))
    monkeypatch.setattr("daftari.kernel.ids.time.time_ns", lambda: next(moments))
    assert new_id() < new_id()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "01A2072C-5481-75F5-B841-A71A5550D9F9",
        "{01a2072c-5481-75f5-b841-a71a5550d9f9}",
        "01a2072c548175f5b841a71a5550d9f9",
        "01a2072c-5481-75f5-b841-a71a5550d9f9\n",
        "٠1a2072c-5481-75f5-b841-a71a5550d9f9",
        "../../etc/passwd",
    ],
)
def test_any_other_text_is_no_id(text):
    assert not is_id(text)


def test_the_ids_of_phones_are_ids_too():
    assert is_id("9b2f6b1e-3c46-4f4e-9a8d-0d5c7a3f2e11")
