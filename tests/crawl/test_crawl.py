#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every task of the screen by touch alone and by ear alone, in Norwegian and in Arabic; `make accessibility` does it in all languages.
test: timeout=300"""
import os
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "accessibility")]
import kiosk_process  # noqa: E402
import lists  # noqa: E402
import shot  # noqa: E402
from crawl import crawl  # noqa: E402


def main():
    out, failed = pathlib.Path(os.environ["O"]), 0
    made = shot.Scenes(out / "scenes", shot.write_feeds(kiosk_process.TMP), kiosk_process.TMP / "scenes.log")
    panel = shot.Panel(coarse=2)
    made.say(panel.command())
    for lang in ("nb", "ar"):
        for hand in ("touch", "speech"):
            tally, depth = lists.Tally(), lists.Tally()
            crawl(made, panel, lang, hand, tally, depth if hand == "touch" else None)
            for name, one in (("tasks", tally), ("three touches", depth)):
                if one.tried:
                    failed += one.failed
                    print("".join(f"# {what}\n" for what in one.first) + f"{'not ok' if one.failed else 'ok'} {hand} {lang} {name} ({one.tried})", flush=True)
    return 1 if made.close() or failed else 0


sys.exit(main())
