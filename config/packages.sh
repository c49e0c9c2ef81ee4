#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# packages.sh OUT SET…   sees to it that the Debian packages of config/packages-SET.txt are installed.
# Missing ones are named and installed: as root, or by sudo. Where neither works it prints the one line to type and ends with 3.
# OPPSLAG_INSTALL=no only tells. A stamp in OUT, which holds the lists' hash and the time of dpkg's last change, makes the usual case quick.
set -eu
here=$(dirname "$0")
out=$1
shift

lists=
for set in "$@"; do lists="$lists $here/packages-$set.txt"; done
dpkg-query --version >/dev/null 2>&1 || { echo "This build installs Debian packages, and here is no dpkg. Needed are those named in:$lists" >&2; exit 3; }

# shellcheck disable=SC2086
state="$(cat $lists "$0" | cksum) $(stat -c %Y.%s /var/lib/dpkg/status)"
stamp=$out/.packages-$(echo "$*" | tr ' ' '-')
[ "$(cat "$stamp" 2>/dev/null || true)" = "$state" ] && exit 0

installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# A line is `PACKAGE [| OTHER] [?COMMAND]  # why`: of two names the first that this release knows is taken.
missing_of() {
    sed 's/#.*//' "$@" | while read -r first rest; do
        [ -n "$first" ] || continue
        names=$first command=
        for word in $rest; do
            case $word in
            '|') ;;
            '?'*) command=${word#?} ;;
            *) names="$names $word" ;;
            esac
        done
        [ -z "$command" ] || ! command -v "$command" >/dev/null 2>&1 || continue
        found=
        for name in $names; do installed "$name" && found=yes; done
        [ -n "$found" ] || echo "$names"
    done
}

# shellcheck disable=SC2086
missing=$(missing_of $lists | sort -u)
if [ -n "$missing" ]; then
    as_root=
    if [ "$(id -u)" != 0 ]; then
        as_root=sudo
        if ! command -v sudo >/dev/null || ! { sudo -n true 2>/dev/null || [ -t 0 ]; }; then as_root=none; fi
    fi
    line="apt-get install --no-install-recommends $(echo "$missing" | cut -d' ' -f1 | tr '\n' ' ')"
    if [ "$as_root" = none ] || [ "${OPPSLAG_INSTALL:-yes}" = no ]; then
        echo "Debian packages are missing. As root:" >&2
        echo "$line" >&2
        exit 3
    fi
    export DEBIAN_FRONTEND=noninteractive
    apt() { $as_root env DEBIAN_FRONTEND=noninteractive apt-get -y -q -o Dpkg::Use-Pty=0 -o Acquire::Retries=3 "$@"; }
    # Of each line the first name that apt has a candidate for. One call: without a cache of its own each costs apt a second.
    choose() {
        # shellcheck disable=SC2086
        known=" $(apt-cache policy $missing 2>/dev/null | sed -n '/^[^ ]/{s/:.*//;h};/Candidate: [^(]/{x;p;x}' | tr '\n' ' ') "
        chosen=
        unknown=
        while read -r names; do
            name=
            for one in $names; do
                case $known in *" $one "*) name=$one && break ;; esac
            done
            if [ -n "$name" ]; then chosen="$chosen $name"; else unknown="$unknown $names"; fi
        done <<LIST
$missing
LIST
        [ -z "$unknown" ]
    }
    mkdir -p "$out"
    log=$out/apt.log
    : >"$log"
    echo "Installing Debian packages (a minute or two; $log): $(echo "$missing" | cut -d' ' -f1 | tr '\n' ' ')" >&2
    choose || apt update >>"$log" 2>&1 || true
    if ! choose; then
        tail -n 5 "$log" >&2
        echo "apt knows no:$unknown" >&2
        exit 3
    fi
    # shellcheck disable=SC2086
    install_them() { apt install --no-install-recommends $chosen >>"$log" 2>&1; }
    # Lists that are older than the mirror name files that it no longer has: then once more with fresh ones.
    install_them || { apt update >>"$log" 2>&1 && install_them; } || {
        tail -n 20 "$log" >&2
        echo "apt could not install them. As root:" >&2
        echo "$line" >&2
        exit 3
    }
    # shellcheck disable=SC2086
    state="$(cat $lists "$0" | cksum) $(stat -c %Y.%s /var/lib/dpkg/status)"
fi
mkdir -p "$out"
echo "$state" >"$stamp"
