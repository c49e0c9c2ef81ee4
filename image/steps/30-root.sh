#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The system that a slot holds: Debian, our package and our files over it, what is not wanted taken away.
# Check: nothing can log in, nothing listens, the kiosk's libraries are all there, no file is younger than the lock.
# shellcheck source=image/common.sh
. "$(dirname "$0")/../common.sh"

root=$OUT/root
[ $# -gt 0 ] || fail "which packages of ours?"
rm -rf --one-file-system "$root"
mkdir -p "$root"
: >"$OUT/root.log"
tar -C "$root" -xf "$(cat "$OUT/base.path")"

# ---- our package: its files, and natively what its scripts would do ------------------------------------------------------------------
for deb in "$@"; do
    dpkg-deb --fsys-tarfile "$deb" | tar -C "$root" --keep-directory-symlink -xf -
done

# ---- our files ---------------------------------------------------------------------------------------------------------------------
cp -a --no-preserve=ownership "$here/files/." "$root/"
grep -rlE '@(LABEL|STATE_HEX)@' "$here/files" | sed "s|^$here/files||" | while read -r file; do
    sed -i "s/@LABEL@/$LABEL/g; s/@STATE_HEX@/$(printf %x "$STATE_AT")/g" "$root$file"
done
chown -R -h root:root "$root/etc/systemd" "$root/usr/lib/oppslag"
mkdir -p "$root/data" "$root/boot/firmware"
systemd-sysusers --root="$root" >>"$OUT/root.log" 2>&1

# Wi-Fi of the Raspberry Pi: what Debian keeps with the boot firmware.
install -m 644 -t "$root/usr/lib/firmware/brcm" "$OUT"/unpacked/raspi-firmware/usr/lib/firmware/brcm/*
# One bundle of authorities, as update-ca-certificates makes it: emulated, that takes a minute and a half.
mkdir -p "$root/etc/ssl/certs"
find "$OUT/unpacked/ca-certificates/usr/share/ca-certificates" -name '*.crt' | sort | xargs cat >"$root/etc/ssl/certs/ca-certificates.crt"

# ---- what starts, and what never does ------------------------------------------------------------------------------------------------
units=$root/etc/systemd/system
on() { systemctl --root="$root" enable --quiet "$@" 2>>"$OUT/root.log"; }
mask() { for unit in "$@"; do ln -sfn /dev/null "$units/$unit"; done; }
on systemd-networkd.service systemd-resolved.service systemd-timesyncd.service nftables.service \
    oppslag-grow.service oppslag-data.service oppslag-good.timer oppslag-ssh.service oppslag-hostname.service \
    oppslag-settings.service oppslag-kiosk.service
# No login anywhere, no keyboard that restarts the machine, no bus on which nobody speaks.
mask getty.target getty@.service serial-getty@.service console-getty.service container-getty@.service autovt@.service getty-static.service \
    systemd-logind.service systemd-user-sessions.service dbus.service dbus.socket debug-shell.service wpa_supplicant.service \
    ctrl-alt-del.target kbrequest.target sleep.target suspend.target hibernate.target hybrid-sleep.target \
    systemd-ask-password-console.path systemd-ask-password-wall.path systemd-hostnamed.socket systemd-hostnamed.service
# Nothing that keeps what nobody keeps: /var is memory, and the system's files change with the slot alone.
mask systemd-firstboot.service systemd-machine-id-commit.service systemd-networkd-persistent-storage.service systemd-update-done.service \
    systemd-journal-catalog-update.service systemd-journal-flush.service systemd-random-seed.service systemd-pstore.service \
    systemd-rfkill.service systemd-rfkill.socket systemd-tmpfiles-clean.timer systemd-sysusers.service systemd-hwdb-update.service \
    ldconfig.service dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service fstrim.timer
# Nothing for which there is no hardware or no use; each costs a small machine its share of a second.
mask systemd-networkd-wait-online.service systemd-binfmt.service proc-sys-fs-binfmt_misc.automount systemd-udev-load-credentials.service \
    systemd-pcrphase.service systemd-pcrphase-sysinit.service systemd-tpm2-setup.service systemd-tpm2-setup-early.service \
    systemd-sysext.socket systemd-sysext.service systemd-confext.service systemd-creds.socket systemd-hibernate-clear.service \
    systemd-network-generator.service systemd-pcrextend.socket systemd-pcrlock.socket systemd-pcrmachine.service remote-fs.target \
    sys-fs-fuse-connections.mount sys-kernel-config.mount sys-kernel-debug.mount sys-kernel-tracing.mount dev-hugepages.mount dev-mqueue.mount \
    modprobe@configfs.service modprobe@dm_mod.service modprobe@efi_pstore.service modprobe@fuse.service modprobe@loop.service
rm -rf "$units"/{getty.target.wants,network-online.target.wants,timers.target.wants} "$units"/dbus-*.service
mkdir -p "$root/etc/systemd/system-generators"
for generator in systemd-getty-generator systemd-debug-generator systemd-gpt-auto-generator; do
    ln -sfn /dev/null "$root/etc/systemd/system-generators/$generator"
done
ln -sfn /usr/lib/systemd/system/multi-user.target "$units/default.target"
: >"$root/etc/machine-id"
# What the settings write in memory, where those look who obey it.
rm -rf "$root/etc/systemd/network"
ln -sfn /run/oppslag/network "$root/etc/systemd/network"
mkdir -p "$root/etc/systemd/timesyncd.conf.d"
ln -sfn /run/oppslag/timesyncd.conf "$root/etc/systemd/timesyncd.conf.d/oppslag.conf"
ln -sfn /run/systemd/resolve/stub-resolv.conf "$root/etc/resolv.conf"
# The only shells are root's, and root has no password.
sed -i 's/^root:[^:]*:/root:*:/' "$root/etc/shadow"
# The kernel's clock never stands before this file's time.
: >"$root/usr/lib/clock-epoch"

# ---- what is not wanted ----------------------------------------------------------------------------------------------------------------
mkdir -p "$root/usr/share/oppslag"
sed '/^#/d' "$here/packages.lock" | awk '$4 != "unpacked" { print $1, $2, $3 }' >"$root/usr/share/oppslag/packages"
rm -rf "$root"/{var,run,tmp,home,opt,srv,media,mnt,root}/* "$root"/{boot/System.map-*,vmlinuz,vmlinuz.old,initrd.img,initrd.img.old,etc/apt,etc/fstab.d} \
    "$root"/etc/{passwd-,group-,shadow-,gshadow-,.pwd.lock,ld.so.cache~,init.d,rc?.d,cron.daily} \
    "$root"/usr/share/{bash-completion,bug,debconf,pam-configs,zsh,gdb}
rm -f "$root"/etc/dpkg/dpkg.cfg.d/99mmdebstrap
find "$root"/usr/lib/linux-image-* "$root/usr/lib/modules" -type d -empty -delete
kernel=$(basename "$root"/boot/vmlinuz-*)
initrd=$(basename "$root"/boot/initrd.img-*)
ln -sfn "$kernel" "$root/boot/vmlinuz"
ln -sfn "$initrd" "$root/boot/initrd.img"
find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

# ---- check ---------------------------------------------------------------------------------------------------------------------------
! grep -qE '^[^:]*:[^*!:]' "$root/etc/shadow" || fail "somebody has a password: $(grep -E '^[^:]*:[^*!:]' "$root/etc/shadow" | cut -d: -f1)"
grep -q '^oppslag:' "$root/etc/passwd" || fail "the kiosk's user is missing"
listening=$(find -L "$units" "$root/usr/lib/systemd/system/sockets.target.wants" -name '*.socket' -type f -exec grep -lE '^Listen(Stream|Datagram)=[^/@]*[0-9]+$' {} + || true)
[ -z "$listening" ] || fail "a socket waits on the network: $listening"
# Walks the libraries by their names alone: nothing is run.
python3 "$here/libraries.py" "$root" usr/bin/oppslag-kiosk || fail "a library is missing"
for unit in oppslag-settings oppslag-kiosk systemd-networkd systemd-resolved nftables; do
    find "$units" -name "$unit.service" -type l | grep -q . || fail "$unit.service is not enabled"
done
say done "root: $(du -sm --apparent-size "$root" | cut -f1) MB, $(find "$root" | wc -l) files"
