#!/bin/sh
# The browsers of the tests are Debian's own. As root they are installed; otherwise we say what to do.
set -eu
missing=""
command -v chromium >/dev/null || missing=" chromium"
command -v firefox-esr >/dev/null || command -v firefox >/dev/null || missing="$missing firefox-esr"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "The browser tests need$missing: installing."
    apt-get update -qq
    # shellcheck disable=SC2086  # two names are two packages
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
else
    echo "The browser tests need more. Install it first:  sudo apt-get install $missing" >&2
    exit 1
fi
