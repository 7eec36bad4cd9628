#!/usr/bin/env bash
# Runs a command against a PostgreSQL of its own, in a temporary folder, and clears it away afterwards.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
if [ -z "$bin" ]; then
  command -v apt-get >/dev/null || { echo "✗ Không thấy PostgreSQL. Cài PostgreSQL rồi chạy lại." >&2; exit 1; }
  sudo=(); [ "$(id -u)" = 0 ] || sudo=(sudo)
  echo "» Cài PostgreSQL cho kiểm thử (một lần)"
  "${sudo[@]}" apt-get update -qq && DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq postgresql >/dev/null
  bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
fi
home=$(mktemp -d)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
as_owner() { if [ "$(id -u)" = 0 ]; then su postgres -s /bin/bash -c "$1"; else bash -c "$1"; fi; }
[ "$(id -u)" = 0 ] && chown postgres "$home"
cleanup() { as_owner "'$bin/pg_ctl' -D '$home/data' -m immediate stop" >/dev/null 2>&1 || true; rm -rf "$home"; }
trap cleanup EXIT
as_owner "'$bin/initdb' -D '$home/data' -U ocop -A trust -E UTF8 --no-locale" >/dev/null
as_owner "'$bin/pg_ctl' -D '$home/data' -w -l '$home/log' -o '-p $port -k $home -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off' start" >/dev/null \
  || { echo "✗ PostgreSQL không khởi động được:" >&2; cat "$home/log" >&2; exit 1; }
DATABASE_URL="postgres://ocop@127.0.0.1:$port/postgres" "$@"
