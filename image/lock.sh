#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# lock.sh: asks the mirror which version of each package the image would be made of today, and writes packages.lock.
# shellcheck source=image/common.sh
. "$(dirname "$0")/common.sh"

# apt counts itself as essential; on the wall it is not wanted.
ESSENTIAL='?and(?essential, ?not(?exact-name(apt)))'

apt_home_make
nothing_make ""
cat "$OUT/nothing/sources.list" >>"$apt_home/etc/apt/sources.list"
target_apt apt-get -q update >>"$OUT/apt.log" 2>&1

# Inst NAME (VERSION Debian:13/stable [ARCH])
# shellcheck disable=SC2046
target_apt apt-get -q -s install "$ESSENTIAL" oppslag-no-mesa $(packages_installed) |
    sed -n 's/^Inst \([^ ]*\) (\([^ ]*\) .*\[\([a-z0-9]*\)\]).*/\1 \2 \3/p' | grep -v '^oppslag-no-mesa ' >"$OUT/lock.installed"
[ -s "$OUT/lock.installed" ] || fail "apt could not put the packages together: $(target_apt apt-get -q -s install "$ESSENTIAL" oppslag-no-mesa $(packages_installed) 2>&1 | tail -n 5)"
for name in $(packages_unpacked); do
    target_apt apt-cache show --no-all-versions "$name" |
        awk '/^Package:/ { p = $2 } /^Version:/ { v = $2 } /^Architecture:/ { a = $2 } END { print p, v, a, "unpacked" }'
done >"$OUT/lock.unpacked"

before=$(cat "$here/packages.lock" 2>/dev/null || true)
{
    echo "# name version architecture; written by make image-lock"
    echo "# epoch $(date +%s)"
    sort "$OUT/lock.installed" "$OUT/lock.unpacked"
} >"$here/packages.lock"
changes=$(diff <(echo "$before") "$here/packages.lock" | grep '^[<>] [^#]' || true)
echo "${changes:-  packages.lock: nothing is newer}"
say lock "$(grep -vc '^#' "$here/packages.lock") packages"
