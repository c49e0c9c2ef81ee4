# SPDX-License-Identifier: GPL-3.0-or-later
# Read by every step: where things are, what the mirror is, and how a step fails.
# OUT is where the image is made (build/image). Sizes and identities stand here alone.
set -euo pipefail
export LC_ALL=C.UTF-8 TZ=UTC
umask 022

SUITE=trixie
ARCH=arm64
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
OUT=$(realpath -m "${OUT:-build/image}")
mkdir -p "$OUT/cache"

# MBR identities give the partitions their names for ever: LABEL_ID-01 to -04.
LABEL_ID=0x6f70706c
LABEL=${LABEL_ID#0x}
SLOT_UUID=5f0b5a1e-6f70-706c-6167-000000000001
SLOT_SEED=5f0b5a1e-6f70-706c-6167-0000000000aa
DATA_UUID=5f0b5a1e-6f70-706c-6167-000000000004
FAT_ID=6F70706C
# In MiB. The gap before the first partition holds the state sector at STATE_AT bytes.
GAP_MIB=4
FAT_MIB=256
SLOT_MIB=1024
DATA_MIB=256
STATE_AT=$((1024 * 1024))

# Everything in the image is of one moment, so that the same sources give the same bytes: the one when packages.lock was written.
SOURCE_DATE_EPOCH=$(sed -n 's/^# epoch //p' "$here/packages.lock" 2>/dev/null || true)
export SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-0}"

say() { printf '  %-5s %s\n' "$1" "$2"; }
fail() {
    printf 'image: %s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

# The names in packages.txt: all that are installed, or those that are only unpacked.
packages_installed() { sed 's/#.*//' "$here/packages.txt" | awk 'NF == 1 { print $1 }'; }
packages_unpacked() { sed 's/#.*//' "$here/packages.txt" | awk '$2 == "unpacked" { print $1 }'; }

# The mirror that apt uses here, unless the caller names others.
mirror() { apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' "Label: $1" 2>/dev/null | head -n 1; }
MIRROR=${MIRROR:-$(mirror Debian)}
MIRROR_SECURITY=${MIRROR_SECURITY:-$(mirror Debian-Security)}
[ -n "$MIRROR" ] || fail "apt has no mirror of Debian here: name one with MIRROR=http://..."

sources() {
    local key=/usr/share/keyrings/debian-archive-keyring.gpg
    echo "deb [signed-by=$key] $MIRROR $SUITE main non-free-firmware"
    echo "deb [signed-by=$key] $MIRROR $SUITE-updates main non-free-firmware"
    [ -z "$MIRROR_SECURITY" ] || echo "deb [signed-by=$key] $MIRROR_SECURITY $SUITE-security main non-free-firmware"
}

# A proxy that the build machine's apt is told to use, as lines of apt's settings.
proxies() { apt-config dump Acquire | grep -iE '^Acquire::(http|https)::Proxy ' || true; }

# An apt of our own for the target: its lists, its architecture, nothing installed.
apt_home=$OUT/apt
target_apt() {
    local tool=$1
    shift
    APT_CONFIG=$apt_home/apt.conf "$tool" "$@"
}
apt_home_make() {
    mkdir -p "$apt_home"/etc/apt/{apt.conf.d,preferences.d,sources.list.d,trusted.gpg.d} "$apt_home"/var/lib/{apt/lists/partial,dpkg} \
        "$apt_home"/var/cache/apt/archives/partial
    : >"$apt_home/var/lib/dpkg/status"
    sources >"$apt_home/etc/apt/sources.list"
    cat >"$apt_home/apt.conf" <<CONF
Dir "$apt_home";
Dir::State::status "$apt_home/var/lib/dpkg/status";
APT::Architecture "$ARCH";
APT::Architectures { "$ARCH"; };
APT::Install-Recommends "false";
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Retries "3";
$(proxies)
CONF
    target_apt apt-get -q update >"$OUT/apt.log" 2>&1 || { tail -n 5 "$OUT/apt.log" >&2; fail "the mirror's lists could not be read"; }
}

# What stands in the place of Mesa, which SDL's package asks for: our presenter draws without it, so 180 MB of it stay away.
# libgbm1 wants one certain version, so that is provided.
nothing_make() {
    local folder=$OUT/nothing version
    version=$(target_apt apt-cache show "libgbm1${1:+=$1}" | sed -n 's/.*mesa-libgallium (= \([^)]*\)).*/\1/p' | head -n 1)
    [ -n "$version" ] || fail "libgbm1 no longer asks for mesa-libgallium: see whether Mesa can be left out in a simpler way"
    rm -rf "$folder"
    mkdir -p "$folder/root/DEBIAN"
    cat >"$folder/root/DEBIAN/control" <<CONTROL
Package: oppslag-no-mesa
Version: 1
Architecture: all
Maintainer: Oppslag <oppslag@example.no>
Provides: mesa-libgallium (= $version)
Conflicts: mesa-libgallium
Section: misc
Priority: optional
Description: nothing, in the place of Mesa
 SDL's package depends on Mesa's drivers, which nothing on the screen opens.
CONTROL
    dpkg-deb --root-owner-group -Zgzip --build "$folder/root" "$folder/oppslag-no-mesa.deb" >/dev/null
    {
        cat "$folder/root/DEBIAN/control"
        echo "Filename: ./oppslag-no-mesa.deb"
        echo "Size: $(stat -c %s "$folder/oppslag-no-mesa.deb")"
        echo "SHA256: $(sha256sum "$folder/oppslag-no-mesa.deb" | cut -d' ' -f1)"
        echo
    } >"$folder/Packages"
    echo "deb [trusted=yes] copy:$folder ./" >"$folder/sources.list"
}
