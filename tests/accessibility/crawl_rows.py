# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows that are walked: every task in every language by touch alone and by the zones of speech mode alone."""
import kiosk_process
import shot
from crawl import crawl

TESTS = ["crawl_touch", "crawl_speech", "crawl_depth"]
PARTS = ["touch", "speech-1", "speech-2"]


def run(tallies, wanted, part, out):
    hand, _, half = part.partition("-")
    if f"crawl_{hand}" not in wanted and not (hand == "touch" and "crawl_depth" in wanted):
        return
    # Of half as many pixels each way: the same layout, drawn in a quarter of the time.
    folder, panel = kiosk_process.TMP, shot.Panel(coarse=2)
    made = shot.Scenes(out / "scenes", shot.write_feeds(folder), folder / "crawl-scenes.log")
    made.say(panel.command())
    languages = shot.LANGUAGES if not half else shot.LANGUAGES[int(half) - 1::2]
    for lang in languages:
        crawl(made, panel, lang, hand, tallies[f"crawl_{hand}"], tallies["crawl_depth"] if hand == "touch" else None)
    made.close()
