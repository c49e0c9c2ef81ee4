#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# test: timeout=300
"""Pictures keep their pace in every kind of script. `make bench` measures; this only notices when something has become many times slower."""
import json
import os
import pathlib
import subprocess
import sys

from kiosk_process import Verdicts

PLAIN = pathlib.Path(os.environ["OPPSLAG_KIOSK_PLAIN"])
SOURCE = pathlib.Path(os.environ.get("OPPSLAG_SOURCE", "."))
# How often a redraw of home in Norwegian, which is hardly more than moving memory, goes into: a redraw, 99 of 100 pictures that were made
# ready, and 99 of 100 that are drawn for the first time. Two to three times what is measured.
REDRAW, READY, FIRST = 3, 10, 15
verdicts = Verdicts()
case = verdicts.case

with case("no script is many times slower than another"):
    done = subprocess.run([PLAIN.parent / "bench_kiosk", "nb", "ru", "vi", "ti", "ar", "ur"], cwd=SOURCE, capture_output=True, text=True,
                          check=False, env=dict(os.environ, OPPSLAG_DATADIR=str(PLAIN.parent / "share")))
    assert done.returncode == 0, done.stderr
    measured = {line["lang"]: line for line in map(json.loads, done.stdout.splitlines()) if line["what"] == "language"}
    assert len(measured) == 6, measured.keys()
    unit = measured["nb"]["redraw_ms"]
    for lang, line in measured.items():
        for what, most in (("redraw_ms", REDRAW), ("ready_p99_ms", READY), ("first_p99_ms", FIRST)):
            assert line[what] <= most * unit, f"{lang}: {what} {line[what]}, more than {most} times {unit}"

sys.exit(verdicts.code())
