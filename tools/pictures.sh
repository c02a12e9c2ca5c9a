#!/usr/bin/env bash
# What reading photos and scans needs beyond Python: the letters that tesseract has learned. Installed where this machine lets us;
# otherwise one line says what is missing.
set -euo pipefail
found() {
  local place
  for place in "${TESSDATA_PREFIX:-/nowhere}" /usr/share/tesseract-ocr/*/tessdata /usr/share/tessdata /usr/local/share/tessdata \
    /opt/homebrew/share/tessdata; do
    [ -f "$place/eng.traineddata" ] && return 0
  done
  return 1
}
if ! found && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing what is needed to read photos and scans ..."
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends tesseract-ocr tesseract-ocr-eng tesseract-ocr-spa tesseract-ocr-osd; } >/dev/null 2>&1 || true
fi
found || echo "Photos and scans cannot be read here: tesseract's data is missing (Debian: apt-get install tesseract-ocr-eng tesseract-ocr-spa; macOS: brew install tesseract-lang)."
