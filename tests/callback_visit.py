# SPDX-License-Identifier: GPL-3.0-or-later
"""For tests of call-backs through the real kiosk: a visitor who types a number with a finger, the real central, what stands between them,
and the search for what may not be found."""
import http.client
import http.server
import os
import pathlib
import re
import socket
import threading
import time

from kiosk_process import Kiosk, Replay

PLAIN = os.environ.get("OPPSLAG_KIOSK_PLAIN", "build/oppslag-kiosk")
BETWEEN = 0.05  # seconds from one digit to the next


# ---- what stands between ----

class Relay:
    """Between the screen and the central: answers a POST as `answer(relay, n)` says, n counting from 1: (status, headers, body), or
    "forward" for what the central says. It is a proxy as well: it takes whole addresses."""

    def __init__(self, central, answer=lambda relay, n: "forward", tls=None, port=0):
        self.central, self.answer, self.posts, self.closing = central, answer, [], threading.Event()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):  # noqa: N802, the library's name
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.posts.append((self.headers["Idempotency-Key"], body, self.path))
                reply = outer.answer(outer, len(outer.posts))
                if reply == "forward":
                    reply = outer.forward(body, self.headers["Idempotency-Key"])
                status, headers, text = reply
                try:
                    self.send_response(status)
                    for key, value in headers.items():
                        self.send_header(key, value)
                    self.send_header("Content-Length", str(len(text)))
                    self.end_headers()
                    self.wfile.write(text)
                except OSError:
                    pass  # it has hung up

            def log_message(self, *unused):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *unused):
                pass

        self.server = Server(("127.0.0.1", port), Handler)
        if tls:
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_address[1]
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def forward(self, body, key):
        connection = http.client.HTTPConnection("127.0.0.1", self.central.port, timeout=30)
        connection.request("POST", "/callbacks/v1", body, {"Content-Type": "application/json", "Idempotency-Key": key})
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        kept = ("Content-Type", "Retry-After")
        return answer.status, {k: answer.headers[k] for k in kept if answer.headers[k]}, text

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.close()


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


# ---- what the central has ----

def delivered(central, number):
    return central.rows("SELECT count(*) FROM callbacks WHERE phone = ?", number)[0][0]


def an_hour_passes(central):
    """The central takes so many an hour from one address."""
    central.rows("DELETE FROM attempts")


# ---- a finger ----

def find_places(feed):
    """The middle of each control, step by step, as the display list has it."""
    replay = Replay(time="2026-11-24T09:30").look()
    for n, digit in enumerate("01020304"):
        replay.tap(f"key/{digit}", ms=600)
    replay.tap("callback/next").look().tap("callback/yes").add(500, "callback", end="unsent").look()
    lists, _ = replay.play("--feed", str(feed), "--view", "callback")
    places = {}
    for shown in lists:
        for item in shown.items:
            if item["hit_px"]:
                x, y, w, h = item["hit_px"]
                places[item["id"]] = (x + w // 2, y + h // 2)
    return places


class Visitor:
    """Stands at one screen."""

    def __init__(self, display, places):
        self.display, self.places = display, places

    def at(self, *options, data, program=PLAIN, **more):
        return Kiosk("--set", "night=off", "--view", "callback", *options, data=data, program=program, env=self.display.env, **more)

    def stand_before(self, kiosk, letters_waiting=0):
        """Until the pad is shown and takes touches, and what waited is sent."""
        shown = None
        while shown is None or letters_waiting > 0:
            event = kiosk.events.get(timeout=60)
            kiosk.log.append(event)
            if event["kind"] == "picture" and event["view"] == "callback":
                shown = shown or time.monotonic()
            letters_waiting -= event["kind"] == "callback"
        time.sleep(max(0, shown + 0.35 - time.monotonic()))  # a new screen is deaf for 0.3 s

    def type(self, kiosk, number):
        """NUMBER has no digit twice in a row: the same key is deaf for half a second."""
        self.stand_before(kiosk)
        self.display.tap(*(self.places[f"key/{c}"] for c in number), after=BETWEEN)

    def review(self):
        self.display.tap(self.places["callback/next"])
        time.sleep(0.31)

    def send(self):
        self.display.tap(self.places["callback/yes"])

    def call(self, kiosk, number):
        self.type(kiosk, number)
        self.review()
        self.send()

    def go_home(self, kiosk):
        time.sleep(0.35)
        self.display.tap(self.places["home"])
        kiosk.await_event("picture", view="home")


def number_of(n):
    """A made-up number: no Norwegian one begins with 0, no digit stands twice in a row, N tells it from others."""
    number = "0"
    for k in (1, 1, 10, 100, 1000, 1, 7):
        number += str((int(number[-1]) + 1 + (n // k + len(number)) % 9) % 10)
    return number


# ---- what may not be found ----

def forms(number):
    pairs = " ".join(re.findall("..", number))
    texts = [number, pairs, pairs.replace(" ", ""), " ".join(number), ", ".join(" ".join(p) for p in re.findall("..", number))]
    return {form for text in texts for form in (text.encode(), text.encode("utf-16-le"), text.encode("utf-32-le"))}


def found_in_files(number, *places):
    wanted, hits = forms(number), []
    for place in places:
        for path in ([place] if place.is_file() else place.rglob("*")):
            if path.is_file():
                content = path.read_bytes()
                hits += [f"{path}: {form!r}" for form in wanted if form in content]
    return hits


def letters(data):
    folder = pathlib.Path(data) / "outbox"
    return sorted(p for p in folder.iterdir() if re.fullmatch("[0-9a-f]{32}", p.name)) if folder.is_dir() else []
