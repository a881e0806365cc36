"""Debian's Chromium, as every test of a browser starts it."""

import shutil
from functools import cache

# The program listens where IPv4 is spoken; a busy machine need not try the other way first.
ARGUMENTS = ["--no-sandbox", "--host-resolver-rules=MAP localhost 127.0.0.1"]


@cache
def program() -> str:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Chromium is missing: apt-get install chromium"
    return path
