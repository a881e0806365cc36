#!/bin/sh
# Writes the two lock files from the ranges in pyproject.toml: exact versions with their hashes,
# good on every platform, with no word about where a package comes from.
set -eu
cd "$(dirname "$0")/.."

compile() {
    .venv/bin/uv pip compile pyproject.toml --universal --python-version 3.11 \
        --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate \
        --quiet "$@"
}

.venv/bin/python -m pip install --quiet 'uv>=0.13,<0.14'
compile --output-file requirements.lock "${@}"
compile --group dev --constraint requirements.lock --output-file requirements-dev.lock "${@}"
