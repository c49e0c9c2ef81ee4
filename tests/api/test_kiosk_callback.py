#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# test: waits, timeout=300
"""A call-back through the real kiosk (on a private X display, typed with a finger), the real central and whatever stands between:
sent once or asked again, never lost after it was promised, and the number found nowhere."""
import json
import os
import pathlib
import re
import resource
import shutil
import signal
import ssl
import subprocess
import sys
import time

from callback_visit import (BETWEEN, Relay, Visitor, an_hour_passes, delivered, find_places, forms, found_in_files, free_port, letters,
                            number_of)
from central_process import Central, until
from display import Display
from kiosk_process import KIOSK, TMP, Kiosk, Verdicts, write_json

PLAIN = os.environ["OPPSLAG_KIOSK_PLAIN"]
verdicts = Verdicts()
case = verdicts.case


# ---- what may not be found ----

def found_in_memory(number, pid):
    """In all that the process has, as root sees it."""
    wanted, hits = forms(number), []
    with open(f"/proc/{pid}/maps", encoding="utf-8") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for line in maps:
            words = line.split()
            if "r" not in words[1] or (len(words) > 5 and words[5] in ("[vvar]", "[vvar_vclock]", "[vsyscall]")):
                continue
            first, last = (int(x, 16) for x in words[0].split("-"))
            try:
                memory.seek(first)
                content = memory.read(last - first)
            except OSError:
                continue
            hits += [f"{words[0]} {words[-1]}: {form!r}" for form in wanted if form in content]
    return hits


# ---- one visit each ----

def quiet(visitor, *options, data):
    """A screen at which nobody stands."""
    return Kiosk(*options, data=data, env=visitor.display.env)


def tls_context():
    folder = TMP / "tls"
    folder.mkdir()
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                    "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", folder / "key", "-out", folder / "crt"],
                   check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "crt", folder / "key")
    return context, folder / "crt"


class Visits:
    """Each with a number and a folder of its own."""
    count = 500

    def __init__(self, central, feed, visitor):
        self.central, self.feed, self.visitor = central, feed, visitor

    def visit(self, *ends, options=(), prepare=lambda data: None, feed=None, program=KIOSK, after=lambda kiosk, data: None):
        """Types a number and sends it; ENDS are what must be said of it, in this order."""
        Visits.count += 1
        number, data = number_of(Visits.count), TMP / f"visit-{Visits.count}"
        data.mkdir()
        prepare(data)
        with self.visitor.at("--feed", str(feed or self.feed), *options, data=data, program=program) as kiosk:
            self.visitor.call(kiosk, number)
            at = time.monotonic()
            for end in ends:
                kiosk.await_event("callback", end=end, timeout=20)
            took = time.monotonic() - at
            said = [e["end"] for e in kiosk.log if e["kind"] == "callback"]
            assert said == list(ends), said
            kiosk.await_event("picture", view="callback")
            after(kiosk, data)
            kiosk.end()
            assert "Sanitizer" not in kiosk.said(), kiosk.said()
            hits = found_in_files(number, data, kiosk.stderr)
            assert not hits and number not in json.dumps(kiosk.log), hits
        return number, data, took


