#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""wall.py --out O   the kiosk on a graphics card and input devices of its own, in a machine of the emulator's (guest.py): what is seen, touched,
typed and plugged there, and what SDL's own way costs beside ours. Prints TAP lines, and the figures as JSON."""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import time

from PIL import Image, ImageChops

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
os.environ.setdefault("TMPDIR", "/tmp")
from guest import Machine  # noqa: E402
from kiosk_process import Verdicts  # noqa: E402

SOURCE = HERE.parent.parent
FEED = SOURCE / "assets/sample/centre.json"
CONNECTOR = "/sys/class/drm/card0-Virtual-1"
verdicts = Verdicts()
case = verdicts.case


class Wall:
    """A kiosk in the machine. Its events are awaited; it ends with `with`."""

    def __init__(self, machine, out, *options, at="2026-11-24T09:41"):
        self.machine, self.out = machine, out
        self.options = ["--feed", FEED, *options]
        self.at = at

    def __enter__(self):
        words = " ".join(map(str, self.options))
        self.machine.sh(f"rm -f /run/ev /run/log; OPPSLAG_DATADIR={self.out}/share {self.out}/oppslag-kiosk {words} --time {self.at} --data /run/data "
                        "--events /run/ev >/run/log 2>&1 & kiosk=$!")
        return self

    def __exit__(self, *unused):
        self.machine.sh("kill $kiosk; wait $kiosk")

    def events(self):
        return [json.loads(line) for line in self.machine.sh("cat /run/ev 2>/dev/null").splitlines() if line.endswith("}")]

    def log(self):
        return self.machine.sh("cat /run/log")

    def await_log(self, text, timeout=120):
        self.await_that(lambda: text in self.log(), f"the log never says {text!r}", timeout)

    def await_event(self, kind, seen=0, timeout=120, **fields):
        """The first event of that kind and fields after the SEEN first events."""
        def look():
            for event in self.events()[seen:]:
                if event["kind"] == kind and all(event.get(key) == value for key, value in fields.items()):
                    return event
            return None
        return self.await_that(look, f"no {kind} {fields}", timeout)

    def await_that(self, look, otherwise, timeout=120):
        end = time.monotonic() + timeout
        while not (found := look()):
            assert time.monotonic() < end, f"{otherwise}: {self.machine.sh('tail -n 8 /run/ev /run/log 2>&1')}"
        return found

    def is_running(self):
        return self.machine.sh("kill -0 $kiosk && echo yes").strip() == "yes"

    def picture(self):
        return Image.open(self.machine.picture(self.machine.out / "seen.png")).convert("RGB")

    def render(self, *more):
        """The same view by itself: picture and display list."""
        made = [self.machine.out / "made.png", self.machine.out / "made.json"]
        subprocess.run([str(word) for word in [self.out / "oppslag-kiosk", *self.options, "--time", self.at, "--picture", made[0], "--list", made[1], *more]],
                       check=True, env={**os.environ, "OPPSLAG_DATADIR": str(self.out / "share")}, timeout=60)
        return Image.open(made[0]).convert("RGB"), json.loads(made[1].read_text())

    def middle(self, item):
        """Of the upright picture, 0 to 1."""
        listed = self.render()[1]
        x, y, w, h = next(i["hit_px"] for i in listed["items"] if i["id"] == item)
        return (x + w / 2) / listed["size_px"][0], (y + h / 2) / listed["size_px"][1]


def await_picture(wall, expected):
    wall.await_that(lambda: ImageChops.difference(wall.picture(), expected).getbbox() is None, "another picture is seen", 60)


def seen_and_touched(machine, out):
    with Wall(machine, out) as wall:
        wall.await_event("ready", w=1920, h=1080)
        with case("the panel shows the picture that is drawn, bit by bit"):
            await_picture(wall, wall.render()[0])
        with case("a pointer that knows its place is a finger"):
            wall.await_log("can be touched: QEMU Virtio Tablet")
            machine.tap(*wall.middle("help"))
            wall.await_event("picture", view="help")
        with case("no key leads out, and none reaches a console"):
            pid = machine.sh("echo $kiosk")
            for keys in (("ctrl", "alt", "f2"), ("ctrl", "alt", "delete"), ("alt", "sysrq", "b"), ("alt", "f4"), ("ctrl", "c"), ("ctrl", "q")):
                machine.key(*keys)
            time.sleep(1)  # what must not happen has no event
            assert wall.is_running() and machine.sh("echo $kiosk") == pid, "the kiosk ended"
            heard = [event for event in wall.events() if event["kind"] == "speech_key"]
            assert not heard, heard
        with case("an arrow key begins speech"):
            machine.key("right")
            wall.await_event("speech_key")


def turned(machine, out):
    with Wall(machine, out, "--rotate", "90") as wall:
        wall.await_event("ready")
        with case("on a panel that hangs on its side picture and finger are turned"):
            await_picture(wall, wall.render()[0].transpose(Image.Transpose.ROTATE_270))
            x, y = wall.middle("help")
            wall.await_log("can be touched")
            machine.tap(1 - y, x)
            wall.await_event("view", view="help")


