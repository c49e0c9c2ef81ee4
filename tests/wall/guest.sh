#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Run by the guest's kernel: mounts the host's files, read-only, starts udev, and gives a shell to the second serial line.
busybox() { /bin/busybox "$@"; }
busybox mkdir -p /proc /host
busybox mount -t proc proc /proc
insert() { while read -r module; do case $module in virtio-gpu*) ;; *) busybox insmod "/modules/$module" ;; esac; done; }
insert </modules/list
busybox mount -t 9p -o ro,trans=virtio,version=9p2000.L,msize=512000,cache=loose host /host
busybox mount -t devtmpfs dev /host/dev
busybox mount -t sysfs sys /host/sys
busybox mount -t proc proc /host/proc
busybox mount -t tmpfs run /host/run
busybox cp -r /modules /host/run/modules
busybox mkdir -p /host/run/udev /host/dev/shm
busybox mount -t tmpfs shm /host/dev/shm
exec /bin/busybox chroot /host /bin/bash -c '
    export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/run TMPDIR=/run XDG_RUNTIME_DIR=/run LANG=C.UTF-8
    /lib/systemd/systemd-udevd --daemon
    insmod /run/modules/virtio-gpu.ko
    udevadm trigger --type=subsystems --action=add
    udevadm trigger --type=devices --action=add
    udevadm settle --timeout=60
    stty -F /dev/ttyS1 raw -echo
    cat /dev/ttyS1 | bash >/dev/ttyS1 2>&1' >/dev/ttyS0 2>&1
