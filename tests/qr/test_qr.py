#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every code of the sample centre on a 24-inch panel, and with the longest addresses, read by two decoders; `make accessibility` takes
every size, theme and rotation."""
import os
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "accessibility")]
import lists  # noqa: E402
import qr_rows  # noqa: E402


def main():
    tallies = lists.Tallies()
    qr_rows.survey(tallies, pathlib.Path(os.environ["O"]), "landscape", diagonals=(24,), themes=("light",), rotations=(0,))
    qr_rows.survey(tallies, pathlib.Path(os.environ["O"]), "portrait", diagonals=(24,), themes=("night",), rotations=(90,))
    for name, tally in sorted(tallies.items()):
        print("".join(f"# {what}\n" for what in tally.first) + f"{'not ok' if tally.failed else 'ok'} {name} ({tally.tried})")
    return 1 if any(t.failed for t in tallies.values()) or tallies["qr_plain"].tried < 10 else 0


sys.exit(main())
