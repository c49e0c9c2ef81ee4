#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""run.py O   a central with the sample centre, and a screen on it.

The central keeps its database in O/data (OPPSLAG_DATA), which is made and filled with the sample centre the first time. It listens on
loopback, port 8080 (PORT) or the next free one. Where there is a display the screen is a window; else it runs in a virtual one, pictures of
every view are written to O/pictures, and when nobody reads along (the output is no terminal) that is the end. Otherwise it serves until
Ctrl-C. Whatever was started is ended.
"""
import contextlib
import datetime
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import urllib.request

import views

SAMPLE = views.ROOT / "assets/sample/centre.json"
CENTRE, USER = "solbakken", "admin"


class Trouble(Exception):
    pass


def say(text):
    print(text, flush=True)


def is_free(port):
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            s.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def pick_port():
    first = int(os.environ.get("PORT", "8080"))
    for port in range(first, first + 100):
        if is_free(port) and is_free(port + 1):
            return port
    raise Trouble(f"no free port from {first} on")


class Programs:
    """What was started, in order; all of it is ended, the newest first."""

    def __init__(self):
        self.running = []

    def start(self, command, **options):
        process = subprocess.Popen([str(c) for c in command], stdin=subprocess.DEVNULL, start_new_session=True, **options)
        self.running.append(process)
        return process

    def end(self):
        for process in reversed(self.running):
            for sign in (signal.SIGTERM, signal.SIGKILL):
                if process.poll() is None:
                    with contextlib.suppress(ProcessLookupError):
                        os.killpg(process.pid, sign)
                    with contextlib.suppress(subprocess.TimeoutExpired):
                        process.wait(5)


class Central:
    def __init__(self, out, data):
        self.program, self.port = out / "oppslag-central", pick_port()
        self.database = ["--database", f"sqlite:{data / 'oppslag.sqlite'}"]
        self.address = f"http://127.0.0.1:{self.port}"
        self.feed = f"{self.address}/feed/v1/{CENTRE}"

    def command(self, *words):
        done = subprocess.run([self.program, *words, *self.database], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Trouble(f"oppslag-central {' '.join(map(str, words))}: {done.stderr.strip()}")
        return done.stdout

    def fill(self):
        """The sample centre and an administrator, where there is none; says what to log in with."""
        if CENTRE not in self.command("centre", "list").split():
            self.command("centre", "add", CENTRE, "--from", SAMPLE, "--sample-today", datetime.date.today().isoformat())
        if USER not in [line.split("\t")[0] for line in self.command("user", "list").splitlines()]:
            return f"user {USER}, password {self.command('user', 'add', USER, '--role', 'administrator').split()[-1]}"
        # Whoever has chosen a password keeps it, and one that was printed before still holds.
        forget = " ".join(map(str, [os.path.relpath(self.program), "user", "remove", USER, *self.database]))
        return f"user {USER}, the password is the one from before; forgotten: {forget}, and again"

    def start(self, programs):
        """Gives the feed once it answers: its first line on stdout says so."""
        process = programs.start([self.program, "serve", *self.database, "--listen", f"127.0.0.1:{self.port}"], stdout=subprocess.PIPE, text=True)
        if not process.stdout.readline().startswith("listening "):
            raise Trouble("oppslag-central does not start")
        with urllib.request.urlopen(self.feed, timeout=30) as answer:
            return json.loads(answer.read())


def has_display():
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def virtual_display(programs):
    read, write = os.pipe()
    programs.start(["Xvfb", "-displayfd", str(write), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"], pass_fds=[write],
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as answer:
        number = answer.readline().strip()
    if not number:
        raise Trouble("Xvfb does not start")
    return dict(os.environ, DISPLAY=f":{number}", SDL_VIDEODRIVER="x11")


def picture_all(out, central, feed, env):
    say("There is no display here: the screen runs in a virtual one. Pictures of every view:")
    for path in views.draw(out / "oppslag-kiosk", central.feed, feed, out / "pictures", env=env):
        say(f"  {os.path.relpath(path)}")


def run(out, programs):
    data = pathlib.Path(os.environ.get("OPPSLAG_DATA", out / "data")).resolve()
    (data / "screen").mkdir(parents=True, exist_ok=True)
    central = Central(out, data)
    login = central.fill()
    feed = central.start(programs)
    say(f"Staff pages:  {central.address}/staff   ({login})")
    say(f"Visitors:     {central.address}/")
    screen = [out / "oppslag-kiosk", "--feed", central.feed, "--data", data / "screen", "--windowed"]
    if has_display():
        programs.start(screen)
    else:
        env = virtual_display(programs)
        programs.start(screen, env=env)
        picture_all(out, central, feed, env)
        if not sys.stdout.isatty():
            return
    say("Ctrl-C ends it all.")
    programs.running[0].wait()
    raise Trouble("oppslag-central has ended")


def main():
    out, programs = pathlib.Path(sys.argv[1]).resolve(), Programs()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.default_int_handler)
    for name in [n for n in os.environ if n.lower().endswith("_proxy")]:
        del os.environ[name]
    try:
        run(out, programs)
    except KeyboardInterrupt:
        say("")
    except Trouble as fault:
        print(f"make run: {fault}", file=sys.stderr)
        return 3
    finally:
        programs.end()
    return 0


sys.exit(main())
