#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""run.py --out build [--pulls N] [--seed N] [PART...]   boots the image in an emulator and tries it; one line a case, the last line is
`N passed, N failed`.

PART: boot, closed, hung, plug, slots, network, settings; all of them without. They follow one another on one card, as in a life.
Logs (what the serial port said, pictures that were not as they should be) are in build/test-image. --pulls: how often the plug is pulled.
"""
import argparse
import shutil
import signal
import sys
import time
import traceback
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent.parent / "tests")]
import surroundings  # noqa: E402
from stage import Stage, setup_tests  # noqa: E402


class Report:
    """Counts cases and prints a line for each."""

    def __init__(self):
        self.passed = self.failed = 0

    def run(self, part, name, case):
        """Whether CASE held; it may give back a word to print behind its name."""
        began = time.monotonic()
        try:
            detail = case()
        except Exception as fault:  # a case that breaks is a case that failed, whatever broke
            self.failed += 1
            why = " ".join(str(fault).split()) or type(fault).__name__
            print(f"not ok  {part}: {name}: {why[:1500]}", flush=True)
            if not isinstance(fault, AssertionError):
                traceback.print_exc(limit=-4, file=sys.stdout)
            return False
        self.passed += 1
        print(f"ok      {part}: {name}{f' ({detail})' if detail else ''}  {time.monotonic() - began:.0f} s", flush=True)
        return True

    def missed(self, part, name, because):
        self.failed += 1
        print(f"not ok  {part}: {name}: not tried, since {because} failed", flush=True)


def play(report, stage, parts, wanted):
    for part, cases in parts:
        if wanted and part not in wanted:
            continue
        broken = None
        for name, case, is_ground in cases(stage):
            if broken:
                report.missed(part, name, f"“{broken}”")
            elif not report.run(part, name, case) and is_ground:
                broken = name


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--out", required=True, type=Path)
    options.add_argument("--pulls", type=int, default=5)
    options.add_argument("--seed", type=int, default=int(time.time()))
    options.add_argument("part", nargs="*")
    arguments = options.parse_args()
    out = arguments.out.resolve()
    setup_tests(out)
    import cases  # its modules read there where the programs are

    image = out / "image/oppslag.img"
    report, folder = Report(), out / "test-image"
    unknown = set(arguments.part) - {name for name, _ in cases.PARTS}
    if unknown:
        sys.exit(f"run.py: no part {' '.join(unknown)}")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if image.is_file():
        surroundings.private_network(folder)
        print(f"# seed {arguments.seed}", flush=True)
        stage = Stage(image, out, folder, arguments.seed)
        stage.pulls = arguments.pulls
        try:
            play(report, stage, cases.PARTS, arguments.part)
        finally:
            stage.close()
    else:
        report.missed("boot", "the image", "make image")
    print(f"{report.passed} passed, {report.failed} failed")
    return 1 if report.failed or not report.passed else 0


signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
sys.exit(main())
