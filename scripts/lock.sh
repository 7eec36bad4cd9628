#!/usr/bin/env bash
# Locks the libraries with hashes. No address of a registry gets into the files.
set -euo pipefail
cd "$(dirname "$0")/.."
export UV_SYSTEM_CERTS=1
[ -x .venv/bin/python ] || python3 -m venv .venv
.venv/bin/python -m pip install -q --disable-pip-version-check 'uv==0.13.9'
uv=(.venv/bin/python -m uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header -q)
"${uv[@]}" --group dev -o requirements-dev.lock
"${uv[@]}" -c requirements-dev.lock -o requirements.lock
! grep -n '://' requirements*.lock
