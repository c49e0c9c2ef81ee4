#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The whole card: table, state sector, FAT, slot A, empty slot B, data partition; then packed for flashing.
# Neither loop devices nor mounts: each file system is a file, laid at its place.
# Check: the table reads back as meant, each part lies where it should, the packed file unpacks to the same bytes.
# shellcheck source=image/common.sh
. "$(dirname "$0")/../common.sh"

image=$OUT/oppslag.img
rm -f "$image" "$image.zst" "$OUT/data.ext4"

# The table counts in sectors of 512 bytes.
mib() { echo $(($1 * 2048)); }
fat_at=$GAP_MIB
a_at=$((fat_at + FAT_MIB))
b_at=$((a_at + SLOT_MIB))
data_at=$((b_at + SLOT_MIB))
truncate -s "$((data_at + DATA_MIB))M" "$image"
cat >"$OUT/table" <<TABLE
label: dos
label-id: $LABEL_ID
start=$(mib $fat_at), size=$(mib $FAT_MIB), type=c, bootable
start=$(mib $a_at), size=$(mib $SLOT_MIB), type=83
start=$(mib $b_at), size=$(mib $SLOT_MIB), type=83
start=$(mib $data_at), size=$(mib $DATA_MIB), type=83
TABLE
sfdisk --quiet "$image" <"$OUT/table"

printf 'BOOT_ORDER=A B\nBOOT_A_LEFT=3\nBOOT_B_LEFT=3\n' | mkenvimage -s 0x200 -o "$OUT/state" -
mkdir -p "$OUT/data"
truncate -s "${DATA_MIB}M" "$OUT/data.ext4"
touch -d "@$SOURCE_DATE_EPOCH" "$OUT/data"
E2FSPROGS_FAKE_TIME=$SOURCE_DATE_EPOCH mke2fs -q -t ext4 -m 0 -L data -U "$DATA_UUID" -E hash_seed="$SLOT_SEED",lazy_itable_init=0,lazy_journal_init=0 \
    "$OUT/data.ext4"

lay() { dd if="$1" of="$image" bs=1M seek="$2" conv=notrunc,sparse status=none; }
dd if="$OUT/state" of="$image" bs=512 seek=$((STATE_AT / 512)) conv=notrunc status=none
lay "$OUT/boot.fat" $fat_at
lay "$OUT/slot.ext4" $a_at
lay "$OUT/data.ext4" $data_at

sfdisk --dump "$image" | grep -c "start=" | grep -qx 4 || fail "the table has not four partitions"
[ "$(sfdisk --disk-id "$image")" = "$LABEL_ID" ] || fail "the table's identity is wrong"
same() { cmp -n "$(stat -c %s "$1")" "$1" "$image" 0 "$(($2 * 1048576))" || fail "$(basename "$1") does not lie at $2 MiB"; }
same "$OUT/boot.fat" $fat_at
same "$OUT/slot.ext4" $a_at
same "$OUT/data.ext4" $data_at
cmp -n 512 "$OUT/state" "$image" 0 "$STATE_AT" || fail "the state sector is not in its place"

zstd -q -T0 -6 --no-progress -f "$image" -o "$image.zst"
zstd -dcq "$image.zst" | cmp - "$image" || fail "what is packed is another"
(cd "$OUT" && sha256sum oppslag.img.zst >oppslag.img.zst.sha256)
say done "$image.zst: $(($(stat -c %s "$image.zst") / 1048576)) MB, on the card $(($(stat -c %s "$image") / 1048576)) MB"
