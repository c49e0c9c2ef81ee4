#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# build.sh OUT PACKAGE…: runs the steps one after the other, and says what came of it. PACKAGE: our own .deb files for arm64.
# shellcheck source=image/common.sh
. "$(dirname "$0")/common.sh"

[ "$(id -u)" = 0 ] || fail "make image makes files that belong to root and others: run it as root"
started=$(date +%s)
for step in "$here"/steps/[0-9][0-9]-*.sh; do
    before=$(date +%s)
    printf '%s\n' "$(basename "$step" .sh)"
    OUT=$OUT "$step" "$@"
    printf '  %-5s %s s\n' took $(($(date +%s) - before))
done
cat <<REPORT

$OUT/oppslag.img.zst
  to flash      $(($(stat -c %s "$OUT/oppslag.img.zst") / 1000000)) MB packed, for a card of 4 GB or more
  a slot holds  $(du -sm --apparent-size "$OUT/root" | cut -f1) MB of $SLOT_MIB
  packages      $(wc -l <"$OUT/root/usr/share/oppslag/packages") of Debian $SUITE, and ours: $(for deb in "$@"; do basename "$deb" .deb; done | paste -sd' ')
  time          $(($(date +%s) - started)) s
REPORT
