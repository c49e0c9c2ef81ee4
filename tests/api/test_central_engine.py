#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# test: timeout=300
"""What the central promises to anybody who speaks HTTP to it: feeds, long polls, headers, sessions, limits."""
import gzip
import json
import pathlib
import re
import socket
import sqlite3
import subprocess
import sys
import threading
import time

from central_process import CENTRAL, PASSWORD, SAMPLE, Browser, Central, hidden
from kiosk_process import Verdicts

verdicts = Verdicts()
case = verdicts.case
FEED = "/feed/v1/solbakken"


def raw(port, data, until_close=True):
    """Sends bytes, gives back all that comes until the other side closes (or the first piece)."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as s:
        s.sendall(data)
        got = b""
        while piece := s.recv(65536):
            got += piece
            if not until_close:
                break
        return got


def status_of(reply):
    return int(reply.split(b" ", 2)[1]) if reply else 0


def one_change(staff, csrf):
    """Any change of the sample centre: a contact's entry is confirmed."""
    contact = json.loads(SAMPLE.read_text(encoding="utf-8"))["contacts"][0]["id"]
    answer = staff.post(f"/staff/c/solbakken/contacts/{contact}/confirm", {"csrf": csrf})
    assert answer.status == 303, (answer.status, answer.text)


def waiting(browser):
    return json.loads(browser.get("/health").text)["waiting"]


def await_waiting(browser, n, seconds=20):
    until = time.monotonic() + seconds
    while waiting(browser) != n:
        assert time.monotonic() < until, f"{waiting(browser)} wait, not {n}"


class Poll(threading.Thread):
    """A screen's poll in the background."""

    def __init__(self, port, **headers):
        super().__init__()
        self.port, self.headers, self.answer = port, headers, None
        self.start()

    def run(self):
        began = time.monotonic()
        self.answer = Browser(self.port).get(FEED, **self.headers)
        self.seconds = time.monotonic() - began

    def result(self):
        self.join(60)
        assert self.answer is not None, "no answer"
        return self.answer


def feed_cases(central, staff, csrf):
    browser = Browser(central.port)

    with case("the feed is the sample, with an ETag"):
        answer = browser.get(FEED)
        feed = json.loads(answer.text)
        sample = json.loads(SAMPLE.read_text(encoding="utf-8"))
        assert answer.status == 200 and answer.header("Content-Type") == "application/json"
        assert [a["id"] for a in feed["activities"]] == [a["id"] for a in sample["activities"]]
        assert [n["code"] for n in feed["needs"]] == [n["code"] for n in sample["needs"]]
        assert feed["centre"]["signup_host"] == f"http://127.0.0.1:{central.port}"
        etag = answer.header("ETag")
        assert re.fullmatch(r'"[0-9a-f]{64}"', etag), etag

    with case("the same content has the same tag on both sockets"):
        assert Browser(central.screens).get(FEED).header("ETag") == etag

    with case("304 for the tag, in lists, weak, and for *"):
        for value in (etag, f'"x", {etag}', f"W/{etag}", f'"a","b" , {etag} ', "*", f'{etag},"z"'):
            answer = browser.get(FEED, If_None_Match=value)
            assert answer.status == 304 and answer.bytes == b"" and answer.header("ETag") == etag, value
            assert answer.header("Content-Length") != "0"

    with case("200 for another tag, and for what is no tag"):
        for value in ('"x"', etag.replace('"', ""), "", '"', f'"x" {etag}'):
            assert browser.get(FEED, If_None_Match=value).status == 200, value

    with case("gzip by weight, with a tag of its own; either tag gives 304"):
        plain = browser.get(FEED).bytes
        for accept, packed in (("gzip", True), ("gzip;q=0", False), ("identity, gzip;q=0.5", False), ("br, *;q=0.1", True), ("deflate", False),
                               ("GZIP;q=1.0, identity;q=0.5", True), ("*;q=0", False), ("gzip;q=2", False), ("", False)):
            answer = browser.get(FEED, Accept_Encoding=accept)
            assert (answer.header("Content-Encoding") == "gzip") == packed, accept
            assert "Accept-Encoding" in answer.header("Vary")
            assert (gzip.decompress(answer.bytes) if packed else answer.bytes) == plain
        tag = browser.get(FEED, Accept_Encoding="gzip").header("ETag")
        assert tag != etag
        assert browser.get(FEED, Accept_Encoding="gzip", If_None_Match=etag).status == 304
        assert browser.get(FEED, If_None_Match=tag).status == 304

    with case("HEAD has the headers and no body"):
        answer = browser.ask("HEAD", FEED)
        assert answer.status == 200 and answer.bytes == b"" and answer.header("Content-Length") == str(len(plain))

    with case("another centre's name is 404, another method 405"):
        assert browser.get("/feed/v1/ingen").status == 404
        assert browser.get("/feed/v1/").status == 404
        assert browser.get("/feed/v1/" + "x" * 3000).status in (404, 414)
        assert browser.get(FEED + "?x=1").status == 200
        answer = browser.ask("POST", FEED, b"x")
        assert answer.status == 405 and "GET" in answer.header("Allow")
        assert Browser(central.screens).get("/staff/login").status == 404

    with case("one connection carries many requests"):
        with socket.create_connection(("127.0.0.1", central.port), timeout=10) as s:
            s.sendall(f"GET {FEED} HTTP/1.1\r\nHost: x\r\nIf-None-Match: {etag}\r\n\r\n".encode() * 3)
            got = b""
            while got.count(b"HTTP/1.1 304") < 3:
                piece = s.recv(65536)
                assert piece, got
                got += piece


