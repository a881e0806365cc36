"""A real `daftari serve` in a process of its own, to be killed or looked at in a browser."""

import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx

_COMMAND = (sys.executable, "-c", "import sys; from daftari.cli import main; sys.exit(main())")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as place:
        return int(place.getsockname()[1])


@dataclass
class Server:
    """The program on one data folder and one port. `log`: all it said, over all its lives;
    `settings`: further DAFTARI_* variables; `ready_at`: where 200 means it has started;
    `front`: the port browsers know, where somebody stands between them and the program.
    """

    data: Path
    port: int = field(default_factory=free_port)
    front: int | None = None
    process: subprocess.Popen[bytes] | None = None
    settings: dict[str, str] = field(default_factory=dict)
    ready_at: str = "/readyz"

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.front or self.port}"

    @property
    def log(self) -> Path:
        return self.data.with_name(f"{self.data.name}.log")

    def start(self) -> None:
        """Comes back when the program says it is ready."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*_COMMAND, "serve"], env=self._environment(), stdout=log, stderr=log
            )
        deadline = time.monotonic() + 60
        while not self._is_ready():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, "not ready after a minute"
            time.sleep(0.02)

    def kill(self) -> None:
        """kill -9: no chance to tidy up."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """As an operator stops it."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Another `daftari …` on the same data."""
        return subprocess.run(
            [*_COMMAND, *words], env=self._environment(), capture_output=True, text=True, timeout=60
        )

    def _is_ready(self) -> bool:
        try:
            address = f"http://localhost:{self.port}{self.ready_at}"
            return httpx.get(address, timeout=2).status_code == 200
        except httpx.TransportError:
            return False

    def _environment(self) -> dict[str, str]:
        own = {
            "DAFTARI_DATA": str(self.data),
            "DAFTARI_PORT": str(self.port),
            "DAFTARI_ORIGIN": self.origin,
            "DAFTARI_RESERVE_MIB": "0",
        }
        return os.environ | own | self.settings
