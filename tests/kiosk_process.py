# SPDX-License-Identifier: GPL-3.0-or-later
"""For tests that lead the real kiosk: feeds, replays, a running kiosk whose events are awaited, and a server that serves a feed."""
import contextlib
import datetime
import http.server
import itertools
import json
import os
import pathlib
import queue
import signal
import socket
import subprocess
import tempfile
import threading
import time

KIOSK = os.environ.get("OPPSLAG_KIOSK", "build/san/oppslag-kiosk")
TMP = pathlib.Path(os.environ.get("TMPDIR") or tempfile.mkdtemp(prefix="oppslag-test."))
DEADLINE = 60
LONG = 1  # seconds from which on a case says how many it took
DAY = "2026-11-24"  # a Tuesday
NOW = f"{DAY}T09:30"


# ---- verdicts, as TAP lines ----

class Verdicts:
    def __init__(self):
        self.failed = 0

    @contextlib.contextmanager
    def case(self, name):
        """One case: prints `ok` or `not ok`, with the assertion that failed, and how long it took."""
        began = time.monotonic()
        try:
            yield
        except (AssertionError, subprocess.SubprocessError, OSError, KeyError, queue.Empty) as fault:
            self.failed += 1
            print(f"not ok {name}", flush=True)
            for line in str(fault).splitlines() or [type(fault).__name__]:
                print(f"# {type(fault).__name__}: {line}", flush=True)
        else:
            print(f"ok {name}", flush=True)
        took = time.monotonic() - began
        if took >= LONG:
            print(f"# {took:.1f} s", flush=True)

    def code(self):
        return 1 if self.failed else 0


# ---- feeds ----

def texts(nb, en=None):
    return {"nb": nb, "en": en or nb}


