# SPDX-License-Identifier: GPL-3.0-or-later
"""For tests that lead a kiosk as a hand does: an X display of their own (Xvfb), and xdotool for a finger and a key on it."""
import os
import subprocess


class Display:
    """A virtual display, on a number that the server chooses."""

    def __init__(self, size="1920x1080"):
        read, write = os.pipe()
        self.process = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", f"{size}x24", "-nolisten", "tcp"],
                                        pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as number:
            name = ":" + number.readline().strip()
        assert name != ":", "Xvfb does not start"
        self.env = {"DISPLAY": name, "SDL_VIDEODRIVER": "x11"}

    def do(self, *words):
        return subprocess.run(["xdotool", *map(str, words)], env={**os.environ, **self.env}, check=True, capture_output=True, text=True,
                              timeout=30).stdout

    def tap(self, *points, before=0, after=0):
        """A finger: seconds BEFORE and AFTER each of its taps."""
        words = []
        for x, y in points:
            words += ["sleep", before, "mousemove", x, y, "click", 1, "sleep", after]
        self.do(*words)

    def window(self):
        """The kiosk's, as soon as it is there."""
        return self.do("search", "--sync", "--onlyvisible", "--name", "^Oppslag$").split()[0]

    def key(self, *names):
        self.do("windowfocus", "--sync", self.window(), "key", *names)

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.process.terminate()
        self.process.wait()
