# SPDX-License-Identifier: GPL-3.0-or-later
"""A small machine in the emulator that sees the host's files, read-only, and has a graphics card, a tablet and a keyboard of its own: what a
screen needs that hangs on a wall. Nothing is installed in it; its kernel is Debian's package, unpacked."""
import ctypes
import json
import pathlib
import platform
import shutil
import signal
import socket
import struct
import subprocess
import time

HERE = pathlib.Path(__file__).parent
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)
MODULES = ["virtio_pci", "9p", "9pnet_virtio", "virtio_gpu", "virtio_input", "evdev", "uinput", "usbhid", "xhci_pci", "hid_generic"]


def run(*command, cwd=None):
    return subprocess.run([str(word) for word in command], cwd=cwd, check=True, capture_output=True, text=True).stdout


def unpack_kernel(out):
    """The kernel's folder, and its release."""
    root = out / "kernel"
    if not (root / "done").exists():
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir(parents=True)
        depends = run("apt-cache", "depends", "--important", "linux-image-amd64")
        package = next(line.split()[1] for line in depends.splitlines() if "Depends: linux-image" in line)
        run("apt-get", "download", package, cwd=root)
        run("dpkg-deb", "-x", next(root.glob("*.deb")), root)
        run("depmod", "-b", root, package.removeprefix("linux-image-"))
        (root / "done").write_text(package.removeprefix("linux-image-"))
    return root, (root / "done").read_text()


def make_initrd(out):
    root, release = unpack_kernel(out)
    tree = out / "initrd"
    shutil.rmtree(tree, ignore_errors=True)
    for folder in ("bin", "modules"):
        (tree / folder).mkdir(parents=True)
    shutil.copy(shutil.which("busybox"), tree / "bin")
    (tree / "bin/sh").symlink_to("busybox")
    shutil.copy(HERE / "guest.sh", tree / "init")
    (tree / "init").chmod(0o755)
    names = {}
    for module in MODULES:
        for line in run("modprobe", "-d", root, "-S", release, "--show-depends", module).splitlines():
            kind, path = line.split()[:2]
            if kind == "insmod" and pathlib.Path(path).name not in names:
                shutil.copy(path, tree / "modules")
                names[pathlib.Path(path).name] = True
    (tree / "modules/list").write_text("".join(name + "\n" for name in names))
    with open(out / "initrd.cpio", "wb") as packed:
        listed = "\n".join(str(path.relative_to(tree)) for path in [tree, *sorted(tree.rglob("*"))])
        subprocess.run(["cpio", "-o", "-H", "newc", "--quiet"], cwd=tree, input=listed.encode(), stdout=packed, check=True)
    return root / f"boot/vmlinuz-{release}", out / "initrd.cpio"


def ends_with_parent():
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Line:
    """A socket of the emulator's, with a time by which an answer must have come."""

    def __init__(self, path, patience=60):
        end = time.monotonic() + patience
        self.socket, self.rest = socket.socket(socket.AF_UNIX), b""
        while True:
            try:
                self.socket.connect(str(path))
                return
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)

    def until(self, mark, timeout):
        end = time.monotonic() + timeout
        while mark not in self.rest:
            self.socket.settimeout(max(0.01, end - time.monotonic()))
            got = self.socket.recv(65536)
            if not got:
                raise EOFError("the machine is gone")
            self.rest += got
        text, self.rest = self.rest.split(mark, 1)
        return text

    def send(self, text):
        self.socket.settimeout(30)
        self.socket.sendall(text.encode())