def poll_cases(central, staff, csrf):
    browser = Browser(central.port)

    for name, port in (("browsers'", central.port), ("screens'", central.screens)):
        with case(f"a poll at the {name} socket is held, and answered by a change"):
            etag = browser.get(FEED).header("ETag")
            poll = Poll(port, If_None_Match=etag, Prefer="wait=50")
            await_waiting(browser, 1)
            began = time.monotonic()
            one_change(staff, csrf)
            answer = poll.result()
            print(f"# from the POST to the answer of the poll: {(time.monotonic() - began) * 1000:.0f} ms")
            assert answer.status == 200 and answer.header("ETag") != etag
            assert json.loads(answer.text)["version"] > 1

    with case("a poll ends by itself with 304"):
        etag = browser.get(FEED).header("ETag")
        poll = Poll(central.screens, If_None_Match=etag, Prefer='respond-async, wait="1"')
        assert poll.result().status == 304
        assert 0.6 < poll.seconds < 4, poll.seconds

    with case("nothing is held without a tag that fits, or without a wait"):
        for headers in ({"Prefer": "wait=50"}, {"Prefer": "wait=50", "If_None_Match": '"old"'}, {"If_None_Match": etag},
                        {"If_None_Match": etag, "Prefer": "wait=0"}, {"If_None_Match": etag, "Prefer": "wait=x, waiting=9"}):
            began = time.monotonic()
            assert browser.get(FEED, **headers).status in (200, 304)
            assert time.monotonic() - began < 5

    with case("who leaves while waiting is forgotten at the next change"):
        with socket.create_connection(("127.0.0.1", central.screens)) as s:
            s.sendall(f"GET {FEED} HTTP/1.1\r\nHost: x\r\nIf-None-Match: {etag}\r\nPrefer: wait=50\r\n\r\n".encode())
            await_waiting(browser, 1)
        one_change(staff, csrf)
        await_waiting(browser, 0)

    with case("no change falls between a look and a sleep (100 races)"):
        for _ in range(100):
            etag = browser.get(FEED).header("ETag")
            changed = threading.Thread(target=one_change, args=(staff, csrf))
            changed.start()
            began = time.monotonic()
            answer = Browser(central.screens).get(FEED, If_None_Match=etag, Prefer="wait=50")
            assert answer.status == 200 and time.monotonic() - began < 10
            changed.join()

    with case("what another process changes is found too"):
        etag = browser.get(FEED).header("ETag")
        poll = Poll(central.screens, If_None_Match=etag, Prefer="wait=30")
        await_waiting(browser, 1)
        with sqlite3.connect(central.database.removeprefix("sqlite:"), timeout=20) as db:
            db.execute("UPDATE centres SET version = version + 1 WHERE id = 'solbakken'")
        db.close()
        assert poll.result().status == 200 and poll.seconds < 10

    with case("a new centre is served without a restart"):
        central.run("centre", "add", "fjordglott", "--name", "Fjordglott")
        until = time.monotonic() + 10
        while browser.get("/feed/v1/fjordglott").status != 200:
            assert time.monotonic() < until


