# SPDX-License-Identifier: GPL-3.0-or-later
"""A real X server's contacts: tests/multitouch, counted here."""
import os
import pathlib
import re
import subprocess

import kiosk_process

TESTS = ["multitouch"]
TEST = pathlib.Path(__file__).resolve().parent.parent / "multitouch/test_multitouch.py"


def run(tallies, wanted, part, out):
    done = subprocess.run(["/usr/bin/python3", TEST], capture_output=True, text=True, timeout=150, check=False,
                          env={**os.environ, "TMPDIR": str(kiosk_process.TMP)})
    for verdict, name in re.findall(r"^(not ok|ok) (.*)$", done.stdout, re.M):
        tallies["multitouch"].add(verdict == "ok", name)
    tallies["multitouch"].add(done.returncode == 0, f"ended with {done.returncode}: {done.stderr[-300:]}")
