# SPDX-License-Identifier: GPL-3.0-or-later
"""The cases, part by part: (name, function, whether what follows in the part stands on it). Each part can be the first on a new card."""
import concurrent.futures
import json
import re
import statistics
import subprocess
import time

import screen
from callback_visit import an_hour_passes, delivered, number_of
from central_process import until
from machine import DATA, SLOT_A, SLOT_B
from stage import BEFORE_THE_CLOCK, BOOT, DRAWN, NETWORK, SOON
from surroundings import CENTRAL, NTP

TOUR = (
    "open activities", r"open activities:\d.*", r"open activity:.*", "home", "open activities", "open kinds", "open activities:song", "home",
    "open needs", "open need:.*", "home", "open notices", "open notice:.*", "home", "open help", "open contacts", "back", "open organisations",
    "open organisation:.*", "home", "open help", "open technician", "home", "open adjust", "adjust contrast", "adjust contrast", "home",
    "open language", "language en", "open language", "language nb", "home", "open help", "open callback", "home",
)  # fmt: skip
LONGEST_VISIT = 210  # seconds untouched until it is over, the question with it
REFUSED = (503, [], b"")
IDLE_SECONDS = 60


def bring_home(stage):
    """The machine is on and shows home with what the central has."""
    stage.door.instead = None
    stage.learn()
    if not stage.machine.is_on():
        stage.start()
    nothing = stage.story.know(None).play([], stage.now())[0]
    stage.story.know(stage.feed)
    stage.await_view(lambda path: screen.shows(path, stage.home(), [stage.home(), nothing]), "home", NETWORK + LONGEST_VISIT)


def go_home(stage):
    home = stage.home()
    stage.touch(home, next(item for item in home.items if item["id"] == "home"))
    bring_home(stage)


# ---- boot ----

def boot(stage):
    seen = []

    def first_start():
        stage.remote(True)
        seconds = stage.start(link=False)
        stage.figure("from the kernel's start to the first picture", f"{seconds:.1f} s of the machine's own time")
        stage.story.know(None)
        empty = stage.story.play([], stage.now(), sure=False, state="failed")[0]
        waiting = stage.story.play([], stage.now(), sure=True)[0]
        stage.story.know(stage.feed)
        stage.await_moment(empty, waiting, "that there is no network and no sure time", NETWORK)

    def network_comes():
        stage.link(True)
        bring_home(stage)

    def tour():
        def record(moment, path):
            if moment.codes():
                seen.append((moment, screen.codes(path)))

        moments = stage.walk(TOUR, record=record)
        return f"{len(moments) - 1} touches, {len({m.view for m in moments})} views"

    def codes():
        known = {item["code"] for kind in ("needs", "activities") for item in stage.feed[kind]}
        assert seen, "no view with a code was passed"
        for moment, (by_zbar, by_zxing) in seen:
            assert by_zbar == by_zxing == moment.codes(), f"{moment.name}: zbar {by_zbar}, zxing {by_zxing}, not {moment.codes()}"
            for payload in by_zbar:
                code = payload.split("/")[4]
                assert code in known, f"{payload}: the central has no {code}"
        return ", ".join(sorted(set().union(*(found for _, (found, _) in seen))))

    def edited():
        before, after = stage.edit("Kaffe i hagen")
        stage.await_moment(after, before, "the new notice", LONGEST_VISIT)

    def called():
        number = number_of(1)
        stage.type(number)
        stage.yes()
        until(lambda: delivered(stage.central, number) == 1, seconds=NETWORK, what="the call-back at the central")
        go_home(stage)

    def measured():
        stage.await_ssh()
        pid = stage.ssh("systemctl show -P MainPID oppslag-kiosk").strip()
        pss = re.search(r"^Pss:\s+(\d+) kB", stage.ssh(f"cat /proc/{pid}/smaps_rollup"), re.M)
        stage.figure("the kiosk's memory (PSS)", f"{int(pss[1]) / 1024:.1f} MB")
        free = re.search(r"MemTotal:\s+(\d+).*MemAvailable:\s+(\d+)", stage.ssh("cat /proc/meminfo"), re.S)
        used = (int(free[1]) - int(free[2])) // 1024
        stage.figure("all memory in use", f"{used} MB of {int(free[1]) // 1024} MB")
        time.sleep(LONGEST_VISIT - SOON)  # the visit is over, and all that it had made ready
        count = f"awk '/^voluntary/ {{ n += $2 }} END {{ print n }}' /proc/{pid}/task/*/status"
        before, after = stage.ssh(f"{count}; sleep {IDLE_SECONDS}; {count}", timeout=IDLE_SECONDS * 3).split()
        stage.figure("wake-ups of the untouched kiosk", f"{(int(after) - int(before)) / IDLE_SECONDS:.2f} a second")
        assert (int(after) - int(before)) / IDLE_SECONDS < 2, "it does not sleep"

    def good():
        def tries():
            left = stage.ssh("fw_printenv -n BOOT_A_LEFT").strip()
            return left == "3"

        until(tries, seconds=BOOT, what="slot A has its tries back")

    yield "without a network: a picture, that it has none, and that the time is not sure", first_start, True
    yield "the network comes: the time, the feed by TLS with the authority on the card, home", network_comes, True
    yield "every view is reached by touch, and looks like this host's", tour, False
    yield "the codes on the panel, read by zbar and zxing, are the central's", codes, False
    yield "what staff put up is on the screen", edited, False
    yield "a call-back typed on the glass is at the central, once", called, False
    yield "memory, and how often the kiosk wakes", measured, False
    yield "the slot that shows a picture has its tries back", good, False