def header_cases(central):
    browser = Browser(central.port)

    with case("pages carry their security headers"):
        answer = browser.get("/staff/login")
        assert answer.status == 200
        policy = answer.header("Content-Security-Policy")
        assert "default-src 'self'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
        assert answer.header("X-Content-Type-Options") == "nosniff"
        assert answer.header("Referrer-Policy") and answer.header("X-Frame-Options") == "DENY"
        assert answer.header("Cache-Control") == "no-store"
        assert answer.header("Strict-Transport-Security") is None

    with case("style sheets are kept for ever at an address with their hash"):
        url = re.search(r'<link rel="stylesheet" href="([^"]+)"', browser.get("/staff/login").text).group(1)
        answer = browser.get(url, Accept_Encoding="gzip")
        assert answer.status == 200 and "immutable" in answer.header("Cache-Control") and answer.header("Content-Type").startswith("text/css")
        assert gzip.decompress(answer.bytes) == browser.get(url).bytes
        assert browser.get(re.sub(r"/[0-9a-f]{16}/", "/0000000000000000/", url)).status == 404

    with case("health tells that it lives, and no secret"):
        health = json.loads(browser.get("/health").text)
        assert health["status"] == "ok" and set(health) == {"status", "version", "waiting"}

    with case("the language follows the browser, a choice, and a link"):
        assert 'lang="nb"' in browser.get("/staff/login").text
        assert 'lang="en"' in browser.get("/staff/login", Accept_Language="en-GB,nb;q=0.5").text
        assert 'lang="en"' in browser.get("/staff/login?L=EN").text
        assert 'lang="nb"' in browser.get("/staff/login?L=XX").text
        chooser = Browser(central.port)
        answer = chooser.post("/language", {"lang": "en", "next": "/staff/login"})
        assert answer.status == 303 and answer.header("Location") == "/staff/login"
        assert 'lang="en"' in chooser.get("/staff/login").text
        assert chooser.post("/language", {"lang": "en", "next": "//example.no"}).header("Location") == "/"
        assert chooser.post("/language", {"lang": "zz"}).status == 400

    with case("requests that are malformed are refused"):
        host = b"Host: x\r\n"
        bad = {
            "two Host lines": b"GET /health HTTP/1.1\r\n" + host + host + b"\r\n",
            "no Host line": b"GET /health HTTP/1.1\r\n\r\n",
            "a Host that is none": b"GET /health HTTP/1.1\r\nHost: a b\r\n\r\n",
            "a space before the colon": b"GET /health HTTP/1.1\r\nHost : x\r\n\r\n",
            "a control character": b"GET /health HTTP/1.1\r\n" + host + b"X: a\x01b\r\n\r\n",
            "two lengths": b"POST /language HTTP/1.1\r\n" + host + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
            "a length and chunks": b"POST /language HTTP/1.1\r\n" + host + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "a length that is none": b"POST /language HTTP/1.1\r\n" + host + b"Content-Length: x\r\n\r\nabc",
            "a target without a slash": b"GET health HTTP/1.1\r\n" + host + b"\r\n",
            "bytes above ASCII in the target": "GET /hæ HTTP/1.1\r\n".encode() + host + b"\r\n",
            "a half escape": b"GET /%e HTTP/1.1\r\n" + host + b"\r\n",
            "broken UTF-8": b"GET /%ff HTTP/1.1\r\n" + host + b"\r\n",
            "a NUL": b"GET /%00 HTTP/1.1\r\n" + host + b"\r\n",
        }
        for name, request in bad.items():
            for port in (central.port,):
                status = status_of(raw(port, request.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1)))
                assert status in (0, 400), f"{name}: {status}"
        assert status_of(raw(central.port, b"GET /health HTTP/3.7\r\n" + host + b"\r\n")) in (0, 400, 505)
        assert status_of(raw(central.port, b"BREW /health HTTP/1.1\r\n" + host + b"\r\n")) == 501
        assert status_of(raw(central.port, b"GET /health HTTP/1.0\r\n\r\n")) == 200
        assert status_of(raw(central.port, b"GET http://x/health HTTP/1.1\r\n" + host + b"Connection: close\r\n\r\n")) == 200
        assert status_of(raw(central.screens, b"GET /health HTTP/1.1\r\n" + host + b"Cookie: " + b"x" * 5000 + b"\r\n\r\n")) in (0, 431)
        assert browser.get("/health").status == 200

    with case("an address that is not there is a page in the reader's language"):
        answer = browser.get("/finnes/ikke")
        assert answer.status == 404 and 'lang="nb"' in answer.text and "Siden finnes ikke" in answer.text
        answer = browser.ask("DELETE", "/health")
        assert answer.status == 405 and answer.header("Allow") == "GET, HEAD"


