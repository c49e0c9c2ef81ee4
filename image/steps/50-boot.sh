#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The FAT partition: the Raspberry Pi's firmware, U-Boot, the script that chooses the slot, and the caretaker's oppslag.ini.
# Check: the files are there, U-Boot's script has its checksum right.
# shellcheck source=image/common.sh
. "$(dirname "$0")/../common.sh"

boot=$OUT/boot fat=$OUT/boot.fat
pi=$OUT/unpacked/raspi-firmware/usr/lib/raspi-firmware
uboot=$OUT/unpacked/u-boot-rpi/usr/lib/u-boot/rpi_arm64/u-boot.bin
rm -rf "$boot" "$fat"
mkdir -p "$boot"
cp "$pi"/bootcode.bin "$pi"/start.elf "$pi"/start4.elf "$pi"/fixup.dat "$pi"/fixup4.dat "$boot/"
cp "$OUT"/root/usr/lib/linux-image-*/broadcom/bcm2[78]*.dtb "$boot/"
# The Raspberry Pi 5 starts another way: its device tree would promise what is not tried.
rm -f "$boot"/bcm2712-*.dtb
cp "$uboot" "$boot/u-boot.bin"
cp "$here/boot/config.txt" "$boot/"
# Lines end as the oldest Notepad wants them.
sed 's/$/\r/' "$here/oppslag.ini" >"$boot/oppslag.ini"

cmdline=$(sed '/^#/d' "$here/boot/cmdline" | paste -sd' ')
sed "s|@STATE_BLOCK@|0x$(printf %x $((STATE_AT / 512)))|; s|@LABEL@|$LABEL|; s|@CMDLINE@|$cmdline|" "$here/boot/boot.cmd" | grep -v '^#' >"$OUT/boot.cmd"
mkimage -A arm64 -O linux -T script -C none -n oppslag -d "$OUT/boot.cmd" "$boot/boot.scr" >"$OUT/boot.log"
python3 "$here/uboot_env.py" "$uboot" >"$OUT/uboot.txt"
mkenvimage -s 0x4000 -o "$boot/uboot.env" "$OUT/uboot.txt"

find "$boot" -exec touch -d "@$SOURCE_DATE_EPOCH" {} +
truncate -s "${FAT_MIB}M" "$fat"
mkfs.vfat -F 32 -n OPPSLAG -i "$FAT_ID" --invariant "$fat" >>"$OUT/boot.log"
find "$boot" -type f | sort | while read -r file; do mcopy -m -i "$fat" "$file" ::; done

keys() { sed -n 's/^;\{0,1\}\([a-z][a-z.-]*\) = .*/\1/p' "$@" | sort -u; }
unknown=$(comm -23 <(keys "$here/oppslag.ini") <(sed 's/ =$/ = /' "$here/../config/oppslag.ini.sample" | keys))
[ -z "$unknown" ] || fail "oppslag.ini has settings that the kiosk does not know: $unknown"
for file in bootcode.bin start4.elf fixup4.dat u-boot.bin boot.scr uboot.env config.txt oppslag.ini bcm2711-rpi-4-b.dtb bcm2837-rpi-zero-2-w.dtb; do
    mtype -i "$fat" "::$file" 2>/dev/null | cmp - "$boot/$file" || fail "$file is not on the FAT partition"
done
fsck.vfat -n "$fat" >>"$OUT/boot.log" || fail "the FAT partition is not whole: see $OUT/boot.log"
mkimage -l "$boot/boot.scr" >>"$OUT/boot.log" || fail "boot.scr"
say done "FAT: $(du -sm "$boot" | cut -f1) of $FAT_MIB MB"
