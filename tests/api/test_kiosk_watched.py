#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the real kiosk tells systemd, and what it writes of itself: ready after the picture, the watchdog fed by the drawing thread and by
nothing else, a black box that says why it started."""
import ctypes
import os
import queue
import re
import signal
import socket
import struct
import sys
import threading
import time

from kiosk_process import TMP, Central, FeedServer, Kiosk, Verdicts, centre, minutes_ago, write_json

verdicts = Verdicts()
case = verdicts.case
PERIOD_S = 2.0  # of the watchdog; the loop's own deadline is half of it


class Systemd:
    """The socket that systemd gives a service, with the sender's process and the time of each word."""
    count = 0

    def __init__(self, watchdog_s=None):
        Systemd.count += 1
        self.path = TMP / f"notify-{Systemd.count}"
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        self.socket.bind(str(self.path))
        self.words, self.all = queue.Queue(), []
        self.env = {"NOTIFY_SOCKET": str(self.path), "XDG_STATE_HOME": str(TMP)}
        if watchdog_s:
            self.env["WATCHDOG_USEC"] = str(int(watchdog_s * 1e6))
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        while True:
            word, ancillary, _, _ = self.socket.recvmsg(4096, socket.CMSG_SPACE(struct.calcsize("3i")))
            now = time.clock_gettime(time.CLOCK_BOOTTIME)
            sender = struct.unpack("3i", ancillary[0][2])[0]
            self.words.put((word.decode(), sender, now))

    def next(self, timeout):
        try:
            word = self.words.get(timeout=timeout)
        except queue.Empty:
            return None
        self.all.append(word)
        return word

    def await_word(self, word, timeout=60):
        until = time.monotonic() + timeout
        while time.monotonic() < until:
            got = self.next(max(0.01, until - time.monotonic()))
            if got and got[0].startswith(word):
                return got
        raise AssertionError(f"no {word} within {timeout} s after {self.all[-5:]}")

    def drain(self):
        while not self.words.empty():
            self.next(0.01)

    def assert_silent(self, seconds):
        got = self.next(seconds)
        while got and not got[0].startswith("WATCHDOG"):
            got = self.next(seconds)
        assert got is None, f"{got[0]} came from a stuck drawing thread"


def held(pid):
    """Stops the one thread PID, as a debugger does; its others run on. Returns what lets it go."""
    seize, interrupt, detach, all_children = 0x4206, 0x4207, 17, 0x40000000
    libc = ctypes.CDLL(None, use_errno=True)
    libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]

    def ask(what):
        assert libc.ptrace(what, pid, None, None) == 0, os.strerror(ctypes.get_errno())
    ask(seize)
    ask(interrupt)
    os.waitpid(pid, all_children)
    return lambda: ask(detach)


def box_lines(folder, name="black-box.txt"):
    return [re.sub(r"^\d{4}-\d\d-\d\d \d\d\.\d\d  ", "", line) for line in (folder / name).read_text(encoding="utf-8").splitlines()]


FEED = write_json("centre.json", centre())


with case("READY comes after the picture, then a status, and STOPPING at the end"):
    systemd = Systemd()
    with Kiosk("--feed", str(FEED), "--size", "1280x720", env=systemd.env) as kiosk:
        boot = kiosk.await_event("start")["boot_ms"]
        word, sender, at = systemd.await_word("")
        assert word == "READY=1", word
        assert sender == kiosk.process.pid
        picture = kiosk.await_event("picture")
        assert boot + picture["t_ms"] <= at * 1000 + 1, f"ready at {at * 1000 - boot:.0f} ms, the picture at {picture['t_ms']} ms"
        assert "solbakken" in systemd.await_word("STATUS=")[0]
        assert kiosk.end() == 0
        systemd.await_word("STOPPING=1")
    assert not any(word.startswith("WATCHDOG") for word, _, _ in systemd.all), "nobody asked for signs of life"

with case("no READY before a picture that never comes"):
    systemd = Systemd()
    env = {**systemd.env, "OPPSLAG_DATADIR": str(TMP / "nowhere")}
    with Kiosk("--feed", str(FEED), "--size", "1280x720", env=env) as kiosk:
        assert kiosk.wait() == 3
    assert systemd.next(0.2) is None or not any(word == "READY=1" for word, _, _ in systemd.all)