def session_cases(central):
    with case("who is not logged in is sent to log in, and back afterwards"):
        stranger = Browser(central.port)
        answer = stranger.get("/staff/c/solbakken/activities")
        assert answer.status == 303 and answer.header("Location").startswith("/staff/login?next=")
        page = stranger.get(answer.header("Location")).text
        assert hidden(page, "next") == "/staff/c/solbakken/activities"
        answer = stranger.post("/staff/login", {"name": "ADMIN", "password": PASSWORD, "next": "/staff/c/solbakken/activities"})
        assert answer.status == 303 and answer.header("Location") == "/staff/c/solbakken/activities"
        cookie = answer.header("Set-Cookie")
        assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie

    with case("a form without its token, or from another site, is refused"):
        staff = Browser(central.port).log_in("admin")
        csrf = staff.csrf()
        assert staff.post("/staff/logout", {}).status == 403
        assert staff.post("/staff/logout", {"csrf": "x" * 64}).status == 403
        other = Browser(central.port).log_in("admin")
        assert staff.post("/staff/logout", {"csrf": other.csrf()}).status == 403
        assert staff.post("/staff/logout", {"csrf": csrf}, Sec_Fetch_Site="cross-site").status == 403
        assert staff.post("/staff/logout", {"csrf": csrf}, Origin="http://example.no").status == 403
        assert staff.get("/staff/password").status == 200
        assert staff.post("/staff/logout", {"csrf": csrf}, Origin=f"http://127.0.0.1:{central.port}", Sec_Fetch_Site="same-origin").status == 303
        assert staff.get("/staff/password").status == 303

    with case("log in from another site is refused"):
        assert Browser(central.port).post("/staff/login", {"name": "admin", "password": PASSWORD}, Sec_Fetch_Site="cross-site").status == 403

    with case("a wrong password and an unknown name look the same"):
        stranger = Browser(central.port)
        one = stranger.post("/staff/login", {"name": "admin", "password": "noe annet her"})
        two = stranger.post("/staff/login", {"name": "ukjent", "password": "noe annet her"})
        assert one.status == two.status == 422
        assert one.text.replace("admin", "ukjent") == two.text and "noe annet her" not in one.text

    with case("an open redirect is not to be had"):
        for target in ("//example.no", "https://example.no", "/\\example.no", "javascript:alert(1)"):
            answer = Browser(central.port).post("/staff/login", {"name": "admin", "password": PASSWORD, "next": target})
            assert answer.header("Location") == "/staff", target

    with case("guessing gets slow, and says how long to wait"):
        guesser = Browser(central.port, **{"X-Forwarded-For": "192.0.2.1"})
        statuses = [guesser.post("/staff/login", {"name": "knut", "password": f"gjetning nummer {i}"}).status for i in range(8)]
        assert 429 in statuses and statuses[0] == 422, statuses
        answer = guesser.post("/staff/login", {"name": "knut", "password": "enda en gjetning"})
        if answer.status == 429:
            assert 1 <= int(answer.header("Retry-After")) <= 60
        assert central.said().count("trusted-proxy") == 1, "a proxy that is not named is told of once"

    with case("a password is changed, and other sessions end"):
        central.user("turid", "solbakken")
        until = time.monotonic() + 90
        first = Browser(central.port)
        while first.post("/staff/login", {"name": "turid", "password": PASSWORD}).status == 429:
            assert time.monotonic() < until
        second = Browser(central.port).log_in("turid")
        new = "noe helt nytt og langt"
        answer = first.submit("/staff/password", old=PASSWORD, new=new, again=new + "!")
        assert answer.status == 422
        assert first.submit("/staff/password", old="feil passord", new=new, again=new).status == 422
        assert first.submit("/staff/password", old=PASSWORD, new="kort", again="kort").status == 422
        assert first.submit("/staff/password", old=PASSWORD, new=new, again=new).status == 303
        assert first.get("/staff/password").status == 200
        assert second.get("/staff/password").status == 303


def rows_of(role):
    """(method, path) of the routes in the table that ROLE may see."""
    table = (pathlib.Path(__file__).parents[2] / "src/central/routes.h").read_text(encoding="utf-8")
    return [(m, p) for m, p, r in re.findall(r'X\((GET|POST),\s*"([^"]+)",\s*(\w+),', table) if r == role]