# ---- closed ----

def closed(stage):
    def ground():
        if not stage.machine.is_on():
            stage.remote(True)
        bring_home(stage)
        stage.await_ssh()

    def listening():
        found = []
        for kind in ("tcp", "tcp6", "udp", "udp6"):
            for line in stage.ssh(f"cat /proc/net/{kind}").splitlines()[1:]:
                local, state = line.split()[1], line.split()[3]
                address, port = local.split(":")
                loopback = address.endswith("7F") or address == "0" * 24 + "01000000"
                if not loopback and state in ("0A", "07"):
                    found.append((kind[:3], int(port, 16)))
        # DHCP's answers; the key is on the card, so SSH.
        assert set(found) <= {("tcp", 22), ("udp", 68), ("udp", 546)}, found
        assert ("tcp", 22) in found, "nothing was found, not even what is known to be there"

    def outward():
        def reaches(user, port):
            inner = f"timeout 20 bash -c ': >/dev/tcp/10.0.2.2/{port}'"
            by = f"setpriv --reuid {user} --regid {user} --clear-groups " if user else ""
            return "yes" in stage.ssh(f"{by}{inner} 2>/dev/null && echo yes || echo no")

        assert reaches(900, 443), "the kiosk's user does not reach the central"
        assert not reaches(900, stage.central.port), "the kiosk's user reaches another port of the central's host"
        assert not reaches(0, 443), "root reaches the central"

    def keys():
        ask = "cat /proc/sys/kernel/random/boot_id; systemctl show -P MainPID oppslag-kiosk; systemctl show -P NRestarts oppslag-kiosk"
        before = stage.ssh(ask)
        resets = stage.machine.events("RESET")
        for chord in (("ctrl", "alt", "f2"), ("alt", "f2"), ("ctrl", "alt", "delete"), ("alt", "sysrq", "b"), ("alt", "f4"), ("ctrl", "alt", "backspace"),
                      ("ctrl", "c"), ("ctrl", "d"), ("ret",)):  # fmt: skip
            for _ in range(7 if "delete" in chord else 1):
                stage.machine.keys(*chord)
                time.sleep(0.3)
        stage.await_view(screen.is_drawn, "a picture after the keys")
        stage.machine.keys("esc")
        bring_home(stage)
        assert stage.ssh(ask) == before, "the machine or the program was started anew"
        assert stage.machine.events("RESET") == resets

    def consoles():
        stage.machine.serial.sock.sendall(b"\nroot\n\n\x03\n")
        time.sleep(5)
        text = "\n".join(stage.machine.serial.lines)
        assert not re.search(r"login:|password:|^[$#] ", text, re.I | re.M), "the serial port offers something"
        running = stage.ssh("cat /proc/[0-9]*/comm 2>/dev/null || true").split()
        assert "oppslag-kiosk" in running and not set(running) & {"agetty", "getty", "login", "sulogin"}, running

    def sound():
        failed = stage.ssh("systemctl --failed --plain --no-legend").strip()
        assert not failed, failed
        for unit in ("oppslag-kiosk", "oppslag-settings"):
            level = re.search(r"(\d+\.\d+)", stage.ssh(f"systemd-analyze security {unit}.service | tail -n 1", timeout=300))
            assert float(level[1]) <= 2.0, f"{unit}: {level[1]}"
        assert "denied" in stage.ssh("touch /usr/x 2>&1 || echo denied") + "", "the system can be written to"

    yield "SSH answers who has the key that lies on the card", ground, True
    yield "inside, nothing else listens on the network", listening, False
    yield "outward, the kiosk's user reaches the central alone, root nothing", outward, False
    yield "Ctrl-Alt-F2, Ctrl-Alt-Del, SysRq, Alt-F4 and Enter on a USB keyboard change nothing", keys, False
    yield "the serial port and the consoles offer no login", consoles, False
    yield "no unit failed, the units are hardened, the system cannot be written to", sound, False


