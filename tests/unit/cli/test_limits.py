"""What the process takes of the machine."""

import resource

import pytest

from daftari.cli.limits import MOST_FILES, most_connections


@pytest.mark.parametrize(
    ("hard", "fitting"),
    [(resource.RLIM_INFINITY, MOST_FILES - 512), (4096, 4096 - 512), (256, 64)],
)
def test_connections_leave_room_for_the_files_of_the_shops(monkeypatch, hard, fitting):
    taken = []
    monkeypatch.setattr(resource, "getrlimit", lambda _: (1024, hard))
    monkeypatch.setattr(resource, "setrlimit", lambda _, limits: taken.append(limits))
    assert most_connections(64) == fitting
    assert taken == [(min(MOST_FILES, hard) if hard > 0 else MOST_FILES, hard)]