def one_visit_each(central, feed, visitor):
    visits = Visits(central, feed, visitor)

    def through(answer, *ends, count, options=(), **more):
        with Relay(central, answer) as relay:
            number, data, took = visits.visit(*ends, options=["--set", f"central={relay.url}", *options], **more)
            assert delivered(central, number) == count, delivered(central, number)
            assert len({key for key, _, _ in relay.posts}) <= 1 and len({body for _, body, _ in relay.posts}) <= 1, "not the same each time"
            return number, data, took, relay

    with case("all is well: sent within a second, and nothing stays"):
        url = f"http://127.0.0.1:{central.port}/feed/v1/solbakken"
        number, data, took = visits.visit("sent", feed=url, program=PLAIN)
        assert delivered(central, number) == 1 and not letters(data)
        assert took < 1, f"{took:.2f} s"

    with case("an answer of 500 is kept and sent later"):
        through(lambda r, n: (500, {}, b"") if n == 1 else "forward", "kept", "sent", count=1)

    with case("429: no sooner than Retry-After says"):
        _, _, took, _ = through(lambda r, n: (429, {"Retry-After": "2"}, b"") if n == 1 else "forward", "kept", "sent", count=1)
        assert took >= 2, took

    with case("a slow central: kept meanwhile, taken once"):
        def slow(relay, n):
            reply = relay.forward(*relay.posts[n - 1][1::-1])
            if n == 1:
                time.sleep(4)
            return reply
        through(slow, "kept", "sent", count=1)

    with case("who says 200 to everything has acknowledged nothing"):
        through(lambda r, n: (200, {"Content-Type": "text/html"}, b"<title>Logg inn</title>"), "kept", count=0,
                after=lambda kiosk, data: until(lambda: len(letters(data)) == 1))

    with case("a proxy that finds no way says 404 as well, and 400: kept, and sent when there is one"):
        page = {"Content-Type": "application/problem+json"}
        answers = [(404, {"Content-Type": "text/html"}, b"<h1>404 Not Found</h1>"), (400, page, b'{"title": "no route"}')]
        through(lambda r, n: answers[n - 1] if n <= len(answers) else "forward", "kept", "sent", count=1)

    with case("a redirect gets the same POST, through a proxy"):
        def redirect(relay, n):
            here = "http://oppslag.example.invalid/callbacks/v1"
            return (301, {"Location": here.replace("oppslag", "sentral")}, b"") if relay.posts[n - 1][2] == here else "forward"
        with Relay(central, redirect) as relay:
            number, _, _ = visits.visit("sent", options=["--set", "central=http://oppslag.example.invalid/", "--set", f"proxy={relay.url}"])
            assert delivered(central, number) == 1
            assert [path.split("/")[2] for _, _, path in relay.posts] == ["oppslag.example.invalid", "sentral.example.invalid"], relay.posts

    with case("TLS with an authority of the municipality's own; with none, nothing is sent"):
        context, authority = tls_context()
        with Relay(central, tls=context) as relay:
            number, _, _ = visits.visit("sent", options=["--set", f"central={relay.url}", "--set", f"ca-file={authority}"])
            assert delivered(central, number) == 1
            number, _, _ = visits.visit("kept", options=["--set", f"central={relay.url}"])
            assert delivered(central, number) == 0

    with case("sealed to a key that the central has not: refused, erased, said"):
        document = json.loads(pathlib.Path(feed).read_text(encoding="utf-8"))
        document["centre"]["seal_key"] = "DBgLd9wXIUljNaMwFO1kxI2y1bZCYGsjbNS9QmbW6j8"
        other = write_json("other-key.json", document)
        _, data, _, _ = through(lambda r, n: "forward", "refused", count=0, feed=other)
        assert not letters(data)

    with case("no network: kept; after a restart it is sent by itself, with nobody there"):
        port = free_port()
        number, data, _ = visits.visit("kept", options=["--set", f"central=http://127.0.0.1:{port}"])
        assert len(letters(data)) == 1 and delivered(central, number) == 0
        with Relay(central, port=port) as relay, quiet(visitor, "--feed", str(feed), "--set", f"central={relay.url}", data=data) as kiosk:
            kiosk.await_event("callback", end="sent")
            until(lambda: not letters(data))
            kiosk.end()
        assert delivered(central, number) == 1

    with case("a disk that takes nothing: sent at once, or not at all and said so"):
        blocked = {"prepare": lambda data: (data / "outbox").write_text("in the way")}
        through(lambda r, n: "forward", "sent", count=1, **blocked)
        port = free_port()
        number, _, took = visits.visit("unsent", options=["--set", f"central=http://127.0.0.1:{port}"], **blocked)
        assert delivered(central, number) == 0 and took < 15, took

    with case("a full outbox says so; what is too old or not ours is erased, and counted"):
        now = int(time.time() * 1000)

        def fill(n, age_h):
            def prepare(data):
                (data / "outbox").mkdir()
                for i in range(n):
                    body = json.dumps({"centre": "solbakken", "sealed": "A" * 406})
                    (data / "outbox" / f"{i:032x}").write_text(f"oppslag-callback 1 {now - age_h * 3600 * 1000}\n{body}")
                (data / "outbox" / f"{'ab' * 16}.new").write_text("half")
            return prepare
        with Relay(central, lambda r, n: (503, {"Retry-After": "60"}, b"")) as relay:
            options = ["--set", f"central={relay.url}"]
            _, data, took = visits.visit("unsent", options=options, prepare=fill(200, 1))
            assert len(letters(data)) == 200 and took < 2, took
            assert not list((data / "outbox").glob("*.new"))
            data = TMP / "old"
            data.mkdir()
            fill(3, 73)(data)
            (data / "outbox" / f"{7:032x}").write_text("something else")
            with quiet(visitor, "--feed", str(feed), *options, data=data) as kiosk:
                for _ in range(3):
                    kiosk.await_event("callback", end="expired")
                until(lambda: not letters(data))
                kiosk.end()
                assert "3 since the start" in kiosk.said(), kiosk.said()

    with case("one with a date that cannot be is not erased for it, and counts from the next start on"):
        with Relay(central, lambda r, n: (503, {"Retry-After": "60"}, b"")) as relay:
            data, at, key = TMP / "dates", int(time.time() * 1000), f"{3:032x}"
            (data / "outbox").mkdir(parents=True)
            for n, sealed_ms in enumerate((0, at + 40 * 3600 * 1000, at - 3600 * 1000), start=1):
                (data / "outbox" / f"{n:032x}").write_text(f"oppslag-callback 1 {sealed_ms}\n" + json.dumps({"centre": "solbakken", "sealed": "A" * 406}))
            with quiet(visitor, "--feed", str(feed), "--set", f"central={relay.url}", data=data) as kiosk:
                until(lambda: relay.posts, what="a first try")
                kiosk.end()
            dates = {path.name: int(path.read_text().split()[2]) for path in letters(data)}
            assert len(dates) == 3 and dates.pop(key) == at - 3600 * 1000, dates
            assert all(at <= date < at + 60 * 1000 for date in dates.values()), dates

    with case("without a central the screen takes no numbers"):
        with visitor.at("--feed", str(feed), data=TMP / "none") as kiosk:
            visitor.stand_before(kiosk)
            visitor.display.tap(*(visitor.places[f"key/{c}"] for c in "01"), after=BETWEEN)
            visitor.go_home(kiosk)
            kiosk.end()
            assert [e["item"] for e in kiosk.log if e["kind"] == "tap"] == ["home"], kiosk.log