# ---- hung ----

def hung(stage):
    machine = stage.machine

    def stopped():
        if not machine.is_on():
            stage.remote(True)
        bring_home(stage)
        stage.await_ssh()
        stage.ssh("systemctl kill -s STOP oppslag-kiosk")
        began = time.monotonic()
        machine.await_line(r"oppslag-kiosk\.service: Watchdog timeout", 400)
        took = time.monotonic() - began
        stage.first_picture()
        bring_home(stage)
        return f"noticed after {took:.0f} s"

    def again():
        resets = machine.events("RESET")
        for _ in range(12):
            stage.ssh("systemctl kill -s KILL oppslag-kiosk")
            line = machine.await_line(DRAWN + r"|U-Boot \d", BOOT)
            if line[0].startswith("U-Boot"):
                break
        assert machine.events("RESET") > resets, "the machine was not started anew"
        stage.first_picture()
        bring_home(stage)

    yield "a kiosk that is stopped (SIGSTOP) is started anew by its watchdog", stopped, True
    yield "one that does not stay up: the machine is started anew", again, False


# ---- plug ----

class Promise:
    """What the screen said of a number until the plug was pulled."""

    def __init__(self, number, safe):
        self.number, self.safe = number, safe


def plug(stage):
    machine, promises, seconds = stage.machine, [], []
    titles = [None]

    def away(method, path):
        return REFUSED

    def posts_away(method, path):
        return REFUSED if method == "POST" else None

    def back(before=None):
        """The machine comes back to its last good feed, while the central says nothing; then all that was promised is delivered."""
        stage.door.instead = away
        seconds.append(stage.start())
        new = stage.home()
        choices = [new] + ([before] if before else [])
        nothing = stage.story.know(None).play([], stage.now())[0]
        stage.story.know(stage.feed)
        stage.await_view(
            lambda path: any(screen.rather(path, one, nothing) and (len(choices) == 1 or any(screen.rather(path, one, o) for o in choices if o is not one))
                             for one in choices), "the last good feed", NETWORK)  # fmt: skip
        words = r"beyond repair|made anew|repairing it|INCONSISTENCY|you must|manually"
        assert not machine.said(words), [line for line in machine.serial.lines if re.search(words, line)]
        an_hour_passes(stage.central)
        stage.door.instead = None
        for promise in promises:
            if promise.safe:
                until(lambda p=promise: delivered(stage.central, p.number) == 1, seconds=NETWORK, what=f"{promise.number}, promised")
            assert delivered(stage.central, promise.number) <= 1, f"{promise.number} came more than once"

    def first():
        if machine.is_on():
            machine.pull_plug()
        if machine.forward:
            stage.remote(False)
        machine.forward = [(3000 + port, port) for port in SCANNED]
        bring_home(stage)
        stage.learn()
        titles[0] = stage.home()

    def scan():
        # What is dropped answers nobody, so they are asked all at once.
        with concurrent.futures.ThreadPoolExecutor(len(SCANNED)) as pool:
            found = [port for port, answered in zip(SCANNED, pool.map(lambda port: stage.answers(3000 + port), SCANNED)) if answered]
        assert not found, f"these answer: {found}"
        return f"{len(SCANNED)} ports"

    def pulled_writing(n):
        def case():
            number, last = number_of(100 + n), n == stage.pulls - 1
            question, asked, kept = stage.type(number)
            stage.door.instead = posts_away if stage.random.random() < 0.5 or last else None
            titles[0], _ = stage.edit(f"Runde {n + 1} i dag")
            stage.yes()
            if last:
                stage.await_moment(kept, question, "that the number is kept")
            else:
                time.sleep(stage.random.uniform(0, 8))
            machine.screendump(stage.folder / "last.png")
            machine.pull_plug()
            safe = screen.rather(stage.folder / "last.png", kept, question) or delivered(stage.central, number) == 1
            promises.append(Promise(number, safe))
            back(titles[0])
            return "promised" if safe else "not yet promised"

        return case

    def pulled_starting(n):
        def case():
            machine.pull_plug()
            stage.door.instead = away
            machine.start()
            wait = stage.random.uniform(0.05, 1.1) * stage.boot_wall
            time.sleep(wait)
            machine.pull_plug()
            back()
            return f"after {wait:.0f} s"

        return case

    def whole():
        go_home(stage)
        machine.pull_plug()
        image = stage.folder / "data.ext4"
        start, size = machine.place(DATA)
        subprocess.run(["dd", f"if={machine.card}", f"of={image}", "bs=1M", f"skip={start >> 20}", f"count={size >> 20}", "conv=sparse", "status=none"],
                       check=True)  # fmt: skip
        subprocess.run(["e2fsck", "-E", "journal_only", "-y", image], check=False, capture_output=True)
        done = subprocess.run(["e2fsck", "-fn", image], capture_output=True, text=True, check=False)
        image.unlink()
        assert done.returncode == 0, done.stdout[-1500:]

    def steady():
        third = max(1, len(seconds) // 3)
        early, late = statistics.median(seconds[:third]), statistics.median(seconds[-third:])
        stage.figure("starts after a pulled plug, to the first picture", " ".join(f"{s:.0f}" for s in seconds) + " s")
        assert late <= early * 1.5 + 5, f"from {early:.0f} to {late:.0f} s"

    def delivered_all():
        counts = {promise.number: delivered(stage.central, promise.number) for promise in promises}
        assert promises and all(count <= 1 for count in counts.values()), counts
        lost = [promise.number for promise in promises if promise.safe and counts[promise.number] != 1]
        assert not lost, f"lost: {lost}"
        return f"{sum(counts.values())} of {len(counts)} numbers arrived, {sum(p.safe for p in promises)} were promised"

    yield "without a key on the card it starts the same", first, True
    yield "no port answers", scan, False
    for n in range(stage.pulls):
        if n % 5 in (1, 3) and n != stage.pulls - 1:
            yield f"plug {n + 1} of {stage.pulls} pulled while it starts: back with the last good feed", pulled_starting(n), False
        else:
            yield f"plug {n + 1} of {stage.pulls} pulled while feed and call-back are written: back with the last good feed", pulled_writing(n), False
    yield "every call-back that was promised is at the central, none twice", delivered_all, False
    yield "start-up does not grow", steady, False
    yield "the data partition is whole by its journal alone", whole, False


SCANNED = (21, 22, 23, 25, 53, 80, 111, 139, 443, 445, 546, 631, 1900, 2222, 3000, 5353, 5355, 5900, 8000, 8080, 8443, 9090, 19531, 19532)


# ---- slots ----

def slots(stage):
    machine = stage.machine

    def other_slot():
        machine.pull_plug()
        machine.copy_slot(SLOT_A, SLOT_B)
        machine.destroy(SLOT_A)
        seconds = stage.start()
        assert machine.said("Oppslag: slot A does not start") and machine.said("Oppslag: slot B, tries left"), "the slots were not tried in turn"
        bring_home(stage)
        machine.pull_plug()
        assert machine.slots()["BOOT_A_LEFT"] == "0", machine.slots()
        return f"{seconds:.0f} s of the machine's own time"

    yield "slot A destroyed: slot B comes up by itself", other_slot, False


# ---- network ----

def network(stage):
    machine, names = stage.machine, stage.names

    def unsure():
        """What is shown of the last good feed while nobody knows the time."""
        return stage.story.play([], stage.now(), sure=False, state="failed")[0]

    def heal(title):
        stage.door.instead = None
        before, after = stage.edit(title)
        stage.await_moment(after, before, "what is new", LONGEST_VISIT + NETWORK)

    def start_with(clock):
        machine.pull_plug()
        machine.rtc = clock
        stage.start()

    def lying_names():
        bring_home(stage)
        names.known.clear()
        names.known.update({CENTRAL: "10.0.2.99", NTP: "10.0.2.99"})
        start_with(BEFORE_THE_CLOCK)
        home = stage.home()
        stage.await_moment(unsure(), home, "the last good content, and that the time is not sure", NETWORK)
        names.known.update({CENTRAL: "10.0.2.2", NTP: "10.0.2.2"})
        heal("Navnene er tilbake")

    def cable():
        stage.link(False)
        machine.await_line(r"eth0: Lost carrier", NETWORK)
        before, after = stage.edit("Ikke vist: kabelen er ute")
        stage.await_moment(before, after, "the last good content without a cable", LONGEST_VISIT)
        stage.link(True)
        stage.await_moment(after, before, "what is new, with the cable in", NETWORK)

    def answers(what, answer):
        def case():
            since = len(stage.door.requests)
            stage.door.instead = lambda method, path: answer() if method == "GET" else None

            def attempt(after):
                return stage.door.await_request(lambda method, path: method == "GET", LONGEST_VISIT, after)

            # What was asked before is answered before anything changes.
            since = attempt(since)
            before, after = stage.edit(f"Ikke vist: {what}")
            attempt(attempt(since))
            stage.await_moment(before, after, "the last good content", SOON)
            stage.door.instead = None
            stage.await_moment(after, before, "what is new, once the central is well", NETWORK)

        return case

    def feed_of(centre):
        return json.dumps(stage.central.feed(centre)).encode()

    def half():
        whole = feed_of("solbakken")
        return 200, [("Content-Type", "application/json"), ("Content-Length", str(len(whole)))], whole[: len(whole) // 2]

    def hours_later():
        ahead = 5 * 3600
        machine.pull_plug()
        stage.clock.ahead = ahead
        stage.door.instead = lambda method, path: REFUSED
        start_with(BEFORE_THE_CLOCK)
        aged, fresh = stage.home(age_s=ahead + 600, state="failed"), stage.home()
        stage.await_moment(aged, fresh, "how old the content is", NETWORK)
        stage.clock.ahead = 0
        stage.door.instead = None

    def far_future():
        stage.clock.ahead = None
        start_with("2040-06-01T12:00:00")
        stage.await_moment(unsure(), stage.home(), "the last good content, and that the time is not sure", NETWORK)
        stage.clock.ahead = 0
        bring_home(stage)
        machine.pull_plug()
        machine.rtc = BEFORE_THE_CLOCK

    yield "DNS lies, the clock says 1970: the last good content, the time not sure; then all is well", lying_names, True
    yield "the cable out and in again", cable, False
    yield "the central answers 500", answers("500", lambda: (500, [], b"")), False
    yield "the central answers an empty 200", answers("tomt", lambda: (200, [("Content-Type", "application/json")], b"")), False
    yield "the central answers with another centre's feed", answers("andre", lambda: (200, [("Content-Type", "application/json")], feed_of("nordlia"))), False
    yield "the central answers with half a feed", answers("halvt", half), False
    yield "hours without the central: the screen says how old its content is", hours_later, False
    yield "the clock says 2040: the time not sure until the network tells it", far_future, False


# ---- settings ----

WRONG = ("nam = Inngangen", "rotate = 45", "volume = 200", "diagonal 24", "scale = stor", "night-black = kanskje")


def settings(stage):
    machine = stage.machine
    options = ["--config", stage.folder / "oppslag.ini", "--keep-going"]

    def said():
        if machine.is_on():
            machine.pull_plug()
        lines = [*stage.SETTINGS, *WRONG]
        stage.settings(*lines)
        (stage.folder / "oppslag.ini").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        stage.start()
        moments = [stage.story.play([], stage.now(), sure=sure, options=options)[0] for sure in (False, True)]
        assert moments[0].view == "settings" and moments[0].says(f"Linje {len(stage.SETTINGS) + 1}"), [i["text"] for i in moments[0].items]
        other = stage.home()
        stage.await_view(lambda path: any(screen.shows(path, moment, [moment, other]) for moment in moments), "what is wrong in the settings")
        told = {line for line in machine.serial.lines for n in range(len(lines)) if f"oppslag.ini:{n + 1}:" in line}
        assert all(any(f"oppslag.ini:{len(stage.SETTINGS) + 1 + n}:" in line for line in told) for n in range(len(WRONG))), told

    def goes_on():
        stage.await_view(screen.is_drawn, "a picture")
        strip = stage.story.play(["home"], stage.now(), options=options)[1]
        assert strip.view == "home" and strip.says("innstillinger"), [i["text"] for i in strip.items]
        stage.touch(strip, next(item for item in strip.items if item["id"] == "home"))
        stage.await_moment(strip, stage.home(), "home, with a line that leads back", NETWORK)

    def mended():
        machine.pull_plug()
        stage.settings(*stage.SETTINGS)
        bring_home(stage)

    yield f"{len(WRONG)} wrong lines are said on the screen, each in the journal too", said, True
    yield "all else goes on: the feed comes, home has a line that leads back", goes_on, False
    yield "mended, it is gone", mended, False


PARTS = (("boot", boot), ("closed", closed), ("hung", hung), ("plug", plug), ("slots", slots), ("network", network), ("settings", settings))
