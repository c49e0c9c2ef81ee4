#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# compare.sh ONE OTHER: whether two builds made the same. What differs is listed, file by file.
set -euo pipefail
one=$1 other=$2

list() { (cd "$1/root" && find . -printf '%y %m %U:%G %s %T@ %l %p\n' | sort -k7); }
sums() { (cd "$1/root" && find . -type f -print0 | sort -z | xargs -0 sha256sum); }
differ=0
for file in slot.ext4 boot.fat data.ext4 oppslag.img; do
    if cmp -s "$one/$file" "$other/$file"; then
        echo "the same   $file $(sha256sum "$one/$file" | cut -c 1-16)"
    else
        echo "differs    $file"
        differ=1
    fi
done
if [ $differ = 1 ]; then
    diff <(list "$one") <(list "$other") | sed 's/^/  /' | head -n 40 || true
    diff <(sums "$one") <(sums "$other") | sed 's/^/  /' | head -n 40 || true
fi
exit $differ
