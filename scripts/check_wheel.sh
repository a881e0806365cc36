#!/bin/sh
# Installs the wheel into an empty place, starts it there, and asks it for a page and its style.
set -eu
cd "$(dirname "$0")/.."
wheel=$(ls -t dist/daftari-*.whl | head -n 1)
place=$(mktemp -d)
server=
trap 'test -z "$server" || kill "$server" 2>/dev/null || true; rm -rf "$place"' EXIT

.venv/bin/python -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check \
    --require-hashes -r requirements.lock
"$place/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps "$wheel"

port=$(.venv/bin/python -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
cd "$place"
DAFTARI_DATA="$place/data" DAFTARI_PORT="$port" venv/bin/daftari serve >log 2>&1 &
server=$!
venv/bin/python - "$port" <<'PYTHON' || { cat log >&2; exit 1; }
import re
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

home = f"http://127.0.0.1:{sys.argv[1]}"
for _ in range(200):
    try:
        assert urlopen(f"{home}/readyz").status == 200
        break
    except URLError:
        time.sleep(0.1)
else:
    sys.exit("the installed server was not ready in 20 seconds")

page = urlopen(home).read().decode()
assets = re.findall(r'"(/static/[^"]+)"', page)
assert any(path.endswith("daftari.css") for path in assets), "the page names no style"
for path in assets:
    assert urlopen(home + path).status == 200, path
print(f"The wheel serves its page and {len(assets)} assets.")
PYTHON
