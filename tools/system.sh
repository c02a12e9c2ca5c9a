#!/usr/bin/env bash
# What is needed beyond Python: trained data to read pictures with; for the browser tests a browser and the HTML checker.
# Installed where this machine lets us; otherwise one line says what is missing.
set -euo pipefail
venv=$1
"$(dirname "$0")/pictures.sh"
if ! command -v chromium >/dev/null 2>&1; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium for the browser tests ..."
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-liberation; } >/dev/null 2>&1 || true
  fi
  command -v chromium >/dev/null 2>&1 || echo "Chromium is missing: the browser tests will be skipped (Debian: apt-get install chromium)."
fi
if [ ! -f "$venv/vnu.jar" ]; then
  if command -v java >/dev/null 2>&1 && command -v npm >/dev/null 2>&1; then
    echo "Fetching the HTML checker ..."
    (cd "$venv" && npm pack --silent vnu-jar@26.9.27 >/dev/null 2>&1 && tar -xzf vnu-jar-26.9.27.tgz --strip-components=3 package/build/dist/vnu.jar && rm -f vnu-jar-26.9.27.tgz) || true
  fi
  [ -f "$venv/vnu.jar" ] || echo "The HTML checker is missing (it needs java and npm): its test will be skipped."
fi
