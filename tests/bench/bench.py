#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench.py --out O [PART...]   prints one JSON object a line: what was measured, the figure, its peer's and the budget.

Parts: core (feed, rules, days), drawing (every picture in every language), month (memory over a replayed month), web (answers a second beside
nginx), wall (beside Chromium in kiosk mode). Both sides
of a comparison are measured in this run, turn about: machines differ, ratios count.
"""
import argparse
import contextlib
import datetime
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import measure
import wall
import web

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SAMPLE = ROOT / "assets/sample/centre.json"
PARTS = ("core", "drawing", "month", "web", "wall")


@contextlib.contextmanager
def central(out):
    """A central with the sample centre; yields its feed's address for browsers and for screens."""
    program = out / "oppslag-central"
    with tempfile.TemporaryDirectory(prefix="oppslag-bench.") as tmp:
        database = ["--database", f"sqlite:{tmp}/oppslag.sqlite"]
        today = datetime.date.today().isoformat()
        subprocess.run([program, "centre", "add", "solbakken", "--from", SAMPLE, "--sample-today", today, *database], check=True,
                       stdout=subprocess.DEVNULL)
        with measure.running([program, "serve", *database, "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True) as process:
            words = process.stdout.readline().split()
            if words[:1] != ["listening"]:
                raise SystemExit("bench: oppslag-central does not start")
            yield words[1] + "feed/v1/solbakken", words[3] + "feed/v1/solbakken"


def month(out):
    """tests/replay/run_month.py, which says what it measured in a remark."""
    with tempfile.TemporaryDirectory(prefix="oppslag-bench.") as tmp:
        kiosk = str(out / "oppslag-kiosk")
        env = dict(os.environ, OPPSLAG_KIOSK=kiosk, OPPSLAG_KIOSK_PLAIN=kiosk, OPPSLAG_DATADIR=str(out / "share"), TMPDIR=tmp,
                   PYTHONPATH=str(ROOT / "tests"))
        done = subprocess.run([sys.executable, ROOT / "tests/replay/run_month.py"], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    found = re.search(r"(\d+) KB after 3 days, (\d+) KB after 30 with (\d+) visits; ([\d.]+) s", done.stdout)
    if not found:
        raise SystemExit(f"bench: the month is not played: {done.stdout}{done.stderr}")
    few, many = int(found[1]) / 1024, int(found[2]) / 1024
    measure.emit(what="month", visits=int(found[3]), mb_after_3_days=few, mb_after_30_days=many, times=many / few, budget_times=1.05, cpu_s=float(found[4]))


def main():
    options = argparse.ArgumentParser(description="measure")
    options.add_argument("--out", required=True)
    options.add_argument("parts", nargs="*", choices=[*PARTS, []])
    args = options.parse_args()
    out, parts = pathlib.Path(args.out).resolve(), args.parts or PARTS
    for name in [n for n in os.environ if n.lower().endswith("_proxy")]:
        del os.environ[name]
    measure.emit(what="machine", cores=os.cpu_count(), load=os.getloadavg()[0])
    for part, program in (("core", "bench_core"), ("drawing", "bench_kiosk")):
        if part in parts:
            subprocess.run([out / program], check=True, cwd=ROOT, env=dict(os.environ, OPPSLAG_DATADIR=str(out / "share")))
    if "month" in parts:
        month(out)
    if "web" in parts or "wall" in parts:
        with central(out) as (browsers, screens):
            if "web" in parts:
                web.bench(screens, out / "bench_load")
            if "wall" in parts:
                wall.bench(out / "oppslag-kiosk", out / "share", browsers, SAMPLE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
