#!/usr/bin/env bash
# The browser for the browser tests. Installed where this machine lets us; otherwise one line says what is missing.
set -euo pipefail
command -v chromium >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing Chromium for the browser tests ..."
  apt-get update -qq >/dev/null 2>&1 && apt-get install -y -qq --no-install-recommends chromium fonts-liberation >/dev/null 2>&1 && exit 0
fi
echo "Chromium is missing: the browser tests will be skipped (Debian: apt-get install chromium)."
