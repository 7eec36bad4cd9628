#!/usr/bin/env bash
# Prepares .venv from a hashed lock; a second run is instant. Usage: setup.sh requirements.lock|requirements-dev.lock
set -euo pipefail
cd "$(dirname "$0")/.."
lock=${1:-requirements.lock}
export UV_SYSTEM_CERTS=1
say() { printf '» %s\n' "$*"; }
fail() { printf '✗ %s\n' "$*" >&2; exit 1; }

python=${PYTHON:-python3}
command -v "$python" >/dev/null || fail "Không thấy Python. Cài Python 3.11 trở lên rồi chạy lại (Debian/Ubuntu: apt-get install python3 python3-venv)."
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
  || fail "Cần Python 3.11 trở lên, máy đang có $("$python" --version 2>&1). Đặt PYTHON=đường-dẫn-python3.11 rồi chạy lại."
if [ ! -x .venv/bin/python ]; then
  say "Tạo môi trường Python trong .venv"
  "$python" -m venv .venv || fail "Không tạo được .venv. Trên Debian/Ubuntu: apt-get install python3-venv."
fi
# The development lock holds everything of the other one, so a developer's environment also runs the program.
if ! cmp -s "$lock" .venv/.lock && ! { [ "$lock" = requirements.lock ] && cmp -s requirements-dev.lock .venv/.lock; }; then
  say "Cài thư viện theo $lock (lần đầu mất vài chục giây)"
  if .venv/bin/python -m pip install -q --disable-pip-version-check 'uv==0.13.9' 2>/dev/null; then
    .venv/bin/python -m uv pip install -q --require-hashes --compile-bytecode --python .venv/bin/python -r "$lock" \
      || fail "Không tải được thư viện. Kiểm tra mạng rồi chạy lại lệnh này; phần đã tải được giữ lại."
  else
    .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r "$lock" \
      || fail "Không tải được thư viện. Kiểm tra mạng rồi chạy lại lệnh này; phần đã tải được giữ lại."
  fi
  cp "$lock" .venv/.lock
fi
# The command `ocop` of this checkout.
if [ ! -x .venv/bin/ocop ] || ! grep -qsF "$PWD" .venv/bin/ocop; then
  site=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_paths()["purelib"])')
  printf '%s\n' "$PWD" > "$site/sao_lang.pth"
  printf '#!%s\nimport sys\n\nfrom config.cli import main\n\nsys.exit(main())\n' "$PWD/.venv/bin/python" > .venv/bin/ocop
  chmod +x .venv/bin/ocop
fi
