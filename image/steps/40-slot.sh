#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The root file system as one slot holds it: ext4 in the form that U-Boot reads, the same bytes from the same tree.
# Check: it is whole, and its kernel is the tree's.
# shellcheck source=image/common.sh
. "$(dirname "$0")/../common.sh"

root=$OUT/root slot=$OUT/slot.ext4
rm -f "$slot"
truncate -s "${SLOT_MIB}M" "$slot"
# No journal: nothing is ever written. U-Boot reads neither orphan files nor a seed of the checksums.
export E2FSPROGS_FAKE_TIME=$SOURCE_DATE_EPOCH
mke2fs -q -t ext4 -O ^has_journal,^metadata_csum_seed,^orphan_file -m 0 -L system -U "$SLOT_UUID" \
    -E hash_seed="$SLOT_SEED",lazy_itable_init=0,root_owner=0:0 -d "$root" "$slot"
# What mke2fs takes from the tree besides its contents is when it was unpacked; the inodes are numbered without a gap.
last=$(dumpe2fs -h "$slot" 2>/dev/null | awk -F: '/^Inode count/ { n = $2 } /^Free inodes/ { f = $2 } END { print n - f }')
stamp=@$(printf '0x%x' "$SOURCE_DATE_EPOCH")
for inode in 2 $(seq 11 "$last"); do
    printf 'sif <%s> ctime %s\nsif <%s> atime %s\nsif <%s> ctime_extra 0\nsif <%s> atime_extra 0\n' "$inode" "$stamp" "$inode" "$stamp" "$inode" "$inode"
done | debugfs -w -f - "$slot" >"$OUT/slot.log" 2>&1
! grep -qi error "$OUT/slot.log" || fail "see $OUT/slot.log"

e2fsck -fn "$slot" >>"$OUT/slot.log" 2>&1 || fail "the file system is not whole: see $OUT/slot.log"
debugfs -R "dump /boot/$(readlink "$root/boot/vmlinuz") $OUT/vmlinuz" "$slot" 2>/dev/null
cmp "$OUT/vmlinuz" "$root/boot/vmlinuz" || fail "the kernel in the slot is another"
say done "slot: $(($(du -sm "$slot" | cut -f1))) of $SLOT_MIB MB, sha256 $(sha256sum "$slot" | cut -c 1-16)"
