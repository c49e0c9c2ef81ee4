# SPDX-License-Identifier: GPL-3.0-or-later
"""A private Xorg whose touch screen is led by the test: the dummy video driver, and the inputtest driver, which takes contacts from a socket.

What goes over the socket is X's own (xserver, hw/xfree86/drivers/inputtest/xf86-input-inputtest-protocol.h): a header of length and
type; touches as id, event and two valuators from 0 to 65535. One client in a server's life, so this one is kept.
"""
import os
import socket
import struct
import subprocess
import time

VERSION, SYNC, TOUCH = 0, 1, 6
BEGIN, UPDATE, END = 18, 19, 20  # XI_TouchBegin …
VALUATORS, FULL = 64, 0xFFFF
CONFIG = """
Section "ServerFlags"
    Option "AutoAddDevices" "false"
    Option "AutoEnableDevices" "true"
    Option "DontVTSwitch" "true"
EndSection
Section "Device"
    Identifier "card"
    Driver "dummy"
    VideoRam 65536
EndSection
Section "Monitor"
    Identifier "monitor"
    HorizSync 5-1000
    VertRefresh 5-200
    Modeline "1920x1080" 173.00 1920 2048 2248 2576 1080 1083 1088 1120
EndSection
Section "Screen"
    Identifier "screen"
    Device "card"
    Monitor "monitor"
    DefaultDepth 24
    SubSection "Display"
        Depth 24
        Modes "1920x1080"
    EndSubSection
EndSection
Section "InputDevice"
    Identifier "glass"
    Driver "inputtest"
    Option "SocketPath" "{socket}"
    Option "DeviceType" "Touch"
    Option "TouchCount" "5"
EndSection
Section "ServerLayout"
    Identifier "layout"
    Screen "screen"
    InputDevice "glass"
EndSection
"""


class Glass:
    """`with Glass(folder) as glass:` a display (glass.env) and its contacts, in pixels of the panel."""
    width, height = 1920, 1080

    def __init__(self, folder):
        self.folder, self.path = folder, folder / "touch.sock"
        config = folder / "xorg.conf"
        config.write_text(CONFIG.replace("{socket}", str(self.path)), encoding="ascii")
        read, write = os.pipe()
        # Not the wrapper in /usr/bin, which only lets consoles in.
        program = next(p for p in ("/usr/lib/xorg/Xorg", "/usr/bin/Xorg") if os.path.exists(p))
        self.process = subprocess.Popen([program, "-displayfd", str(write), "-config", str(config), "-logfile", str(folder / "xorg.log"), "-noreset", "-nolisten",
                                         "tcp", "-novtswitch", "-sharevts", "-nocursor"], pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as number:
            self.name = ":" + number.readline().strip()
        if self.name == ":":
            raise AssertionError(f"Xorg does not start: {self.said()}")
        self.env = {"DISPLAY": self.name, "SDL_VIDEODRIVER": "x11"}
        self.connection = socket.socket(socket.AF_UNIX)
        self.connection.settimeout(20)
        self.connection.connect(str(self.path))
        self.connection.sendall(struct.pack("<IIHH", 12, VERSION, 1, 1))
        self.answer()

    def said(self):
        log = self.folder / "xorg.log"
        return log.read_text(encoding="utf-8", errors="replace")[-800:] if log.exists() else "no log"

    def read(self, n):
        got = b""
        while len(got) < n:
            part = self.connection.recv(n - len(got))
            if not part:
                raise AssertionError(f"Xorg hung up: {self.said()}")
            got += part
        return got

    def answer(self):
        length, kind = struct.unpack("<II", self.read(8))
        self.read(length - 8)
        return kind

    def send(self, finger, event, x, y):
        valuators = [0.0] * VALUATORS
        valuators[0], valuators[1] = x * FULL / (self.width - 1), y * FULL / (self.height - 1)
        body = struct.pack("<II", finger, event) + struct.pack("<I8s4x", 0, bytes([3] + [0] * 7)) + struct.pack(f"<{VALUATORS}d", *valuators) + bytes(8 * VALUATORS)
        self.connection.sendall(struct.pack("<II", 8 + len(body), TOUCH) + body)
        self.connection.sendall(struct.pack("<II", 8, SYNC))
        self.answer()

    def down(self, finger, place):
        self.send(finger, BEGIN, *place)

    def move(self, finger, place):
        self.send(finger, UPDATE, *place)

    def up(self, finger, place):
        self.send(finger, END, *place)

    def tap(self, place, finger=1, held=0.06):
        self.down(finger, place)
        rest(held)
        self.up(finger, place)

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.connection.close()
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def rest(seconds):
    """How long a hand takes: what is tested here is time itself, so nothing else can be awaited."""
    time.sleep(seconds)
