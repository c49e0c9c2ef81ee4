# SPDX-License-Identifier: GPL-3.0-or-later
"""One machine with all that is around it, and what every case does with it: start it, await a view, walk through views, ask inside."""
import datetime
import os
import random
import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

import screen
import surroundings
from machine import Machine, MachineError

ROOT = Path(__file__).resolve().parent.parent.parent
# A busy host makes an emulated machine several times slower; what is measured is its own seconds.
BOOT, SOON, NETWORK = 600, 150, 300
DRAWN = r"Started oppslag-kiosk\.service"
DEAF = 0.7  # a new screen takes no touch for 0.3 s, the same control none for 0.5 s
NOTICE = "inngang"  # the one of the sample that home shows
SSH_HERE, SSH_THERE = 2222, 22
BEFORE_THE_CLOCK = "1970-01-01T00:00:00"  # a Raspberry Pi has no battery


def setup_tests(out):
    """The modules of tests/ read where the programs are from their environment."""
    os.environ.update(
        O=str(out), OPPSLAG_CENTRAL=str(out / "oppslag-central"), OPPSLAG_CENTRAL_PLAIN=str(out / "oppslag-central"), OPPSLAG_SOURCE=str(ROOT),
        OPPSLAG_KIOSK=str(out / "oppslag-kiosk"), OPPSLAG_DATADIR=str(out / "share"), TZ="UTC", LC_ALL="C.UTF-8", SDL_VIDEODRIVER="dummy",
        SDL_AUDIODRIVER="dummy")  # fmt: skip