def centre_cases(central):
    editor = Browser(central.port).log_in("knut")
    csrf = editor.csrf()

    with case("an editor reaches no page of another centre"):
        routes = [row for row in rows_of("STAFF") if "{centre}" in row[1]]
        assert len(routes) > 20
        contact = json.loads(SAMPLE.read_text(encoding="utf-8"))["contacts"][0]["id"]
        etag = editor.get(FEED).header("ETag")
        for method, path in routes:
            path = path.replace("{centre}", "solbakken").replace("{id}", contact)
            path = re.sub(r"\{\w+\}", "20261124T1100", path)
            answer = editor.post(path, {"csrf": csrf}) if method == "POST" else editor.get(path)
            assert answer.status == 403, f"{method} {path}: {answer.status}"
        assert editor.get(FEED).header("ETag") == etag

    with case("but every page of his own"):
        assert editor.get("/staff/c/nordlia/activities").status == 200

    with case("a stranger reaches no staff page at all"):
        stranger = Browser(central.port)
        for method, path in rows_of("STAFF"):
            path = re.sub(r"\{\w+\}", "x", path.replace("{centre}", "solbakken"))
            answer = stranger.post(path, {"csrf": csrf}) if method == "POST" else stranger.get(path)
            assert answer.status == 303 and answer.header("Location").startswith("/staff/login"), f"{method} {path}: {answer.status}"


def limit_cases(central):
    staff = Browser(central.port).log_in("admin")
    csrf = staff.csrf()

    with case("a body that is too large is 413, whether it says so first or not"):
        big = b"lang=en&x=" + b"y" * 400_000
        assert staff.ask("POST", "/language", big, Content_Type="application/x-www-form-urlencoded").status == 413
        chunks = (b"%x\r\n%s\r\n" % (len(big), big)) + b"0\r\n\r\n"
        head = b"POST /language HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
        assert status_of(raw(central.port, head + chunks)) == 413
        assert staff.ask("POST", "/language", b"lang=en&" + b"a=1&" * 300, Content_Type="application/x-www-form-urlencoded").status == 413

    with case("a body of another type, or of broken text, is 400"):
        assert staff.ask("POST", "/language", b"{}", Content_Type="application/json").status == 400
        assert staff.ask("POST", "/language", b"lang=%ff", Content_Type="application/x-www-form-urlencoded").status == 400
        assert staff.ask("POST", "/language", b"lang=%00", Content_Type="application/x-www-form-urlencoded").status == 400
        assert staff.ask("POST", "/language", b"--x", Content_Type="multipart/form-data; boundary=y").status == 400

    with case("what stands twice is wrong"):
        assert staff.ask("POST", "/language", f"csrf={csrf}&lang=en&lang=nb".encode(), Content_Type="application/x-www-form-urlencoded").status == 400


def stop_cases():
    with case("SIGTERM answers who waits and ends within 2 s"):
        central = Central()
        with central:
            browser = Browser(central.port)
            etag = browser.get(FEED).header("ETag")
            polls = [Poll(port, If_None_Match=etag, Prefer="wait=50") for port in (central.port, central.screens) for _ in range(5)]
            await_waiting(browser, 10)
            began = time.monotonic()
            assert central.stop() == 0, central.said()
            seconds = time.monotonic() - began
            assert seconds < 2, seconds
            for poll in polls:
                assert poll.result().status == 503 and poll.answer.header("Connection") == "close"
            central.start()

    with case("https: __Host- cookie, Secure, HSTS; the forwarded address is believed of the trusted proxy only"):
        with Central(settings=["public-url=https://oppslag.example.no/", "trusted-proxy=127.0.0.1", "listen-screens=off"]) as central:
            central.user("admin")
            browser = Browser(central.port, **{"X-Forwarded-For": "203.0.113.5, 192.0.2.44"})
            answer = browser.post("/staff/login", {"name": "admin", "password": PASSWORD})
            cookie = answer.header("Set-Cookie")
            assert cookie.startswith("__Host-session=") and "Secure" in cookie
            assert "max-age" in answer.header("Strict-Transport-Security")
            assert json.loads(browser.get(FEED).text)["centre"]["signup_host"] == "oppslag.example.no"
            assert central.port == central.screens
            browser.cookies.clear()
            for _ in range(7):
                browser.post("/staff/login", {"name": "ingen", "password": "feil passord her"})
            assert browser.post("/staff/login", {"name": "noen", "password": "x"}).status == 429
            elsewhere = Browser(central.port, **{"X-Forwarded-For": "192.0.2.44, 203.0.113.5"})
            assert elsewhere.post("/staff/login", {"name": "noen", "password": "feil passord"}).status == 422


