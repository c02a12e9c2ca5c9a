#!/usr/bin/env bash
# Trained data for reading words from scans and photos (the engine itself comes with Python's packages). Quick where it is there.
set -euo pipefail
has() {
  local folder
  for folder in "${TESSDATA_PREFIX:-/nowhere}" "${TESSDATA_PREFIX:-/nowhere}/tessdata" /usr/share/tesseract-ocr/*/tessdata /usr/share/tesseract-ocr/tessdata \
    /usr/share/tessdata /usr/local/share/tessdata /opt/homebrew/share/tessdata /opt/local/share/tessdata; do
    [ -f "$folder/$1.traineddata" ] && return 0
  done
  return 1
}
if ! has eng || ! has spa; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Tesseract's data for reading pictures ..."
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends tesseract-ocr tesseract-ocr-eng tesseract-ocr-spa; } >/dev/null 2>&1 || true
  fi
fi
has eng || echo "Scans and photos cannot be read here: Tesseract's data is missing (Debian: apt-get install tesseract-ocr; macOS: brew install tesseract tesseract-lang)."
if has eng && ! has spa; then echo "Spanish scans are read with English data: accents may be lost (Debian: apt-get install tesseract-ocr-spa)."; fi
