#!/usr/bin/env bash
# The slow rehearsals, one after the other: each of them needs the whole machine. Arguments go to pytest.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh requirements-dev.lock
scripts/browser.sh
export DJANGO_SETTINGS_MODULE=config.settings.test
exec .venv/bin/python -m pytest tests/rehearsals "$@"
