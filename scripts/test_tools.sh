#!/bin/sh
# What the tests need beside Python and npm: two browsers, and strace to watch the order of syncs. They
# are Debian's own. As root they are installed; otherwise we say what to do.
set -eu
missing=""
command -v chromium >/dev/null || missing=" chromium"
command -v firefox-esr >/dev/null || command -v firefox >/dev/null || missing="$missing firefox-esr"
command -v strace >/dev/null || missing="$missing strace"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "The tests need$missing: installing."
    apt-get update -qq
    # shellcheck disable=SC2086  # each name is a package
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
else
    echo "The tests need more. Install it first:  sudo apt-get install$missing" >&2
    exit 1
fi