class Stage:
    """The machine's card lives as long as the stage: each case finds what the one before left on it."""

    SETTINGS = (
        "name = Solbakken inngang",
        f"feed = https://{surroundings.CENTRAL}/feed/v1/solbakken",
        "ca-file = authority.pem",
        f"ntp = {surroundings.NTP}",
        "night = off",
    )

    def __init__(self, image, out, folder, seed):
        from central_process import Browser, Central  # after setup_tests

        self.out, self.folder, self.random = out, folder, random.Random(seed)
        self.figures, self.feed, self.question = [], None, None
        self.pulls, self.began, self.boot_wall = 5, 0, 0
        authority, certificate, key = surroundings.certificates(folder)
        self.names = surroundings.Names({surroundings.CENTRAL: surroundings.HOST, surroundings.NTP: surroundings.HOST})
        self.clock = surroundings.Clock()
        public = f"public-url=https://{surroundings.CENTRAL}"
        self.central = Central(program=str(out / "oppslag-central"), settings=[public], today=self.now().date().isoformat()).start()
        self.central.user("kari")
        self.staff = Browser(self.central.port).log_in("kari")
        self.door = surroundings.Door(self.central, certificate, key)
        self.story = screen.Story(out / "oppslag-kiosk", folder / "story")
        self.machine = Machine(image, folder / "machine", rtc=BEFORE_THE_CLOCK)
        self.key = folder / "key"
        self.key.unlink(missing_ok=True)
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.key], check=True)
        self.settings(*self.SETTINGS)
        self.machine.fat_write("authority.pem", authority.read_bytes())
        self.learn()

    def close(self):
        self.machine.__exit__()
        for serving in (self.door, self.clock, self.names):
            serving.close()
        self.central.__exit__(None)

    # ---- the card ----

    def settings(self, *lines):
        self.machine.fat_write("oppslag.ini", "".join(f"{line}\n" for line in lines).encode())

    def remote(self, wanted):
        """Whether somebody's key lies on the card; only then does SSH answer."""
        if wanted:
            self.machine.fat_write("authorized_keys", Path(f"{self.key}.pub").read_bytes())
            self.machine.forward = [(SSH_HERE, SSH_THERE)]
        else:
            self.machine.fat_remove("authorized_keys")
            self.machine.forward = []

    # ---- time, content ----

    def now(self):
        clock = getattr(self, "clock", None)
        return screen.now_in_oslo((clock.ahead if clock else 0) or 0)

    def learn(self):
        """What the central has now; the story is told with it."""
        self.feed = self.central.feed()
        self.story.know(self.feed)

    def edit(self, title):
        """A member of staff gives the notice that home shows another title; gives back home as it was and as it is now."""
        before = self.home()
        answer = self.staff.submit(
            f"/staff/c/solbakken/notices/{NOTICE}", name_nb=title, level="important", from_day=self.now().date().isoformat(), from_time="00:00",
            until_day=(self.now().date() + datetime.timedelta(days=7)).isoformat(), until_time="23:00")  # fmt: skip
        assert answer.status == 303, (answer.status, answer.text[-500:])
        self.learn()
        assert any(n["name"].get("nb") == title for n in self.feed["notices"])
        return before, self.home()

    def home(self, **state):
        return self.story.play([], self.now(), **state)[-1]

    # ---- the machine ----

    def start(self, *, link=True):
        """Power on, and wait for the first picture; gives back the machine's own seconds from its kernel's start to there."""
        if self.machine.is_on():
            self.machine.pull_plug()
        self.began = time.monotonic()
        self.machine.start()
        if not link:
            self.link(False)
        return self.first_picture()

    def first_picture(self):
        self.machine.await_line(DRAWN, BOOT)
        self.boot_wall = time.monotonic() - self.began
        stamps = [line for line in list(self.machine.serial.lines) if re.search(DRAWN, line)]
        seconds = float(re.match(r"\[ *(\d+\.\d+)\]", stamps[-1])[1])
        return seconds

    def link(self, up):
        self.machine.ask("set_link", name="net", up=up)

    def await_view(self, test, what, timeout=SOON):
        """Until TEST(picture) is true; keeps the last picture under a name of its own where it never is."""
        try:
            return self.machine.await_screen(test, timeout)
        except MachineError:
            kept = self.folder / f"wrong-{len(list(self.folder.glob('wrong-*'))) + 1}.png"
            shutil.copy(self.machine.folder / "screen.png", kept)
            raise AssertionError(f"the screen does not show {what} within {timeout} s: {kept}") from None

    def await_moment(self, moment, other, what, timeout=SOON):
        self.await_view(lambda path: screen.rather(path, moment, other), what, timeout)

    def touch(self, moment, item):
        time.sleep(DEAF)
        self.machine.touch(*moment.middle(item))

    def walk(self, actions, prefix=(), record=None):
        """Touches what does ACTIONS one after the other, and after each awaits the view that has to come; gives back the moments.
        PREFIX: ids that were touched before."""
        taps = self.story.find_taps(actions, self.now())
        moments = self.story.play(taps, self.now())
        self.await_view(lambda path: screen.shows(path, moments[0], moments), "where the walk begins")
        for n, tap in enumerate(taps):
            item = next(i for i in moments[n].items if i["id"] == tap)
            self.touch(moments[n], item)
            after = moments[n + 1]
            self.await_view(lambda path, after=after: screen.shows(path, after, moments), f"{after.name} after {actions[n]}")
            if record:
                record(after, self.machine.folder / "screen.png")
        return moments

    def type(self, number):
        """Home, help, "Ring meg", the digits, "next": to the question whether the number is right. Gives back the moments from there on:
        the question, then what the screen says of a number that is kept."""
        taps = ["help", "call-me", *(f"key/{digit}" for digit in number), "callback/next"]
        moments = self.story.play([*taps, "callback/yes"], self.now(), then=[{"kind": "callback", "end": "kept"}])
        self.await_view(lambda path: screen.shows(path, moments[0], moments[:3]), "home, before a number is typed")
        for n, tap in enumerate(taps):
            self.touch(moments[n], next(i for i in moments[n].items if i["id"] == tap))
            # Each digit is seen before the next: a slow machine must not take two touches for one.
            self.await_moment(moments[n + 1], moments[n], f"{moments[n + 1].name} after {tap}")
        self.question = moments[len(taps)]
        return self.question, moments[-2], moments[-1]

    def yes(self):
        """Touches "Ja, ring meg"; the question is on the screen."""
        self.touch(self.question, self.question.find("callback send"))

    def ssh(self, command, timeout=120):
        """What COMMAND prints, run in the machine by who has the key."""
        options = ["-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR", "-o", "ConnectTimeout=60"]
        done = subprocess.run(
            ["ssh", *options, "-i", self.key, "-p", str(SSH_HERE), "root@127.0.0.1", command], capture_output=True, text=True, timeout=timeout,
            check=False, stdin=subprocess.DEVNULL)  # fmt: skip
        assert done.returncode == 0, f"{command}: {done.returncode}: {done.stderr.strip()} {done.stdout[-300:]}"
        return done.stdout

    def await_ssh(self, timeout=NETWORK):
        until = time.monotonic() + timeout
        while True:
            try:
                return self.ssh("true", timeout=90)
            except (AssertionError, subprocess.TimeoutExpired) as fault:
                if time.monotonic() > until:
                    raise AssertionError(f"SSH with the key from the card: {fault}") from None
                time.sleep(2)

    def answers(self, port, patience=10):
        """Whether anything in the machine answers behind PORT of this host: it greets, or takes a word and says one."""
        with socket.create_connection(("127.0.0.1", port), timeout=patience) as sock:
            try:
                sock.sendall(b"GET / HTTP/1.0\r\n\r\n")
                return bool(sock.recv(1))
            except (TimeoutError, ConnectionError):
                return False

    def figure(self, what, value):
        self.figures.append((what, value))
        print(f"figure  {what}: {value}", flush=True)
