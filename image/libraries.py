#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""libraries.py ROOT FILE…: names the shared libraries that FILE needs, directly or not, and that ROOT does not have.

Read from the ELF headers by readelf, so that nothing of the other machine runs.
"""
import re
import subprocess
import sys
from pathlib import Path

FOLDERS = ["usr/lib/aarch64-linux-gnu", "usr/lib", "usr/lib/systemd"]


def needed(path):
    """The names that PATH needs, and the folders of its own where it looks for them."""
    out = subprocess.run(["readelf", "-d", path], capture_output=True, text=True, check=True).stdout
    own = ":".join(re.findall(r"\(RUNPATH\).*\[(.*)\]", out)).replace("$ORIGIN", str(path.parent))
    return re.findall(r"\(NEEDED\).*\[(.*)\]", out), [folder.lstrip("/") for folder in own.split(":") if folder]


def find(root, name, own):
    return next((root / folder / name for folder in own + FOLDERS if (root / folder / name).exists()), None)


def main(root, *files):
    root = Path(root)
    todo = [(root / file, file) for file in files]
    seen, missing = set(), []
    while todo:
        path, asked_by = todo.pop()
        if not path.exists():
            missing.append(f"{path.relative_to(root)} does not exist")
            continue
        names, own = needed(path)
        for name in names:
            if name in seen:
                continue
            seen.add(name)
            library = find(root, name, own)
            if library:
                todo.append((library, name))
            else:
                missing.append(f"{name}, which {asked_by} needs")
    for line in missing:
        print(line, file=sys.stderr)
    return bool(missing)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
