#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Debian itself: the locked packages, installed under emulation. The slow part, so its tar is kept under a hash of all that it is made from.
# Check: exactly the locked packages are installed, each fully, and the first file system of the boot holds the drivers that it must.
# shellcheck source=image/common.sh
. "$(dirname "$0")/../common.sh"

key=$(cat "$here/packages.lock" "$here"/base/* "$0" | sha256sum | cut -c 1-16)
tar=$OUT/cache/base-$SUITE-$key.tar
echo "$tar" >"$OUT/base.path"
if [ -f "$tar" ]; then
    say kept "$(basename "$tar")"
    exit 0
fi
[ "$(id -u)" = 0 ] || fail "run as root: the owners of the files in the image are made as they are"
# The emulator is called by the kernel for arm64 programs; on a machine just started nobody has told it yet.
if [ ! -e /proc/sys/fs/binfmt_misc/qemu-aarch64 ]; then
    mountpoint -q /proc/sys/fs/binfmt_misc || mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc
    update-binfmts --enable qemu-aarch64 || true
    [ -e /proc/sys/fs/binfmt_misc/qemu-aarch64 ] || fail "the kernel here does not run arm64 programs by qemu-user-static (binfmt_misc)"
fi

started=$(date +%s)
nothing_make "$(awk '$1 == "libgbm1" { print $2 }' "$here/packages.lock")"
work=$OUT/base
rm -rf "$work"
mkdir -p "$work"
sed '/^#/d' "$here/packages.lock" | awk '$4 != "unpacked" { printf "Package: %s\nPin: version %s\nPin-Priority: 1001\n\n", $1, $2 }' >"$work/lock.pref"
# apt keeps to an empty choice rather than take another version.
printf 'Package: *\nPin: release o=Debian\nPin-Priority: -1\n\n' >>"$work/lock.pref"
{ sources; cat "$OUT/nothing/sources.list"; } >"$work/sources.list"
grep -v '^#' "$here/base/initramfs-modules" >"$work/modules"
grep -v '^#' "$here/base/dpkg.cfg" >"$work/dpkg.cfg"

# depmod and the hardware database are made natively, afterwards: emulated, each takes a minute.
cat >"$work/before.sh" <<'HOOK'
set -e
root=$1
for tool in usr/sbin/depmod usr/bin/systemd-hwdb; do
    chroot "$root" dpkg-divert --quiet --local --rename --divert "/$tool.later" --add "/$tool"
    printf '#!/bin/sh\nexit 0\n' >"$root/$tool"
    chmod 755 "$root/$tool"
done
HOOK
cat >"$work/after.sh" <<'HOOK'
set -e
root=$1
for tool in usr/sbin/depmod usr/bin/systemd-hwdb; do
    rm "$root/$tool"
    chroot "$root" dpkg-divert --quiet --local --rename --remove "/$tool"
done
version=$(ls "$root/usr/lib/modules")
depmod -b "$root" "$version"
# It remembers the paths that it was made from, so they are the same in every build.
unshare --mount sh -c 'mount --bind "$1" /mnt && systemd-hwdb --root=/mnt --usr update' - "$root"
cp "$WORK/modules" "$root/etc/initramfs-tools/modules"
printf 'MODULES=list\nBUSYBOX=no\nCOMPRESS=zstd\nFSTYPE=ext4\nRESUME=none\nRUNSIZE=10%%\n' >"$root/etc/initramfs-tools/conf.d/oppslag"
chroot "$root" update-initramfs -c -k "$version"
HOOK

log=$OUT/base.log
say make "Debian for arm64 under emulation: 5 to 15 minutes ($log)"
# shellcheck disable=SC2046
WORK=$work INITRD=No nice -n 5 mmdebstrap --mode=root --arch="$ARCH" --variant=essential --format=tar \
    --include="oppslag-no-mesa,$(packages_installed | paste -sd,)" \
    --dpkgopt="$work/dpkg.cfg" --aptopt='Acquire::Retries "3"' --aptopt='Acquire::Languages "none"' \
    $(proxies | sed 's/ "/="/; s/;$//; s/^/--aptopt=/') \
    --setup-hook='mkdir -p "$1/etc/apt/preferences.d" && cp "$WORK/lock.pref" "$1/etc/apt/preferences.d/lock"' \
    --essential-hook="sh $work/before.sh \"\$1\"" \
    --customize-hook="sh $work/after.sh \"\$1\"" \
    "$SUITE" "$tar.new" "$work/sources.list" >"$log" 2>&1 || { tail -n 20 "$log" >&2; fail "see $log"; }

check=$OUT/base.check
rm -rf "$check"
mkdir -p "$check"
tar -C "$check" -xf "$tar.new" ./var/lib/dpkg/status ./boot
installed=$(awk 'BEGIN { RS = ""; FS = "\n" }
    { p = v = s = ""; for (i = 1; i <= NF; i++) { if ($i ~ /^Package: /) p = substr($i, 10); if ($i ~ /^Version: /) v = substr($i, 10); if ($i ~ /^Status: /) s = substr($i, 9) }
      print p, v, s }' "$check/var/lib/dpkg/status" | grep -v '^oppslag-no-mesa ' | sort)
wanted=$(sed '/^#/d' "$here/packages.lock" | awk '$4 != "unpacked" { print $1, $2, "install ok installed" }' | sort)
diff <(echo "$wanted") <(echo "$installed") >&2 || fail "other packages than packages.lock says (< locked, > installed)"
# Its first archive, not packed, holds the drivers, which are packed each by itself.
initrd=$(echo "$check"/boot/initrd.img-*)
cpio -t --quiet <"$initrd" >"$check/initrd.files"
while read -r module; do
    grep -q "/${module//_/[-_]}\.ko" "$check/initrd.files" || fail "$(basename "$initrd") lacks the driver $module"
done <"$work/modules"
rm -rf "$check"
mv "$tar.new" "$tar"
# Of older ones nobody asks again.
find "$OUT/cache" -name 'base-*.tar' ! -name "$(basename "$tar")" -delete
say done "$(basename "$tar"), $(($(stat -c %s "$tar") / 1048576)) MB, $(($(date +%s) - started)) s"
