#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# npm.sh OUT   lays config/package-lock.json's packages into OUT/node_modules. Nothing of theirs is run at installation.
set -eu
out=$1
mkdir -p "$out"
cp config/package.json config/package-lock.json "$out/"
echo "Fetching the design system, the icons and the test tools (npm, by lock file)" >&2
cd "$out"
npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --no-progress --loglevel=error >npm.log 2>&1 || {
    cat npm.log >&2
    echo "npm could not fetch the packages of config/package-lock.json: is the registry reached?" >&2
    exit 3
}
