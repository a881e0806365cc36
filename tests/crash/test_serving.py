"""`daftari serve` as an operator meets it: one at a time, and every book closed at the end."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

Serve = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


@pytest.fixture
def serve(tmp_path: Path, port: int) -> Iterator[Serve]:
    """`serve(data)` starts one more server; whatever still runs at the end is ended."""
    started: list[subprocess.Popen[str]] = []

    def another(folder: str = "book") -> subprocess.Popen[str]:
        chosen = {"DAFTARI_DATA": str(tmp_path / folder), "DAFTARI_PORT": str(port)}
        command = [
            sys.executable,
            "-c",
            "import sys; from daftari.cli import main; sys.exit(main())",
        ]
        pipes = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
        process = subprocess.Popen([*command, "serve"], env=os.environ | chosen, **pipes)
        started.append(process)
        return process

    yield another
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_what_says_it_is_ready_answers_and_stops_cleanly(serve, port, tmp_path, number):
    server = serve()
    assert "دفتري جاهز" in server.stderr.readline()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=30) as answer:
        assert answer.status == 200
    server.send_signal(number)
    assert server.wait(20) == 0
    assert (tmp_path / "book" / "control.db").exists()
    assert not list((tmp_path / "book").rglob("*-wal"))


def test_phones_that_keep_their_connection_lock_nobody_out(serve, port):
    assert "دفتري جاهز" in serve().stderr.readline()
    asking = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with ExitStack() as open_ones:
        for _ in range(300):
            phone = socket.create_connection(("127.0.0.1", port), timeout=30)
            open_ones.enter_context(phone).sendall(asking)
            assert phone.recv(1024).startswith(b"HTTP/1.1 200")


def test_a_second_server_for_the_same_book_or_the_same_port_is_refused(serve):
    assert "دفتري جاهز" in serve().stderr.readline()
    for folder in ("book", "other"):
        second = serve(folder)
        _, said = second.communicate(timeout=20)
        assert second.returncode == 1
        assert said.startswith("daftari: ")
