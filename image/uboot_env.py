#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""uboot_env.py U-BOOT.BIN: prints U-Boot's own environment, changed so that neither a keyboard nor a slow card stops it, for mkenvimage.

Debian's U-Boot for the Raspberry Pi waits two seconds for a key of a USB keyboard and then gives it a prompt. It reads uboot.env from the
FAT partition instead of what is built in, all of it, so what is built in is taken from the program.
"""
import re
import sys
from pathlib import Path

CHANGES = {
    "bootdelay": "-2",  # at once, and no key is looked for
    "stdin": "serial",  # a USB keyboard is not listened to
    "stdout": "serial",  # and nothing is written over the picture
    "stderr": "serial",
    "boot_targets": "mmc usb",  # nothing that a network offers is started
}
EXPECTED = ("bootcmd", "bootdelay", "stdin", "stdout", "stderr", "boot_targets", "board")


def built_in(program):
    """The block of NUL-ended NAME=VALUE that holds bootdelay=."""
    at = program.index(b"\0bootdelay=") + 1
    start = at
    while True:
        before = program.rfind(b"\0", 0, start - 1) + 1
        if not re.match(rb"[A-Za-z_0-9]+=", program[before:start]):
            break
        start = before
    end = program.index(b"\0\0", at)
    return dict(entry.decode("ascii").split("=", 1) for entry in program[start:end].split(b"\0"))


def main(path):
    environment = built_in(Path(path).read_bytes())
    missing = [name for name in EXPECTED if name not in environment]
    if missing:
        sys.exit(f"uboot_env.py: {path} has another environment than expected, without {', '.join(missing)}")
    environment.update(CHANGES)
    # Where it finds nothing to start, such as a card that did not answer in time, it would stop at a prompt for ever.
    environment["bootcmd"] += "; sleep 10; reset"
    for name in sorted(environment):
        print(f"{name}={environment[name]}")


if __name__ == "__main__":
    main(*sys.argv[1:])
