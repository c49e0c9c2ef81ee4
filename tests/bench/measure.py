# SPDX-License-Identifier: GPL-3.0-or-later
"""What the benchmarks measure with: a private X server whose pixels are read straight from its memory, process trees, medians."""
import contextlib
import ctypes
import json
import mmap
import os
import pathlib
import shutil
import signal
import statistics
import struct
import subprocess
import tempfile
import time

WIDTH, HEIGHT = 1920, 1080
POLL = 0.002


def emit(**figures):
    print(json.dumps({k: round(v, 3) if isinstance(v, float) else v for k, v in figures.items()}, ensure_ascii=False), flush=True)


def median(values):
    return statistics.median(values) if values else float("nan")


@contextlib.contextmanager
def running(command, **options):
    """A program and all that it starts (its own process group), ended at the end."""
    options.setdefault("stdin", subprocess.DEVNULL)
    options.setdefault("stdout", subprocess.DEVNULL)
    options.setdefault("stderr", subprocess.DEVNULL)
    process = subprocess.Popen([str(c) for c in command], start_new_session=True, **options)
    try:
        yield process
    finally:
        for sign, patience in ((signal.SIGTERM, 5), (signal.SIGKILL, 5)):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, sign)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(patience)
                break
        for pid in descendants(process.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def descendants(root):
    """The live processes of ROOT's session and below it, ROOT first."""
    parents, sessions = {}, {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            with contextlib.suppress(OSError):
                fields = pathlib.Path(f"/proc/{entry}/stat").read_text(encoding="latin-1").rpartition(") ")[2].split()
                if fields[0] not in "ZX":
                    parents[int(entry)], sessions[int(entry)] = int(fields[1]), int(fields[3])
    found = [pid for pid in parents if pid == root or sessions[pid] == root]
    for pid in found:
        found += [p for p, parent in parents.items() if parent == pid and p not in found]
    return found


def memory_mb(pids):
    """Proportional set size: shared pages count once, divided among those who share them."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
    return total / 1024


def busy(pids):
    """(seconds on a processor, times woken up) of all threads so far."""
    seconds, wakes = 0.0, 0
    for pid in pids:
        with contextlib.suppress(OSError):
            for task in os.listdir(f"/proc/{pid}/task"):
                seconds += int(pathlib.Path(f"/proc/{pid}/task/{task}/schedstat").read_text().split()[0]) / 1e9
                for line in pathlib.Path(f"/proc/{pid}/task/{task}/status").read_text().splitlines():
                    if line.startswith("voluntary_ctxt_switches"):
                        wakes += int(line.split()[1])
    return seconds, wakes


class Screen:
    """Xvfb with its frame buffer mapped into this process: looking at it costs the X server nothing."""

    def __init__(self):
        memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        self.folder = tempfile.mkdtemp(prefix="oppslag-bench.", dir=memory)
        read, write = os.pipe()
        self.process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-fbdir", self.folder, "-nolisten", "tcp", "-noreset"],
            pass_fds=[write], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        os.close(write)
        with os.fdopen(read) as answer:
            number = answer.readline().strip()
        if not number:
            raise SystemExit("bench: Xvfb does not start")
        self.name = f":{number}"
        with open(pathlib.Path(self.folder) / "Xvfb_screen0", "rb") as f:
            self.pixels = mmap.mmap(f.fileno(), 0, prot=mmap.PROT_READ)
        # XWD's header: its own size first, then (word 12) bytes a line, (word 19) the number of colours of 12 bytes each.
        words = struct.unpack(">25I", self.pixels[:100])
        self.stride, self.offset = words[12], words[0] + words[19] * 12

    def close(self):
        self.process.terminate()
        self.process.wait()
        self.pixels.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def rows(self, y0, y1, step, x0=0, x1=WIDTH):
        return b"".join(self.pixels[self.offset + y * self.stride + 4 * x0:self.offset + y * self.stride + 4 * x1] for y in range(y0, y1, step))

    def has_content(self, x, y, w, h):
        """Letters and pictures: at least eight colours in the region."""
        sample = self.rows(y, y + h, 12, x, x + w)
        return len(set(memoryview(sample).cast("I"))) >= 8

    def sample(self):
        return hash(self.rows(0, HEIGHT, 24))

    def environment(self):
        env = {k: v for k, v in os.environ.items() if k not in ("SDL_VIDEODRIVER", "WAYLAND_DISPLAY")}
        return dict(env, DISPLAY=self.name, SDL_VIDEODRIVER="x11")


def await_content(screen, region, process, timeout=60):
    """Seconds until the region shows content, by polling memory; None when the program ends or time is out."""
    until = time.monotonic() + timeout
    while time.monotonic() < until:
        if screen.has_content(*region):
            return time.monotonic()
        if process.poll() is not None:
            return None
        time.sleep(POLL)
    return None


def await_still(screen, quiet=0.7, timeout=20):
    last, since, until = screen.sample(), time.monotonic(), time.monotonic() + timeout
    while time.monotonic() < until and time.monotonic() - since < quiet:
        time.sleep(POLL * 5)
        now = screen.sample()
        if now != last:
            last, since = now, time.monotonic()
    return since


class Finger:
    """A pointer's press and release by XTEST, with no program started in between."""

    def __init__(self, display):
        self.x11, self.xtst = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
        self.x11.XOpenDisplay.restype = ctypes.c_void_p
        self.display = ctypes.c_void_p(self.x11.XOpenDisplay(display.encode()))
        if not self.display:
            raise SystemExit("bench: cannot open the display")

    def move(self, x, y):
        self.xtst.XTestFakeMotionEvent(self.display, -1, int(x), int(y), ctypes.c_ulong(0))
        self.x11.XSync(self.display, 0)

    def button(self, down):
        self.xtst.XTestFakeButtonEvent(self.display, 1, 1 if down else 0, ctypes.c_ulong(0))
        self.x11.XFlush(self.display)

    def close(self):
        self.x11.XCloseDisplay(self.display)
