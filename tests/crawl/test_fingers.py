#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random fingers through the real program, under the sanitizers; `make accessibility` gives it a million events."""
import os
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "accessibility")]
import fingers  # noqa: E402
import lists  # noqa: E402

SEED, EVENTS = 20261124, 24000


def main():
    tally = lists.Tally()
    views, _ = fingers.run(os.environ["OPPSLAG_KIOSK"], SEED, EVENTS, tally, ["--size", "800x480", "--diagonal", "24"])
    print("".join(f"# {what}\n" for what in tally.first) + f"{'not ok' if tally.failed else 'ok'} {EVENTS} events, seed {SEED}")
    print(f"{'ok' if len(views) >= 6 else 'not ok'} they went to {len(views)} views: {' '.join(sorted(views))}")
    return 1 if tally.failed or len(views) < 6 else 0


sys.exit(main())