def activity(name, start, number, **more):
    letters = "23456789BCDFGHJKMNPQRSTVWXYZ"
    code = "KKK" + letters[number // len(letters)] + letters[number % len(letters)]
    return {"id": name, "code": code, "number": f"{100000 + number}", "name": texts(name.capitalize()), "kind": "other",
            "start": f"{DAY}T{start}", "duration": "PT45M", **more}


def clock(minutes):
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def centre(activities=4, centre_id="solbakken", version=1, generated="2026-11-24T07:00:00Z", **more):
    """A small made-up centre; `activities` of them a day, one every quarter from 10.15 on."""
    feed = {
        "feed": 1, "version": version, "generated": generated,
        "centre": {"id": centre_id, "name": texts("Solbakken", "Solbakken"), "zone": "Europe/Oslo", "languages": ["nb", "en"],
                   "signup_host": "solbakken.example.no"},
        "activities": [activity(f"samling{n}", clock(600 + n * 15 % 780), n, rrule="FREQ=DAILY") for n in range(1, activities + 1)],
        "needs": [{"id": "turvenn", "code": "7F3K2", "number": "482913", "name": texts("Turvenn", "Walking companion"),
                   "when": texts("Torsdager kl. 13", "Thursdays at 13:00"), "seats": 2, "taken": 1, "contact": "vertinne"}],
        "notices": [],
        "organisations": [],
        "contacts": [{"id": "vertinne", "name": "Frivillighetsverten", "phone": "00 00 12 34"}],
    }
    feed.update(more)
    return feed


def write_json(name, document):
    path = TMP / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return path


# ---- replays ----

class Replay:
    """A replay as it is written: each call adds a line `ms` after the one before."""
    count = 0

    def __init__(self, feed=None, time=NOW, **start):
        Replay.count += 1
        self.folder = TMP / f"replay-{Replay.count}"
        self.folder.mkdir()
        self.t, self.lines, self.files = 0, [], []
        self.add(0, "start", time=time, **start)
        if feed is not None:
            self.feed(0, feed)

    def add(self, ms, kind, **fields):
        self.t += ms
        self.lines.append({"t_ms": self.t, "kind": kind, **fields})
        return self

    def feed(self, ms, document, **fields):
        name = f"feed-{len(self.lines)}.json"
        (self.folder / name).write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
        return self.add(ms, "feed", file=name, **fields)

    def tap(self, on, ms=1000, **fields):
        self.add(ms, "tap", on=on, **fields)
        self.t += fields.get("hold_ms", 80)
        return self

    def look(self, ms=0):
        """Asks for the display list; play() returns them in order."""
        self.files.append(self.folder / f"list-{len(self.files)}.json")
        return self.add(ms, "list", file=str(self.files[-1]))

    def write(self):
        path = self.folder / "replay.jsonl"
        path.write_text("".join(json.dumps(line) + "\n" for line in self.lines), encoding="utf-8")
        return path

    def play(self, *arguments):
        """The lists that were asked for, and the events."""
        events = self.folder / "events.jsonl"
        done = subprocess.run([KIOSK, "--replay", str(self.write()), "--events", str(events), *arguments], capture_output=True,
                              text=True, timeout=DEADLINE, check=False)
        assert done.returncode == 0, f"ended with {done.returncode}: {done.stderr}"
        lists = [Shown(json.loads(path.read_text(encoding="utf-8"))) for path in self.files]
        return lists, [json.loads(line) for line in events.read_text(encoding="utf-8").splitlines()]


class Shown:
    """A display list."""

    def __init__(self, document):
        self.document = document
        self.view, self.lang, self.items = document["view"], document["lang"], document["items"]

    def __getitem__(self, item_id):
        for item in self.items:
            if item["id"] == item_id:
                return item
        raise KeyError(f"no item {item_id} among {[i['id'] for i in self.items]}")

    def __contains__(self, item_id):
        return any(item["id"] == item_id for item in self.items)

    def by_action(self, action):
        for item in self.items:
            if item["action"] == action:
                return item
        raise KeyError(f"nothing does {action}: {[i['action'] for i in self.items if i['action']]}")

    def texts(self):
        return [item["text"] for item in self.items if item["text"]]

    def says(self, words):
        return any(words in text for text in self.texts())

    def same(self, other):
        return self.document == other.document


# ---- a kiosk that runs ----

class Kiosk:
    """The program with its window (dummy driver), its events read from a FIFO as they happen."""
    numbers = itertools.count(1)

    def __init__(self, *arguments, data=None, program=KIOSK, env=None):
        number = next(Kiosk.numbers)
        self.fifo = TMP / f"events-{number}"
        os.mkfifo(self.fifo)
        self.reader = os.open(self.fifo, os.O_RDWR)
        self.data = data or TMP / f"data-{number}"
        self.events, self.stderr = queue.Queue(), TMP / f"stderr-{number}"
        self.log = []
        with open(self.stderr, "wb") as err:
            self.process = subprocess.Popen([program, "--events", str(self.fifo), "--data", str(self.data), *arguments], stderr=err,
                                            stdout=subprocess.DEVNULL, env={**os.environ, **(env or {})})
        self.thread = threading.Thread(target=self.read, daemon=True)
        self.thread.start()

    def read(self):
        rest = b""
        while True:
            chunk = os.read(self.reader, 65536)
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                if line == b"stop":
                    return
                self.events.put(json.loads(line))

    def await_event(self, kind, timeout=DEADLINE, **fields):
        """The next event of that kind with those fields; what comes before it is passed over."""
        until = time.monotonic() + timeout
        while True:
            try:
                event = self.events.get(timeout=max(0.01, until - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"no {kind} {fields} within {timeout} s after {self.log[-6:]}; it said: {self.said()}") from None
            self.log.append(event)
            if event["kind"] == kind and all(event.get(key) == value for key, value in fields.items()):
                return event

    def said(self):
        return self.stderr.read_text(encoding="utf-8", errors="replace")

    def wait(self, timeout=DEADLINE):
        code = self.process.wait(timeout)
        self.close()
        return code

    def end(self, sig=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(sig)
        return self.wait()

    def close(self):
        if self.reader is not None:
            os.write(self.reader, b"stop\n")
            self.thread.join(DEADLINE)
            os.close(self.reader)
            self.reader = None

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.close()


# ---- a server of feeds ----

class FeedServer:
    """Answers GET as its `answer` says: a function of the request that returns (status, headers, body), None for a hang."""

    def __init__(self, answer, port=0):
        self.requests, self.answer = queue.Queue(), answer
        self.ending, self.connections = threading.Event(), set()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self):
                super().setup()
                outer.connections.add(self.connection)

            def do_GET(self):  # noqa: N802, the library's name
                outer.requests.put({"path": self.path, "headers": dict(self.headers), "at": time.monotonic()})
                reply = outer.answer(self)
                if reply is None:
                    outer.ending.wait(DEADLINE)
                    self.close_connection = True
                    return
                status, headers, body = reply
                self.send_response(status)
                for key, value in headers.items():
                    self.send_header(key, value)
                if "Content-Length" not in headers:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                with contextlib.suppress(OSError):
                    self.wfile.write(body)

            def log_message(self, *unused):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            allow_reuse_address = True

            def handle_error(self, *unused):
                pass  # clients that go away are part of the tests

        self.server = Server(("127.0.0.1", port), Handler)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()

    def url(self, path="/feed/v1/solbakken"):
        return f"http://127.0.0.1:{self.port}{path}"

    def next_request(self, timeout=DEADLINE):
        return self.requests.get(timeout=timeout)

    def close(self):
        """As when the machine is switched off: those that wait are cut off."""
        self.ending.set()
        self.server.shutdown()
        self.server.server_close()
        for connection in self.connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self.thread.join(DEADLINE)

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.close()


class Central:
    """What a central does, as an `answer`: ETag, 304, long poll; `publish` wakes those that wait."""

    def __init__(self, document):
        self.changed = threading.Condition()
        self.n, self.body = 0, b""
        self.publish(document)

    def publish(self, document):
        with self.changed:
            self.n += 1
            self.body = document if isinstance(document, bytes) else json.dumps(document).encode()
            self.changed.notify_all()

    def etag(self):
        return f'"v{self.n}"'

    def __call__(self, request):
        known, prefer = request.headers.get("If-None-Match"), request.headers.get("Prefer", "")
        with self.changed:
            if prefer.startswith("wait=") and known == self.etag():
                self.changed.wait_for(lambda: known != self.etag(), timeout=int(prefer[5:]))
            if known == self.etag():
                return 304, {"ETag": self.etag()}, b""
            return 200, {"ETag": self.etag(), "Content-Type": "application/json"}, self.body


def minutes_ago(minutes):
    """In UTC, as a feed's `generated`."""
    then = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(minutes=minutes)
    return then.strftime("%Y-%m-%dT%H:%M:%SZ")
