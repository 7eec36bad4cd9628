#!/usr/bin/env bash
# A real browser for the tests: the system's Chromium, installed where it is missing.
set -euo pipefail
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null && exit 0
done
[ -n "${CHROMIUM:-}" ] && exit 0
command -v apt-get >/dev/null || { echo "✗ Không thấy Chromium. Cài Chromium rồi đặt CHROMIUM=đường-dẫn và chạy lại." >&2; exit 1; }
sudo=(); [ "$(id -u)" = 0 ] || sudo=(sudo)
echo "» Cài Chromium cho kiểm thử (một lần)"
"${sudo[@]}" apt-get update -qq && DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq chromium >/dev/null \
  || { echo "✗ Không cài được Chromium. Cài bằng tay: apt-get install chromium" >&2; exit 1; }
