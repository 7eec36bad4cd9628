#!/usr/bin/env bash
# Sets everything up, loads the law and the demo, and serves. A second start keeps the data.
set -euo pipefail
cd "$(dirname "$0")/.."
port=${PORT:-8000}
say() { printf '» %s\n' "$*"; }
fail() { printf '✗ %s\n' "$*" >&2; exit 1; }

scripts/setup.sh requirements.lock
export DJANGO_SETTINGS_MODULE=${DJANGO_SETTINGS_MODULE:-config.settings.dev}
export OCOP_PUBLIC_URL=${OCOP_PUBLIC_URL:-http://127.0.0.1:$port}
mkdir -p var/static
.venv/bin/python - "$port" <<'PY' || fail "Cổng $port đang bận. Tắt chương trình đang dùng cổng ấy, hoặc chạy: PORT=8001 make run"
import socket, sys
with socket.socket() as probe:
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind(("127.0.0.1", int(sys.argv[1])))
    except OSError:
        sys.exit(1)
PY
say "Cập nhật cơ sở dữ liệu"
.venv/bin/ocop migrate -v0 || fail "Không cập nhật được cơ sở dữ liệu. Muốn làm lại từ đầu: make clean rồi make run."
say "Nạp bộ quy định và dữ liệu trình diễn"
.venv/bin/ocop units load
.venv/bin/ocop regimes load
.venv/bin/ocop demo load
say "Tài khoản trình diễn"
.venv/bin/ocop demo accounts
say "Mở trình duyệt tại http://127.0.0.1:$port (dừng: Ctrl+C)"
exec .venv/bin/granian --interface wsgi --host 127.0.0.1 --port "$port" --workers 2 --blocking-threads 8 \
  --no-access-log --log-level warning config.wsgi:application
