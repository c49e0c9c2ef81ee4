#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# sysroot.sh OUT        lays the target's libraries and headers into OUT: what config/packages-build.txt names, in the versions of sysroot.lock
# sysroot.sh --lock     asks the mirror which versions there are today, and writes sysroot.lock
# Nothing of it is ever run, so no emulation is needed. The mirror is the one that apt uses here; MIRROR and MIRROR_SECURITY override it.
# Beside the files OUT has DEBIAN/symbols and DEBIAN/shlibs, gathered from all its packages: dpkg-shlibdeps -S reads them there.
set -euo pipefail
export LC_ALL=C.UTF-8

SUITE=trixie
ARCH=arm64
here=$(cd "$(dirname "$0")" && pwd)
lock=$here/sysroot.lock
list=$here/../config/packages-build.txt

fail() {
    echo "sysroot: $*" >&2
    exit 3
}

# The C library's headers, and every other library's.
wanted() { sed 's/#.*//' "$list" | awk '$1 ~ /-dev$/ { print $1 }' | sort; }

mirror() { apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' "Label: $1" 2>/dev/null | head -n 1; }
MIRROR=${MIRROR:-$(mirror Debian)}
MIRROR_SECURITY=${MIRROR_SECURITY:-$(mirror Debian-Security)}
[ -n "$MIRROR" ] || fail "apt has no mirror of Debian here: name one with MIRROR=http://…"
sources() {
    local key=/usr/share/keyrings/debian-archive-keyring.gpg
    echo "deb [signed-by=$key] $MIRROR $SUITE main"
    echo "deb [signed-by=$key] $MIRROR $SUITE-updates main"
    [ -z "$MIRROR_SECURITY" ] || echo "deb [signed-by=$key] $MIRROR_SECURITY $SUITE-security main"
}

# unpack INTO PACKAGE[=VERSION]…
unpack() {
    local into=$1 names
    shift
    names=$(printf '%s,' "$@")
    rm -rf "$into" "$into.log"
    mkdir -p "$(dirname "$into")"
    sources | mmdebstrap --variant=extract --architectures=$ARCH --include="${names%,}" --extract-hook="$here/sysroot-info.sh"' "$1"' \
        "$SUITE" "$into" - >"$into.log" 2>&1
}

if [ "$1" = --lock ]; then
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    # shellcheck disable=SC2046
    unpack "$scratch/root" $(wanted) || { cat "$scratch/root.log" >&2; fail "the mirror could not give what $list names"; }
    before=$(cat "$lock" 2>/dev/null || true)
    {
        echo "# name version architecture; written by make sysroot-lock"
        cat "$scratch/root/DEBIAN/packages"
    } >"$lock"
    changed=$(diff <(echo "$before") "$lock" | grep '^[<>]' || true)
    echo "${changed:-  sysroot.lock: nothing is newer}"
    exit 0
fi

out=$1
for name in $(wanted); do
    grep -q "^$name " "$lock" || fail "sysroot.lock has no $name, which config/packages-build.txt asks for: make sysroot-lock"
done
# What runs on the target is what the image's own lock says.
if [ -f "$here/../image/packages.lock" ]; then
    odd=$(join <(grep -v '^#' "$lock" | cut -d' ' -f1,2 | sort) <(grep -v '^#' "$here/../image/packages.lock" | cut -d' ' -f1,2 | sort) | awk '$2 != $3')
    [ -z "$odd" ] || fail "sysroot.lock and image/packages.lock differ; make sysroot-lock image-lock renews both: $odd"
fi

# shellcheck disable=SC2046
unpack "$out" $(awk '!/^#/ { print $1 "=" $2 }' "$lock") || {
    # apt names the first of them; the rest are found by asking for what there is.
    grep -E '^(E|W): ' "$out.log" | head -n 20 >&2
    rm -rf "$out"
    fail "the mirror no longer has every version of sysroot.lock: make sysroot-lock takes what there is today. All of it: $out.log"
}
grep -v '^#' "$lock" | cmp -s - "$out/DEBIAN/packages" || fail "what came is not what sysroot.lock says: $(diff <(grep -v '^#' "$lock") "$out/DEBIAN/packages" | grep '^[<>]')"

# Extracting leaves no merged /usr, and linker scripts and pkg-config's files say /lib.
ln -sfn usr/lib "$out/lib"
