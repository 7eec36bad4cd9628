#!/usr/bin/env bash
# Everything the tests need, then the tests. Arguments go to pytest.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh requirements-dev.lock
scripts/browser.sh
export DJANGO_SETTINGS_MODULE=config.settings.test
exec .venv/bin/python -m pytest -n 2 --dist loadfile "$@"
