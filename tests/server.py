"""A real `daftari serve` in a process of its own, to be killed or looked at in a browser."""

import http.client
import os
import socket
import subprocess
import time
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path

from tests import programs


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
    process: BaseProcess | None = None
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
        self.process = programs.begin(["serve"], self._environment(), self.log)
        deadline = time.monotonic() + 60
        while not self._is_ready():
            assert self.process.is_alive(), self.log.read_text()
            assert time.monotonic() < deadline, "not ready after a minute"
            time.sleep(0.01)

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.is_alive()

    def kill(self) -> None:
        """kill -9: no chance to tidy up."""
        assert self.process is not None
        self.process.kill()
        self.process.join()

    def stop(self) -> None:
        """As an operator stops it."""
        if self.process is not None and self.process.is_alive():
            self.process.terminate()
            self.process.join(20)
            assert self.process.exitcode is not None, "it did not stop within 20 seconds"

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Another `daftari …` on the same data."""
        return programs.run(words, self._environment())

    def _is_ready(self) -> bool:
        """Asked with the lightest of clients: what is asked often must not keep the asked busy."""
        asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            asking.request("GET", self.ready_at)
            return asking.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            asking.close()

    def _environment(self) -> dict[str, str]:
        own = {
            "DAFTARI_DATA": str(self.data),
            "DAFTARI_PORT": str(self.port),
            "DAFTARI_ORIGIN": self.origin,
            "DAFTARI_RESERVE_MIB": "0",
        }
        return os.environ | own | self.settings
