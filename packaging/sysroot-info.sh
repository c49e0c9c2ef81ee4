#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# sysroot-info.sh ROOT   gathers what the packages in ROOT's apt cache say of themselves and of their libraries: ROOT/DEBIAN/packages, symbols, shlibs.
set -eu
info=$1/DEBIAN
part=$(mktemp -d)
trap 'rm -rf "$part"' EXIT
mkdir -p "$info"
for deb in "$1"/var/cache/apt/archives/*.deb; do
    dpkg-deb --show --showformat '${Package} ${Version} ${Architecture}\n' "$deb" >>"$part/packages"
    rm -rf "$part/control"
    dpkg-deb --control "$deb" "$part/control"
    for file in symbols shlibs; do
        [ ! -f "$part/control/$file" ] || cat "$part/control/$file" >>"$info/$file"
    done
done
sort "$part/packages" >"$info/packages"
