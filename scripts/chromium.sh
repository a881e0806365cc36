#!/bin/sh
# The browser of the tests is Debian's own. As root it is installed; otherwise we say what to do.
set -eu
command -v chromium >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "The browser tests need chromium: installing it."
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium
else
    echo "The browser tests need chromium. Install it first:  sudo apt-get install chromium" >&2
    exit 1
fi