def command_cases():
    central = Central()

    def refused(code, words, *args, **more):
        done = central.run(*args, code=code, **more)
        assert words in done.stderr, (args, done.stderr)

    with case("the command line says what is wrong"):
        refused(2, "no command", "fly")
        refused(2, "no option", "check", "--listen", "127.0.0.1:0")
        refused(2, "--role", "user", "add", "kari")
        refused(1, "a-z", "user", "add", "Kari Prøve", "--role", "administrator")
        refused(1, "--centre", "user", "add", "kari", "--role", "editor")
        refused(1, "no such centre", "user", "add", "kari", "--role", "editor", "--centre", "ingen")
        refused(1, "12", "user", "add", "kari", "--role", "administrator", "--password-stdin", stdin="kort\n")
        refused(1, "no user", "user", "remove", "ingen")
        refused(1, "already", "centre", "add", "--from", str(SAMPLE))
        refused(1, "time zone", "centre", "add", "x", "--name", "X", "--zone", "Mars/Base")
        refused(2, "not a date", "centre", "add", "--from", str(SAMPLE), "--sample-today", "i dag")
        refused(2, "ADDRESS:PORT", "serve", "--listen", "8080")
        refused(1, "public-url", "serve", "--listen", "127.0.0.1:0", "--public-url", "ftp://example.no")
        refused(2, "listen", "serve", "--set", "listen=")

    with case("a made password must be changed before anything else"):
        password = central.run("user", "add", "kari", "--role", "administrator").stdout.strip()
        assert re.fullmatch(r"(\w{4}-){3}\w{4}", password)
        assert "kari\tadministrator" in central.run("user", "list").stdout
        with central:
            browser = Browser(central.port).log_in("kari", password)
            assert browser.get("/staff").header("Location").startswith("/staff/password")
            new = "et passord som bare jeg vet"
            assert browser.submit("/staff/password", old=password, new=new, again=new).status == 303
            assert browser.get("/staff").status == 200

    with case("check finds a sound database, and one that is not"):
        central = Central()
        assert "ok, 2 centres" in central.run("check").stdout
        path = central.database.removeprefix("sqlite:")
        with sqlite3.connect(path) as db:
            db.execute("UPDATE activities SET rrule = 'FREQ=NEVER'")
        db.close()
        assert "not sound" in central.run("check", code=1).stderr
        pathlib.Path(path).write_bytes(b"this is no database at all" * 100)
        central.run("check", code=3)
        central.folder.cleanup()

    with case("the sample of the settings is what the program knows, and can be read"):
        sample = pathlib.Path(__file__).parents[2] / "config/oppslag-central.ini.sample"
        printed = subprocess.run([CENTRAL, "settings"], capture_output=True, text=True, check=True).stdout
        assert printed == sample.read_text(encoding="utf-8"), "oppslag-central settings >config/oppslag-central.ini.sample"
        central = Central()
        central.run("check", "--config", str(sample))
        wrong = pathlib.Path(central.folder.name) / "wrong.ini"
        wrong.write_text("language = nb\nlisten-everywhere = yes\nlog = loud\n", encoding="utf-8")
        said = central.run("check", "--config", str(wrong), code=1).stderr
        assert "wrong.ini:2" in said and "wrong.ini:3" in said, said
        central.folder.cleanup()

    with case("postgresql:// is refused in words"):
        done = subprocess.run([CENTRAL, "check", "--database", "sqlite:/nowhere/typo.sqlite"], capture_output=True, text=True)
        assert done.returncode == 1 and "there is no file" in done.stderr, done
        done = subprocess.run([CENTRAL, "check", "--database", "postgresql://example.no/x"], capture_output=True, text=True)
        assert done.returncode == 1 and "PostgreSQL" in done.stderr, (done.returncode, done.stderr)


def main():
    with Central() as central:
        central.user("admin")
        central.user("knut", "nordlia")
        staff = Browser(central.port).log_in("admin")
        csrf = staff.csrf()
        feed_cases(central, staff, csrf)
        poll_cases(central, staff, csrf)
        header_cases(central)
        centre_cases(central)
        limit_cases(central)
        session_cases(central)
    stop_cases()
    command_cases()
    return verdicts.code()


if __name__ == "__main__":
    sys.exit(main())
