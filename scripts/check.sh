#!/usr/bin/env bash
# Lint, types, floor plan, migrations, rule book. Each says what it found.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh requirements-dev.lock
export DJANGO_SETTINGS_MODULE=config.settings.test
py=.venv/bin/python
step() { printf '» %s\n' "$1"; shift; "$@" || { printf '✗ %s\n' "$*" >&2; exit 1; }; }
step "Quy tắc viết mã" $py -m ruff check -q .
step "Định dạng (sửa bằng: make fmt)" $py -m ruff format --check -q .
step "Kiểu dữ liệu" $py -m mypy
step "Sơ đồ phòng" .venv/bin/lint-imports --no-cache
step "Migration đủ" $py manage.py makemigrations --check --dry-run -v0
step "Cấu hình" $py manage.py check -v0 --fail-level WARNING
step "Bộ quy định" .venv/bin/ocop regimes check
