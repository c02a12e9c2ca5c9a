#!/bin/sh
# Makes explainer/web/static/vendor/uswds.css. Needs Node and Python; the program itself needs no Node.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --no-audit --no-fund --ignore-scripts sass@1.108.2 @uswds/uswds@3.14.0
npx sass --no-source-map --style=compressed --quiet-deps \
  --load-path=node_modules/@uswds/uswds/packages "$here/uswds.scss" uswds.css
python3 "$here/keep.py" uswds.css "$here/../../explainer/web/static/vendor/uswds.css"
sha256sum "$here/../../explainer/web/static/vendor/uswds.css"