def two_hands(machine, out):
    with Wall(machine, out) as wall:
        wall.await_event("ready")
        wall.await_log("can be touched")
        x, y = wall.middle("help")
        other = wall.middle("home")
        with case("a touch panel that is plugged in is a finger, a second contact is none, and it may go again"):
            machine.sh("coproc panel { exec python3 " + str(HERE / "panel.py") + "; }")
            wall.await_log("can be touched: Made-up touch panel")
            script = [f"down 0 {x} {y}", f"down 1 {other[0]} {other[1]}", "wait 0.1", "up 1", "wait 0.1", "up 0"]
            machine.sh("printf '%s\\n' " + " ".join(f"'{line}'" for line in script) + " >&${panel[1]}")
            wall.await_event("view", view="help")
            assert len([event for event in wall.events() if event["kind"] == "tap"]) == 1
            machine.sh("eval \"exec ${panel[1]}>&-\"; wait $panel_PID")
            wall.await_log("gone: Made-up touch panel")


def plugged(machine, out):
    def plug(state):
        machine.sh(f"echo {state} >{CONNECTOR}/status; udevadm trigger --action=change --settle /sys/class/drm/card0")

    with Wall(machine, out) as wall:
        wall.await_event("ready")
        with case("a display that is pulled out and comes back is shown on again"):
            plug("off")
            wall.await_log("no display is plugged in")
            assert wall.is_running()
            machine.sh(">/run/log")
            plug("on")
            wall.await_log("1920x1080")
            await_picture(wall, wall.render()[0])
    plug("off")
    with case("with no display at the start it waits for one"):
        with Wall(machine, out) as wall:
            wall.await_event("ready", w=1920, h=1080)
            wall.await_log("no display is plugged in")
            plug("on")
            await_picture(wall, wall.render()[0])
    plug("detect")


def dark(machine, out):
    light = f"cat {CONNECTOR}/dpms"
    with Wall(machine, out, "--set", "panel-off=yes", "--set", "night=22-06", at="2026-11-24T22:30") as wall:
        with case("by night the panel's light goes out, and a finger brings it back"):
            wall.await_event("ready")
            wall.await_that(lambda: machine.sh(light).strip() == "Off", "the light stays on", 300)
            machine.tap(0.5, 0.5)
            wall.await_that(lambda: machine.sh(light).strip() == "On", "the light stays off", 60)


def at_rest(machine, out, seconds=120):
    count = "awk '/^voluntary/{print $2}' /proc/$kiosk/task/$kiosk/status"

    def sleeps_after(pause):
        time.sleep(pause)
        return int(machine.sh(count))

    def worked(pause=10):
        """Hundredths of a second on a processor."""
        return int(machine.sh("was=$(awk '{print $14 + $15}' /proc/$kiosk/stat); sleep %d; awk -v was=$was '{print $14 + $15 - was}' /proc/$kiosk/stat" % pause))

    with Wall(machine, out) as wall:
        wall.await_event("ready")
        wall.await_log("can be touched")
        with case("at rest the drawing thread wakes once a minute"):
            # What is a touch away is made ready first: that is work, not sleep.
            wall.await_that(lambda: worked() <= 10, "it never rests", 300)
            before = int(machine.sh(count))
            wakes = sleeps_after(seconds) - before
            pss = int(machine.sh("awk '/^Pss:/{print $2}' /proc/$kiosk/smaps_rollup"))
            print(json.dumps({"name": "wall_rest", "wakes": wakes, "seconds": seconds, "pss_kb": pss}), flush=True)
            # A picture that is shown waits for the card, for less than a millisecond: two sleeps a minute.
            assert wakes <= 2 * (seconds // 60 + 1), f"{wakes} in {seconds} s"


def another(machine, out):
    with Wall(machine, out) as wall:
        wall.await_event("ready", w=1920, h=1080)
        wall.await_log("can be touched")
        with case("a display of another size ends the program in good order, and is filled by the next one"):
            viewer = machine.resize(1280, 1024)
            wall.await_log("another panel is there")
            assert machine.sh("wait $kiosk; echo $?", 60).strip() == "0"
            with Wall(machine, out, "--size", "640x480") as next_one:  # a wish that counts only where it can be had
                next_one.await_event("ready", w=640, h=480)
            with Wall(machine, out) as next_one:
                next_one.await_event("ready", w=1280, h=1024)
            viewer.close()


def gone(machine, out):
    with Wall(machine, out) as wall:
        wall.await_event("ready")
        wall.await_log("can be touched")
        with case("a card that goes ends the program in good order"):
            machine.sh("echo 1 >/sys/class/drm/card0/device/remove")
            wall.await_log("another panel is there")
            assert machine.sh("wait $kiosk; echo $?", 60).strip() == "0"


def weigh(machine, out):
    """Each thrice, the last one counts: the first ones read files that the host gives slowly."""
    shown = {}
    for name, more in (("wall", ""), ("sdl", "SDL_VIDEODRIVER=kmsdrm")):
        for seconds in (1, 1, 20):
            said = machine.sh(f"OPPSLAG_DATADIR={out}/share {more} {out}/bench_presenter {name} {seconds}", 300)
        shown[name] = json.loads(next(line for line in said.splitlines() if line.startswith("{")))
        print(json.dumps(shown[name]), flush=True)
    with case("ours is sooner, smaller and quieter than SDL's own way"):
        assert all(shown["wall"][key] < shown["sdl"][key] for key in ("shown_ms", "pss_kb", "wakes"))


PARTS = {part.__name__: part for part in (seen_and_touched, turned, two_hands, plugged, dark, at_rest, weigh, another, gone)}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("build"))
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all by default, in this order")
    args = parser.parse_args()
    out = args.out.resolve()
    scratch = out / "wall"
    scratch.mkdir(parents=True, exist_ok=True)
    with Machine(scratch) as machine:
        for name in args.parts or PARTS:
            PARTS[name](machine, out)
    return verdicts.code()


if __name__ == "__main__":
    sys.exit(main())
