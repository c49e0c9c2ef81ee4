# SPDX-License-Identifier: GPL-3.0-or-later
"""A machine that boots the image: QEMU for arm64, started, watched, looked at, touched, and ended.

    with Machine("build/image/oppslag.img", "build/image/test/one") as machine:
        machine.fat_write("oppslag.ini", b"feed = http://10.0.2.2:8080\\n")
        machine.start()
        machine.await_line(r"Started oppslag-kiosk", 180)
        machine.screendump("home.png")
        machine.touch(0.5, 0.8)
        machine.pull_plug()

Each machine has its own copy of the card, so the image stays as it was made, and what one start leaves there the next one finds.
While it is off, the card's partitions can be read and written from here, without mounts (mtools, debugfs).
What the machine says on its serial port (U-Boot, the kernel, then the journal: boot.cmd sees to that in the emulator alone) is kept in
serial.log and can be awaited; so can QMP's events. The emulator ends with the process that started it, however that ends.
"""
import ctypes
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path

MIB = 1 << 20
STATE_AT = MIB
FAT, SLOT_A, SLOT_B, DATA = 1, 2, 3, 4
UBOOT = "unpacked/u-boot-qemu/usr/lib/u-boot/qemu_arm64/u-boot.bin"
AXIS_MAX = 32767
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)


class MachineError(Exception):
    """The machine did not do what was awaited of it; says what it said last."""


def ends_with_parent():
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Lines:
    """What comes in over a socket, line by line, kept whole; awaited by any thread."""

    def __init__(self, sock, log):
        self.lines, self.changed, self.ended = [], threading.Condition(), False
        self.sock, self.log = sock, log
        self.thread = threading.Thread(target=self.read, daemon=True)
        self.thread.start()

    def read(self):
        rest = b""
        with open(self.log, "ab") as log:
            while True:
                try:
                    some = self.sock.recv(65536)
                except OSError:
                    some = b""
                log.write(some)
                log.flush()
                *whole, rest = (rest + some).split(b"\n")
                with self.changed:
                    self.lines += [line.decode("utf-8", "replace").rstrip("\r") for line in whole]
                    self.ended = not some
                    self.changed.notify_all()
                if not some:
                    return

    def find(self, test, since, timeout):
        """The first line from SINCE on for which TEST is true, with the number of the line behind it; None when time runs out."""
        until = time.monotonic() + timeout
        at = since
        with self.changed:
            while True:
                while at < len(self.lines):
                    found = test(self.lines[at])
                    at += 1
                    if found:
                        return found, at
                left = until - time.monotonic()
                if self.ended or left <= 0:
                    return None
                self.changed.wait(left)


