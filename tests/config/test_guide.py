#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The installation guide says the same in both languages, and what it tells a caretaker to write is a setting that the screen takes."""
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FAILED = []


def guide(name):
    return (ROOT / "image" / name).read_text(encoding="utf-8")


def settings(text):
    """What the guide has a caretaker write, as one settings file: the table's examples and the indented lines."""
    return "\n".join(re.findall(r"^\| `([a-z-]+ = [^`]+)` \|", text, re.M) + re.findall(r"^    ([a-z.-]+ = .*)$", text, re.M)) + "\n"


def structure(text):
    """Headings' numbers, tables' rows, pictures and code: what does not depend on the language."""
    rows = [len(re.findall(r"^\|", part, re.M)) for part in re.split(r"^## ", text, flags=re.M)]
    return rows, re.findall(r"\]\(([^)]+\.png)\)", text), settings(text)


def check(name, good, note=""):
    print(f"{'ok' if good else 'not ok'} - {name}{'' if good else f': {note}'}")
    if not good:
        FAILED.append(name)


def the_same_in_both():
    for what, one, other in zip(("rows", "pictures", "settings"), structure(guide("README.md")), structure(guide("README.en.md"))):
        check(f"both languages have the same {what}", one == other, f"{one}\n{other}")


def links_lead_somewhere():
    for name in ("README.md", "README.en.md"):
        lost = [path for path in re.findall(r"\]\(((?!https?:)[^)#]+)\)", guide(name)) if not (ROOT / "image" / path).exists()]
        check(f"{name}: each link leads to a file", not lost, lost)


def settings_are_settings():
    with tempfile.TemporaryDirectory() as folder:
        ini = Path(folder, "oppslag.ini")
        ini.write_text(settings(guide("README.md")), encoding="utf-8")
        Path(folder, "kommune.pem").write_bytes(Path("/etc/ssl/certs/ca-certificates.crt").read_bytes()[:4096])
        done = subprocess.run([os.environ["OPPSLAG_KIOSK"], "--config", ini, "--system", Path(folder, "system")], capture_output=True,
                              text=True, timeout=60, check=False)
        check("the screen takes every line that the guide has one write", done.returncode == 0 and not done.stderr.strip(), done.stderr)


for part in (the_same_in_both, links_lead_somewhere, settings_are_settings):
    part()
sys.exit(1 if FAILED else 0)
