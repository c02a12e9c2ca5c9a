#!/usr/bin/env bash
# Makes the virtual environment from the lock file and prepares what the first start needs.
set -euo pipefail
python=$1
venv=$2
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $("$python" --version 2>&1) was found."; exit 1; }
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv" || { echo "python3-venv is missing: install it (Debian: apt-get install python3-venv)."; exit 1; }
echo "Setting up $venv (once; a minute or two) ..."
"$venv/bin/python" -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
"$venv/bin/python" -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
"$venv/bin/python" -m compileall -q "$venv/lib" explainer || true
"$venv/bin/explainer" prepare
