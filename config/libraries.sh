#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# libraries.sh OUT.mk LIBRARY…   writes each library's flags, as pkg-config knows them, as make variables. Untouched when nothing changed.
set -eu
out=$1
shift
if [ -f "$out" ] && [ "$out" -nt "$0" ] && [ "$out" -nt Makefile ] && [ "$out" -nt /var/lib/dpkg/status ]; then exit 0; fi
mkdir -p "$(dirname "$out")"
{
    echo "LIBRARY_CFLAGS := $(pkg-config --cflags "$@")"
    for library in "$@"; do echo "LIBS_$library := $(pkg-config --libs "$library")"; done
} >"$out.new"
if cmp -s "$out.new" "$out"; then rm "$out.new"; else mv "$out.new" "$out"; fi