with case("the watchdog hears from the drawing loop, and from it alone"), FeedServer(Central(centre(generated=minutes_ago(5)))) as server:
    systemd = Systemd(PERIOD_S)
    central = server.answer
    with Kiosk("--feed", server.url(), "--size", "1280x720", env=systemd.env) as kiosk:
        kiosk.await_event("feed", **{"from": "central"})
        times = [systemd.await_word("WATCHDOG=1")[2] for _ in range(4)]
        steps = [b - a for a, b in zip(times, times[1:])]
        assert all(PERIOD_S / 4 - 0.05 <= step < PERIOD_S for step in steps), steps
        assert all(sender == kiosk.process.pid for _, sender, _ in systemd.all)
        # The whole program stopped: systemd would act after PERIOD_S.
        kiosk.process.send_signal(signal.SIGSTOP)
        systemd.drain()
        systemd.assert_silent(1.5 * PERIOD_S)
        kiosk.process.send_signal(signal.SIGCONT)
        systemd.await_word("WATCHDOG=1", 5)
        # The drawing thread alone: the worker goes on, as its next poll proves, and must not speak for it.
        let_go = held(kiosk.process.pid)
        systemd.drain()
        while not server.requests.empty():
            server.requests.get()
        central.publish(centre(version=2, generated=minutes_ago(1)))
        server.next_request(10)
        systemd.assert_silent(1.5 * PERIOD_S)
        let_go()
        systemd.await_word("WATCHDOG=1", 5)
        kiosk.await_event("feed", version=2)
        assert kiosk.end() == 0

with case("the black box says how each run began and ended"):
    folder, runtime = TMP / "box", TMP / "runtime"
    runtime.mkdir()
    sys_root = TMP / "sys"
    hwmon = sys_root / "class/hwmon/hwmon0"
    hwmon.mkdir(parents=True)
    (hwmon / "name").write_text("rpi_volt\n")
    (hwmon / "in0_lcrit_alarm").write_text("0\n")
    env = {"OPPSLAG_SYS": str(sys_root), "RUNTIME_DIRECTORY": str(runtime)}

    def run(end):
        with Kiosk("--feed", str(FEED), "--size", "1280x720", "--set", f"black-box={folder}", env=env) as one:
            one.await_event("ready")
            until = time.monotonic() + 20
            while not (folder / "black-box.txt").exists() or "startet (versjon" not in box_lines(folder)[-1]:
                assert time.monotonic() < until, "no line that it started"
                one.process.poll()
                os.sched_yield()
            one.end(end)
            return one.said()

    run(signal.SIGTERM)
    assert re.fullmatch(r"Skjermen startet \(versjon [\d.]+\)", box_lines(folder)[0]), box_lines(folder)
    assert box_lines(folder)[1:] == ["Skjermen ble slått av"], box_lines(folder)
    run(signal.SIGKILL)
    with open(folder / "black-box.txt", "a", encoding="utf-8") as box:
        box.write("2026-11-24 09.4")  # as a power cut may leave it
    run(signal.SIGTERM)
    assert box_lines(folder)[3] == "Før dette ble strømmen brutt, eller maskinen stanset brått", box_lines(folder)
    for result, line in (("watchdog", "Programmet ble startet på nytt av vakthunden: bildet sto fast"),
                         ("oom-kill", "Programmet ble startet på nytt: minnet tok slutt"),
                         ("signal", "Programmet ble startet på nytt etter en feil (signal)")):
        (runtime / "ended").write_text(result + "\n")
        run(signal.SIGTERM)
        assert box_lines(folder)[-3] == line, box_lines(folder)[-4:]
        assert not (runtime / "ended").exists()

with case("weak power is in the log and in the black box; a folder that takes nothing ends nothing"):
    folder = TMP / "weak"
    (hwmon / "in0_lcrit_alarm").write_text("1\n")
    with Kiosk("--feed", str(FEED), "--size", "1280x720", "--set", f"black-box={folder}", env=env) as kiosk:
        kiosk.await_event("ready")
        kiosk.end()
        assert kiosk.said().count("The power is too weak") == 1, kiosk.said()
    assert "Strømmen er for svak" in box_lines(folder), box_lines(folder)
    with Kiosk("--feed", str(FEED), "--size", "1280x720", "--set", "black-box=/proc/nowhere", env=env) as kiosk:
        kiosk.await_event("ready")
        assert kiosk.end() == 0
        assert "black box" in kiosk.said()

sys.exit(verdicts.code())
