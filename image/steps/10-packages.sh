#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Sees whether the mirror still has every version that packages.lock names, and fetches those that are only unpacked.
# Check: every one is there, and each unpacked folder is of the locked version.
# shellcheck source=image/common.sh
. "$(dirname "$0")/../common.sh"

[ -f "$here/packages.lock" ] || fail "there is no packages.lock: make image-lock"
stamp=$OUT/packages.stamp
key=$(cat "$here/packages.lock" "$0" "$here/common.sh" | sha256sum | cut -d' ' -f1)
if [ "$(cat "$stamp" 2>/dev/null)" = "$key" ]; then
    say kept "the packages that are unpacked"
    exit 0
fi

apt_home_make
sed '/^#/d' "$here/packages.lock" >"$OUT/locked"
awk '{ print $1 }' "$OUT/locked" | target_apt xargs apt-cache madison | awk -F' *[|] *' '{ gsub(/ /, "", $1); print $1, $2 }' | sort -u >"$OUT/offered"
gone=$(awk 'NR == FNR { seen[$1 " " $2] = 1; next } !(($1 " " $2) in seen) { print "  " $1 " " $2 }' "$OUT/offered" "$OUT/locked")
if [ -n "$gone" ]; then
    printf '%s\n' "$gone" >&2
    fail "the mirror no longer has these versions of packages.lock. Renew it with make image-lock, and look at what changed"
fi

rm -rf "$OUT/unpacked"
mkdir -p "$OUT/unpacked/debs"
awk '$4 == "unpacked" { print $1 "=" $2 }' "$OUT/locked" >"$OUT/unpacked/wanted"
# shellcheck disable=SC2046
(cd "$OUT/unpacked/debs" && target_apt apt-get -q download $(cat "$OUT/unpacked/wanted")) >>"$OUT/apt.log" 2>&1 || fail "download failed: see $OUT/apt.log"
for deb in "$OUT"/unpacked/debs/*.deb; do
    dpkg-deb -x "$deb" "$OUT/unpacked/$(dpkg-deb -f "$deb" Package)"
done

found=$(for deb in "$OUT"/unpacked/debs/*.deb; do dpkg-deb -W --showformat '${Package}=${Version}\n' "$deb"; done | sort)
[ "$found" = "$(sort "$OUT/unpacked/wanted")" ] || fail "unpacked are $found"
echo "$key" >"$stamp"
say done "$(wc -l <"$OUT/locked") packages are locked and there"