# ---- what is left of it ----

def nothing_is_left(central, feed, visitor):
    with case("in memory the number is found while it stands on the screen, and nowhere after it was sent"):
        number = "01907356"
        with visitor.at("--feed", f"http://127.0.0.1:{central.port}/feed/v1/solbakken", data=TMP / "memory") as kiosk:
            visitor.type(kiosk, number)
            pid = kiosk.process.pid
            assert found_in_memory(number, pid), "the search itself is no good"
            visitor.review()
            visitor.send()
            kiosk.await_event("callback", end="sent")
            kiosk.await_event("picture", view="callback")
            assert not found_in_memory(number, pid), found_in_memory(number, pid)
            visitor.go_home(kiosk)
            assert not found_in_memory(number, pid), found_in_memory(number, pid)
            kiosk.end()

    with case("a number that was typed and left is gone as well"):
        number = "01907357"
        with visitor.at("--feed", str(feed), "--set", f"central=http://127.0.0.1:{free_port()}", data=TMP / "left") as kiosk:
            visitor.type(kiosk, number)
            visitor.review()
            visitor.go_home(kiosk)
            hits = found_in_memory(number, kiosk.process.pid)
            assert not hits, hits
            kiosk.end()

    with case("no core file, whatever the surroundings allow"):
        hard = resource.getrlimit(resource.RLIMIT_CORE)
        soft = hard[1]
        resource.setrlimit(resource.RLIMIT_CORE, (soft, hard[1]))
        with visitor.at("--feed", str(feed), "--set", f"central=http://127.0.0.1:{free_port()}", data=TMP / "core") as kiosk:
            visitor.type(kiosk, "01907356")
            limits = pathlib.Path(f"/proc/{kiosk.process.pid}/limits").read_text()
            assert re.search(r"Max core file size\s+0\s+0 ", limits), limits
            kiosk.process.send_signal(signal.SIGABRT)
            _, status = os.waitpid(kiosk.process.pid, 0)
            assert os.WIFSIGNALED(status) and not os.WCOREDUMP(status), status
            kiosk.process.returncode = -signal.SIGABRT
        resource.setrlimit(resource.RLIMIT_CORE, hard)

    with case("nobody looks into the program while a number is typed, not even its own user"):
        def owner():
            return os.stat(f"/proc/{kiosk.process.pid}/environ").st_uid
        data, program, own = TMP / "owner", PLAIN, os.getuid()
        if own == 0:  # may look at everything: so the screen runs as somebody else
            own, program = 65534, TMP / "as-nobody"
            open_to_all = TMP / "open"  # where the project lies, others may not look
            shutil.copytree(os.environ["OPPSLAG_DATADIR"], open_to_all / "share")
            shutil.copy(PLAIN, open_to_all / "oppslag-kiosk")
            feed = shutil.copy(feed, open_to_all / "centre.json")
            program.write_text(f'#!/bin/sh\nexport OPPSLAG_DATADIR={open_to_all / "share"}\n'
                               f'exec setpriv --reuid={own} --regid={own} --clear-groups {open_to_all / "oppslag-kiosk"} "$@"\n')
            program.chmod(0o755)
            TMP.chmod(0o711)
            data.mkdir()
            os.chown(data, own, own)
        os.umask(0)
        with visitor.at("--feed", str(feed), "--set", f"central=http://127.0.0.1:{free_port()}", data=data, program=program) as kiosk:
            os.umask(0o022)
            kiosk.await_event("picture", view="callback")
            assert owner() == 0, owner()
            visitor.go_home(kiosk)
            assert owner() == own, owner()
            kiosk.end()

    with case("a recording tells which controls were chosen and no digit, and it plays"):
        number, record = "01907356", TMP / "record.jsonl"
        with visitor.at("--feed", str(feed), "--set", f"central=http://127.0.0.1:{central.port}", "--record", str(record),
                        data=TMP / "recorded") as kiosk:
            visitor.call(kiosk, number)
            kiosk.await_event("callback", end="sent")
            visitor.go_home(kiosk)
            kiosk.end()
        lines = [json.loads(line) for line in record.read_text(encoding="utf-8").splitlines()]
        kinds = [line["kind"] for line in lines]
        assert kinds.count("private") == 8 and not {"down", "move", "up"} & set(kinds), kinds
        assert [line["on"] for line in lines if line["kind"] == "tap"] == ["callback/next", "callback/yes", "home"], lines
        hits = found_in_files(number, record, TMP / "recorded", *TMP.glob("record.jsonl.*"))
        assert not hits, hits
        events = TMP / "played.jsonl"
        subprocess.run([KIOSK, "--replay", str(record), "--view", "callback", "--events", str(events)], check=True, timeout=60)
        played = [json.loads(line) for line in events.read_text(encoding="utf-8").splitlines()]
        assert [e.get("end") for e in played if e["kind"] == "callback"] == ["sent"], played
        assert [e["view"] for e in played if e["kind"] == "view"][-1] == "home", played


def main():
    with Central() as central, Display() as display:
        feed = write_json("sealed.json", central.feed())
        visitor = Visitor(display, find_places(feed))
        one_visit_each(central, feed, visitor)
        an_hour_passes(central)
        nothing_is_left(central, feed, visitor)
    return verdicts.code()


sys.exit(main())
