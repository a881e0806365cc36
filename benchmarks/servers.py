"""A server as it really runs: a process of its own, on a free port of 127.0.0.1."""

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import psutil

ROOT = Path(__file__).parents[1]
_PATIENCE = 60.0
_MB = 1_000_000


class Server:
    """A running server. CPU in seconds since its start, memory in MB (10^6 bytes) resident."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, ready_after: float) -> None:
        self.port = port
        self.ready_after = ready_after
        self._process = process
        self._seen = psutil.Process(process.pid)

    def cpu(self) -> float:
        """User and system time of all its threads."""
        times = self._seen.cpu_times()
        return float(times.user + times.system)

    def memory(self) -> float:
        return float(self._seen.memory_info().rss / _MB)

    def stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


@contextmanager
def serving(command: Sequence[str], **environment: str) -> Iterator[Server]:
    """Start `command` with DAFTARI_PORT, wait until /readyz answers 200, and stop it at the end."""
    port = free_port()
    settings = {
        "DAFTARI_HOST": "127.0.0.1",
        "DAFTARI_PORT": str(port),
        "DAFTARI_ORIGIN": f"http://localhost:{port}",
    }
    with tempfile.TemporaryFile() as said:
        server = _start(command, settings | environment, port, said)
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def serving_daftari(data: Path) -> Iterator[Server]:
    """`daftari serve` over a data folder."""
    command = [str(Path(sys.executable).parent / "daftari"), "serve"]
    with serving(command, DAFTARI_DATA=str(data)) as server:
        yield server


@contextmanager
def serving_bare(file: Path) -> Iterator[Server]:
    """The bare app over a plain SQLite file."""
    command = [sys.executable, "-m", "benchmarks.bare", str(file)]
    with serving(command) as server:
        yield server


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _start(command: Sequence[str], more: Mapping[str, str], port: int, said: IO[bytes]) -> Server:
    process, began = _begin(command, more, said), time.perf_counter()
    try:
        _await_ready(process, port, began + _PATIENCE)
    except BaseException:
        process.kill()
        process.wait()
        said.seek(0)
        print(said.read().decode(), file=sys.stderr)
        raise
    return Server(process, port, time.perf_counter() - began)


def _begin(
    command: Sequence[str], more: Mapping[str, str], said: IO[bytes]
) -> subprocess.Popen[bytes]:
    plain = {name: value for name, value in os.environ.items() if "DAFTARI_" not in name}
    environment, quiet = {**plain, **more}, subprocess.DEVNULL
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=quiet, stderr=said)


def _await_ready(process: subprocess.Popen[bytes], port: int, until: float) -> None:
    while not _is_ready(port):
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with {process.returncode}")
        if time.perf_counter() > until:
            raise TimeoutError(f"{process.args!r} was not ready in time")
        time.sleep(0.005)


def _is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