class Machine:
    """With `with`: ends its emulator, whatever happens."""

    def __init__(self, out, width=1920, height=1080):
        assert platform.machine() == "x86_64", "the machine's kernel is for amd64"
        self.out, self.marks = out, 0
        kernel, initrd = make_initrd(out)
        for name in ("qmp", "shell"):
            (out / name).unlink(missing_ok=True)
        self.vnc = out / "vnc"
        self.emulator = subprocess.Popen(
            ["qemu-system-x86_64", "-machine", "q35", "-accel", "tcg,thread=multi", "-cpu", "max", "-smp", "2", "-m", "1024", "-no-reboot",
             "-kernel", kernel, "-initrd", initrd, "-append", "console=ttyS0 quiet loglevel=3 sysrq_always_enabled=1",
             "-virtfs", "local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap",
             "-vga", "none", "-device", f"virtio-gpu-pci,xres={width},yres={height}", "-display", f"vnc=unix:{self.vnc}",
             "-device", "virtio-tablet-pci", "-device", "virtio-keyboard-pci", "-device", "qemu-xhci,id=usb",
             "-serial", f"file:{out / 'console.txt'}", "-serial", f"unix:{out / 'shell'},server=on,wait=off",
             "-qmp", f"unix:{out / 'qmp'},server=on,wait=off"],
            stdin=subprocess.DEVNULL, stdout=open(out / "emulator.txt", "w"), stderr=subprocess.STDOUT, preexec_fn=ends_with_parent)
        try:
            self.qmp = Line(out / "qmp")
            self.qmp.until(b"\n", 30)
            self.tell("qmp_capabilities")
            self.shell = Line(out / "shell")
            self.wait_for_shell()
        except BaseException:
            self.close()
            raise

    def wait_for_shell(self):
        """Says hello until somebody answers."""
        for _ in range(300):
            self.shell.send("echo hel''lo\n")
            try:
                self.shell.until(b"hello\n", 1)
                self.sh("true", 30)
                return
            except TimeoutError:
                pass
        raise TimeoutError("the machine does not start: " + (self.out / "console.txt").read_text(errors="replace")[-2000:])

    def sh(self, command, timeout=60):
        """What COMMAND prints in the machine."""
        self.marks += 1
        self.shell.send(f"{{ {command}\n}} 2>&1; echo \"@{self.marks}\"'@'\n")
        return self.shell.until(f"@{self.marks}@\n".encode(), timeout).decode(errors="replace")

    def tell(self, command, **arguments):
        self.qmp.send(json.dumps({"execute": command, "arguments": arguments}) + "\n")
        while True:
            answer = json.loads(self.qmp.until(b"\n", 30))
            if "error" in answer:
                raise RuntimeError(f"{command}: {answer['error']['desc']}")
            if "return" in answer:
                return answer["return"]

    def picture(self, path):
        self.tell("screendump", filename=str(path), format="png")
        return path

    def move(self, x, y):
        """X and Y from 0 to 1 of the panel."""
        self.tell("input-send-event", events=[{"type": "abs", "data": {"axis": axis, "value": int(at * 32767)}} for axis, at in (("x", x), ("y", y))])

    def tap(self, x, y):
        self.move(x, y)
        for down in (True, False):
            self.tell("input-send-event", events=[{"type": "btn", "data": {"button": "left", "down": down}}])
            time.sleep(0.12)

    def key(self, *codes):
        self.tell("send-key", keys=[{"type": "qcode", "data": code} for code in codes])

    def resize(self, width, height):
        """Another display: the one that looks on over VNC (RFC 6143, with the community's ExtendedDesktopSize) says how large it is now."""
        viewer = Line(self.vnc)

        def read(count):
            got = b""
            while len(got) < count:
                part = viewer.socket.recv(count - len(got))
                if not part:
                    raise EOFError("the emulator hangs up")
                got += part
            return got

        viewer.socket.settimeout(30)
        viewer.socket.sendall(read(12))  # the version, as it says itself
        read(read(1)[0])
        viewer.socket.sendall(b"\x01")  # nobody asks who looks
        read(4)
        viewer.socket.sendall(b"\x01")
        read(struct.unpack(">20xI", read(24))[0])
        extended_desktop_size, set_encodings, set_desktop_size = -308, 2, 251
        viewer.socket.sendall(struct.pack(">BxHi", set_encodings, 1, extended_desktop_size))
        viewer.socket.sendall(struct.pack(">BxHHBxIHHHHI", set_desktop_size, width, height, 1, 0, 0, 0, width, height, 0))
        return viewer.socket  # it is there as long as that is open

    def close(self):
        self.emulator.kill()
        self.emulator.wait()

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.close()