class Machine:
    def __init__(self, image, folder, *, memory_mib=1024, cpus=2, rtc=None, forward=(), net=True, net_options="", size=(1920, 1080), extra=()):
        """IMAGE is copied into FOLDER. RTC: "2026-11-24T09:41:00", what the machine's clock says at each start (a Raspberry Pi's says 1970).
        FORWARD: pairs of a port of this host and one of the machine. The machine sees this host as 10.0.2.2. SIZE: what the panel offers."""
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.card = self.folder / "card.img"
        self.uboot = Path(image).parent / UBOOT
        self.serial_log = self.folder / "serial.log"
        self.memory_mib, self.cpus, self.rtc, self.size = memory_mib, cpus, rtc, size
        self.forward, self.net, self.net_options, self.extra = forward, net, net_options, list(extra)
        self.qemu = self.serial = self.qmp = None
        self.seen = self.asked = 0
        self.serial_log.unlink(missing_ok=True)
        subprocess.run(["cp", "--sparse=always", "--reflink=auto", image, self.card], check=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.pull_plug()
        self.card.unlink(missing_ok=True)

    # ---- power ---------------------------------------------------------------------------------------------------------------------

    def command(self, sockets):
        net = "user,id=net" + "".join(f",hostfwd=tcp:127.0.0.1:{here}-:{there}" for here, there in self.forward) + self.net_options
        return [
            "qemu-system-aarch64", "-M", "virt", "-cpu", "cortex-a72", "-smp", str(self.cpus), "-m", str(self.memory_mib),
            "-accel", "tcg,thread=multi", "-nodefaults", "-display", "none", "-bios", str(self.uboot),
            "-drive", f"if=none,id=card,format=raw,file={self.card}", "-device", "virtio-blk-pci,drive=card",
            "-device", f"virtio-gpu-pci,xres={self.size[0]},yres={self.size[1]}", "-device", "virtio-tablet-pci", "-device", "virtio-keyboard-pci",
            "-device", "virtio-rng-pci", "-device", "i6300esb", "-action", "watchdog=reset",
            "-chardev", f"socket,id=serial,path={sockets}/serial,server=on,wait=on", "-serial", "chardev:serial",
            "-chardev", f"socket,id=qmp,path={sockets}/qmp,server=on,wait=on", "-mon", "chardev=qmp,mode=control",
            *(["-netdev", net, "-device", "virtio-net-pci,netdev=net,romfile="] if self.net else []),
            *(["-rtc", f"base={self.rtc}"] if self.rtc else []), *self.extra,
        ]  # fmt: skip

    def start(self):
        """Power on. What it said before stays in serial.log, but is no longer awaited."""
        assert not self.qemu, "it is on already"
        # A socket's path may have 107 bytes, a test's folder more.
        sockets = tempfile.mkdtemp(prefix="oppslag-")
        try:
            with open(self.folder / "qemu.log", "ab") as log:
                self.qemu = subprocess.Popen(
                    self.command(sockets), stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=ends_with_parent
                )
            self.serial = Lines(self.connect(f"{sockets}/serial"), self.serial_log)
            self.qmp = Lines(self.connect(f"{sockets}/qmp"), self.folder / "qmp.log")
        except BaseException:
            self.pull_plug()
            raise
        finally:
            shutil.rmtree(sockets)
        self.seen = self.asked = 0
        self.ask("qmp_capabilities")

    def connect(self, path):
        """QEMU makes its sockets one after the other and waits at each, so they are asked for until they are there."""
        until = time.monotonic() + 20
        while self.qemu.poll() is None and time.monotonic() < until:
            try:
                sock = socket.socket(socket.AF_UNIX)
                sock.connect(path)
                return sock
            except (FileNotFoundError, ConnectionRefusedError):
                sock.close()
                time.sleep(0.01)
        raise MachineError(f"qemu did not start: {(self.folder / 'qemu.log').read_text()[-2000:]}")

    def pull_plug(self):
        """Power off, as by the plug: nothing in the machine is told."""
        if self.qemu:
            self.qemu.kill()
            self.qemu.wait()
            for lines in (self.serial, self.qmp):
                if lines:
                    lines.thread.join()
                    lines.sock.close()
        self.qemu = self.serial = self.qmp = None

    def reset(self):
        self.ask("system_reset")

    def is_on(self):
        return bool(self.qemu) and self.qemu.poll() is None

    # ---- what it says --------------------------------------------------------------------------------------------------------------

    def await_line(self, pattern, timeout):
        """Waits for a line on the serial port that PATTERN finds, later than the last one that was awaited; gives back the match."""
        found = self.serial.find(re.compile(pattern).search, self.seen, timeout)
        if not found:
            last = "\n".join(self.serial.lines[-15:])
            raise MachineError(f"within {timeout} s nobody said {pattern!r}. The last lines:\n{last}")
        match, self.seen = found
        return match

    def said(self, pattern):
        """Whether it has said so since it was switched on."""
        return any(re.search(pattern, line) for line in list(self.serial.lines))

    def guest_seconds(self, pattern):
        """When, in the machine's own seconds since its kernel started, a line was said: the journal's lines begin with them."""
        for line in list(self.serial.lines):
            if re.search(pattern, line):
                stamp = re.match(r"\[ *(\d+\.\d+)\]", line)
                if stamp:
                    return float(stamp[1])
        return None

    # ---- QMP -----------------------------------------------------------------------------------------------------------------------

    def ask(self, command, **arguments):
        """One command of QMP; gives back what it returns."""
        self.asked += 1
        ticket = self.asked
        self.qmp.sock.sendall(json.dumps({"execute": command, "arguments": arguments, "id": ticket}).encode() + b"\n")
        found = self.qmp.find(lambda line: (answer := json.loads(line)).get("id") == ticket and answer, 0, 30)
        if not found or "error" in found[0]:
            raise MachineError(f"{command}: {found[0]['error']['desc'] if found else 'no answer'}")
        return found[0]["return"]

    def await_event(self, name, timeout):
        """Waits for an event of QMP, from the start on: RESET, WATCHDOG, GUEST_PANICKED, …"""
        found = self.qmp.find(lambda line: (event := json.loads(line)).get("event") == name and event, 0, timeout)
        if not found:
            raise MachineError(f"within {timeout} s there was no event {name}")
        return found[0]

    def events(self, name):
        return sum(json.loads(line).get("event") == name for line in list(self.qmp.lines))

    # ---- the panel -----------------------------------------------------------------------------------------------------------------

    def screendump(self, path):
        """What the panel shows, as PNG."""
        path = Path(path).resolve()
        self.ask("screendump", filename=str(path), format="png")
        return path

    def await_screen(self, test, timeout, path=None):
        """Takes pictures until TEST(path) is true; the last one stays at PATH. There is no event to wait for: a picture is."""
        path = Path(path or self.folder / "screen.png")
        until = time.monotonic() + timeout
        while True:
            self.screendump(path)
            result = test(path)
            if result:
                return result
            if time.monotonic() > until:
                raise MachineError(f"within {timeout} s the screen did not show what was awaited: {path}")
            time.sleep(0.5)

    def move(self, x, y):
        events = [{"type": "abs", "data": {"axis": axis, "value": round(place * AXIS_MAX)}} for axis, place in (("x", x), ("y", y))]
        self.ask("input-send-event", events=events)

    def press(self, down):
        self.ask("input-send-event", events=[{"type": "btn", "data": {"down": down, "button": "left"}}])

    def touch(self, x, y, hold=0.12):
        """A finger at X, Y (0 to 1 of the panel's width and height), for HOLD seconds as a finger rests."""
        self.move(x, y)
        self.press(True)
        time.sleep(hold)
        self.press(False)

    def keys(self, *names):
        """Keys pressed together, by QEMU's names: keys("ctrl", "alt", "delete")."""
        self.ask("send-key", keys=[{"type": "qcode", "data": name} for name in names])

    # ---- the card, while the machine is off ----------------------------------------------------------------------------------------

    def place(self, part):
        """Where a partition lies on the card and how long it is, in bytes."""
        table = json.loads(subprocess.run(["sfdisk", "--json", self.card], check=True, capture_output=True, text=True).stdout)
        row = table["partitiontable"]["partitions"][part - 1]
        return row["start"] * 512, row["size"] * 512

    def off(self):
        assert not self.qemu, "the card is in the machine: pull the plug first"

    def fat_write(self, name, content):
        self.off()
        subprocess.run(
            ["mcopy", "-o", "-i", f"{self.card}@@{self.place(FAT)[0]}", "-", f"::{name}"], input=content, check=True,
            env={**os.environ, "MTOOLS_SKIP_CHECK": "1"}
        )  # fmt: skip

    def fat_read(self, name):
        self.off()
        return subprocess.run(["mtype", "-i", f"{self.card}@@{self.place(FAT)[0]}", f"::{name}"], check=True, capture_output=True).stdout

    def fat_remove(self, name):
        self.off()
        subprocess.run(["mdel", "-i", f"{self.card}@@{self.place(FAT)[0]}", f"::{name}"], check=True)

    def ext4(self, part, request):
        """One request of debugfs on a partition, not written to."""
        self.off()
        where = f"{self.card}?offset={self.place(part)[0]}"
        return subprocess.run(["debugfs", "-c", "-R", request, where], check=True, capture_output=True).stdout

    def data_read(self, name):
        """A file of the data partition: "oppslag/outbox"."""
        return self.ext4(DATA, f"cat {name}")

    def copy_slot(self, source, target):
        """Fills one slot with the other's system."""
        self.off()
        start, size = self.place(source)
        subprocess.run(
            ["dd", f"if={self.card}", f"of={self.card}", "bs=1M", f"skip={start // MIB}", f"seek={self.place(target)[0] // MIB}",
             f"count={size // MIB}", "conv=notrunc", "status=none"], check=True
        )  # fmt: skip

    def destroy(self, part, offset=0, length=64 * MIB):
        """Overwrites part of a partition with what no file system is made of."""
        self.off()
        start, size = self.place(part)
        with open(self.card, "r+b") as card:
            card.seek(start + offset)
            for _ in range(min(length, size - offset) // MIB):
                card.write(b"\xa5" * MIB)

    def slots(self):
        """The state sector: {"BOOT_ORDER": "A B", "BOOT_A_LEFT": "3", …}."""
        self.off()
        with open(self.card, "rb") as card:
            card.seek(STATE_AT)
            sector = card.read(512)
        return dict(entry.decode().split("=", 1) for entry in sector[4:].split(b"\0") if b"=" in entry)
