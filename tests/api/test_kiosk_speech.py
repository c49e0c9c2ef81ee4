#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Speech in the running kiosk, on a display of its own: a key begins it, samples come out of SDL's disk driver, a key silences it; and
where there is no sound the screen says so and goes on."""
import array
import os
import pathlib
import sys
import time

from display import Display
from kiosk_process import TMP, Kiosk, Verdicts, centre, write_json

PLAIN = os.environ["OPPSLAG_KIOSK_PLAIN"]
verdicts = Verdicts()
case = verdicts.case
FEED = write_json("feed.json", centre(activities=2))
SOUND = TMP / "samples.raw"


def start(display, driver):
    return Kiosk("--feed", str(FEED), "--time", "2026-11-24T09:30", program=PLAIN,
                 env={**display.env, "SDL_AUDIODRIVER": driver, "SDL_DISKAUDIOFILE": str(SOUND), "SDL_DISKAUDIODELAY": "46"})


def threads(kiosk):
    return len(list(pathlib.Path(f"/proc/{kiosk.process.pid}/task").iterdir()))


with Display() as display:
    with case("a key begins speech, which sounds within a second and is silenced by the next key"), start(display, "disk") as kiosk:
        kiosk.await_event("ready")
        before = threads(kiosk)
        display.key("F5")
        pressed = kiosk.await_event("speech_key")
        welcome = kiosk.await_event("speech")
        assert welcome["cause"] == "welcome" and welcome["lang"] == "nb" and "tre store felt" in welcome["text"]
        assert welcome["t_ms"] - pressed["t_ms"] <= 1000, f"after {welcome['t_ms'] - pressed['t_ms']} ms"
        # One thread for it, and those of SDL.
        assert threads(kiosk) > before
        time.sleep(1)  # of speech that is to sound
        display.key("Right")
        tap = kiosk.await_event("tap", item="speech/forward")
        end = kiosk.await_event("speech_end")
        assert end["cause"] == "new" and end["t_ms"] - tap["t_ms"] <= 200, f"after {end['t_ms'] - tap['t_ms']} ms"
        focus = kiosk.await_event("speech")
        assert focus["cause"] == "focus" and focus["t_ms"] >= end["t_ms"]
        end = kiosk.await_event("speech_end")
        assert end["cause"] == "end"
        # Heard out: as long as such words take, 140 a minute.
        assert 400 <= end["t_ms"] - focus["t_ms"] <= 400 + 250 * len(focus["text"]), (focus, end)
        assert kiosk.end() == 0
        samples = array.array("h", SOUND.read_bytes())
        loud = sum(1 for sample in samples if abs(sample) > 300)
        assert loud > 22050 // 2, f"{loud} of {len(samples)} samples"

    with case("with no sound the screen says so, and goes on"), start(display, "nosuch") as kiosk:
        kiosk.await_event("ready")
        display.key("F5")
        kiosk.await_event("speech_key")
        kiosk.await_event("picture")
        for _ in range(2):
            display.key("Right")
            kiosk.await_event("tap", item="speech/forward")
            time.sleep(0.6)  # the same key is deaf for half a second
        assert kiosk.end() == 0
        assert kiosk.said().count("nothing is said aloud") == 1, kiosk.said()

sys.exit(verdicts.code())
