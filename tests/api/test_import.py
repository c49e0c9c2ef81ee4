#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calendars of a centre's own: copied from a file, and fetched from an address that changes, fails and lies."""
import contextlib
import html
import http.server
import json
import re
import sys
import threading
import time

from central_process import SOURCE, Browser, Central, hidden
from kiosk_process import Verdicts

verdicts = Verdicts()
case = verdicts.case
FIXTURES = SOURCE / "tests/fixtures/ics"


def event(uid, summary, *lines):
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20260101T000000Z", f"SUMMARY:{summary}", *lines, "END:VEVENT"])


def calendar(*events):
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", "X-WR-CALNAME:Kulturkalenderen", *events,
                        "END:VCALENDAR", ""]).encode()


SONG = event("song", "Allsang", "DTSTART;TZID=Europe/Oslo:20261201T110000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;BYDAY=TU")
COFFEE = event("coffee", "Kaffe", "DTSTART;TZID=Europe/Oslo:20261202T130000", "DURATION:PT45M", "RRULE:FREQ=WEEKLY;BYDAY=WE")
PRIVATE = event("private", "Legetime Ola", "CLASS:PRIVATE", "DTSTART:20261202T130000Z", "DURATION:PT45M")
EVERY_SECOND = event("seconds", "Tikk", "DTSTART:20261202T130000Z", "DURATION:PT1S", "RRULE:FREQ=SECONDLY")


class Source:
    """Serves what `body` says, with its status and an ETag, and remembers who asked for what."""

    def __init__(self):
        self.status, self.body, self.etag, self.asked = 200, calendar(SONG, COFFEE), '"1"', []
        source = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                source.asked.append(self.headers.get("If-None-Match"))
                same = source.status == 200 and source.etag and self.headers.get("If-None-Match") == source.etag
                body = b"" if same else source.body
                self.send_response(304 if same else source.status)
                self.send_header("Content-Type", "text/calendar")
                self.send_header("Content-Length", str(len(body)))
                if source.etag:
                    self.send_header("ETag", source.etag)
                self.end_headers()
                with contextlib.suppress(OSError):
                    self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/secret-path/basic.ics"
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def gives(self, *events, etag=None, status=200, body=None):
        self.status, self.etag, self.body = status, etag, calendar(*events) if body is None else body

    def close(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


def plain(answer):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", answer.text)))


def feed(central, centre="nordlia"):
    return json.loads(Browser(central.port).get(f"/feed/v1/{centre}").text)


def names(central, centre="nordlia"):
    return sorted(a["name"]["nb"] for a in feed(central, centre)["activities"])


def await_feed(central, rule, seconds=20):
    """The feed is written anew after the commit: polls until RULE is true of its activities, and gives them."""
    until = time.monotonic() + seconds
    answer = Browser(central.port).get("/feed/v1/nordlia")
    while not rule(json.loads(answer.text)["activities"]):
        left = int(until - time.monotonic())
        assert left > 0, answer.text
        got = Browser(central.port).get("/feed/v1/nordlia", Prefer=f"wait={left}", If_None_Match=answer.header("ETag"))
        answer = got if got.status == 200 else answer
    return json.loads(answer.text)["activities"]


def await_names(central, *wanted):
    return await_feed(central, lambda activities: sorted(a["name"]["nb"] for a in activities) == sorted(wanted))


def multipart(fields, name, filename, content):
    mark = "oppslag-test-boundary"
    parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode() for k, v in fields.items()]
    parts.append(f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
                 f"Content-Type: text/calendar\r\n\r\n".encode() + content + b"\r\n")
    return b"".join(parts) + f"--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"


def upload(staff, path, filename, content, **fields):
    page = staff.get(path).text
    body, kind = multipart({"csrf": hidden(page, "csrf"), "token": hidden(page, "token"), "lang": "nb", **fields}, "file", filename,
                           content)
    return staff.ask("POST", path, body, Content_Type=kind)


def subscribe(staff, address, name="Kultur"):
    return staff.submit("/staff/c/nordlia/new/calendar", name=name, address=address, lang="nb")


def subscription_cases(central, staff, source):
    with case("an address is fetched at once: what came, and what was skipped and why, in words"):
        source.gives(SONG, COFFEE, PRIVATE, EVERY_SECOND, etag='"1"')
        answer = subscribe(staff, source.address)
        assert answer.status == 303, plain(answer)
        page = answer.header("Location")
        words = plain(staff.get(page))
        assert "2 aktiviteter kom" in words and "Allsang" in words and "Tikk" in words and "kan vise riktig" in words, words
        assert "privat" in words and "Legetime" not in words, "a private event's title is nobody's business"
        assert "2 activities came" in plain(staff.get(f"{page}?l=en"))
        await_names(central, "Allsang", "Kaffe")

    with case("the address is as good as a password: pages and logs show where it leads, not all of it"):
        for path in ("/staff/c/nordlia/calendars", page):
            assert "secret-path" not in staff.get(path).text
        assert "secret-path" not in central.said()

    with case("nothing new is not fetched again: If-None-Match, 304, and the feed keeps its version"):
        version = feed(central)["version"]
        answer = staff.submit(page, f"{page}/refresh")
        assert answer.status == 303 and source.asked[-1] == '"1"', source.asked
        assert feed(central)["version"] == version
        source.gives(SONG, COFFEE, PRIVATE, EVERY_SECOND)
        staff.submit(page, f"{page}/refresh")
        assert feed(central)["version"] == version, "the same again, without an ETag"

    with case("what fails or lies leaves what came last, and says so"):
        for said, wanted in (
                (dict(status=404), "svarte med en feil: 404"),
                (dict(status=500), "svarte med en feil: 500"),
                (dict(body=b"<!doctype html><title>Logg inn</title>"), "ingen kalender"),
                (dict(body=b""), "ingen kalender"),
                (dict(body=calendar(SONG)[:-25]), "ingen kalender"),
                (dict(body=b"BEGIN:VCALENDAR\r\n" + b"X" * 5_100_000), "for stor")):
            source.gives(**said)
            staff.submit(page, f"{page}/refresh")
            words = plain(staff.get(page))
            assert wanted in words and "blir stående" in words, (said.keys(), words)
            assert names(central) == ["Allsang", "Kaffe"], said.keys()

    with case("what changed is changed, what is gone is gone, the short code stays"):
        code = next(a["code"] for a in feed(central)["activities"] if a["name"]["nb"] == "Allsang")
        source.gives(SONG.replace("SUMMARY:Allsang", "SUMMARY:Stor allsang"))
        staff.submit(page, f"{page}/refresh")
        assert await_names(central, "Stor allsang")[0]["code"] == code
        assert "blir stående" not in plain(staff.get(page)), "the fault is over"

    with case("staff cancel one time of it, and a fetch does not take that back"):
        activity = feed(central)["activities"][0]["id"]
        listed = staff.get(f"/staff/c/nordlia/activities/{activity}").text
        times = re.findall(rf'/activities/{activity}/at/(\d+T\d+)/cancel', listed)
        answer = staff.submit(f"/staff/c/nordlia/activities/{activity}/at/{times[0]}/cancel", reason_nb="Dirigenten er syk.")
        assert answer.status == 303, plain(answer)
        source.gives(SONG.replace("SUMMARY:Allsang", "SUMMARY:Allsang i salen"))
        staff.submit(page, f"{page}/refresh")
        now = await_names(central, "Allsang i salen")[0]
        assert [o["status"] for o in now["overrides"]] == ["cancelled"], now

    with case("but they do not edit it here"):
        answer = staff.submit(f"/staff/c/nordlia/activities/{activity}/edit", name_nb="Noe annet")
        assert answer.status in (403, 404, 409, 422), answer.status
        assert names(central) == ["Allsang i salen"]

    with case("the worker fetches what is due by itself"):
        source.gives(COFFEE)
        central.rows("UPDATE calendars SET next_at = 1")
        central.stop()
        central.start()  # jobs begin with the process, 2 s later
        staff.port = central.port
        await_names(central, "Kaffe")

    with case("removed in two presses, and its activities with it"):
        assert "fra skjermen" in plain(staff.get(f"{page}/remove"))
        assert names(central) == ["Kaffe"]
        answer = staff.submit(f"{page}/remove")
        assert (answer.status, answer.header("Location")) == (303, "/staff/c/nordlia/calendars?done=removed"), plain(answer)
        await_names(central)
        assert staff.get(page).status == 404


def form_cases(staff, source):
    with case("what is no address is said beside the field, with what was typed"):
        for address in ("calendar", "ftp://example.no/x.ics", "file:///etc/passwd", "javascript:alert(1)", "https://"):
            answer = subscribe(staff, address)
            assert answer.status == 422 and html.escape(address) in answer.text and "https://" in plain(answer), address
        assert subscribe(staff, source.address, name="").status == 422

    with case("a double press is one subscription"):
        page = staff.get("/staff/c/nordlia/new/calendar").text
        sent = {"csrf": hidden(page, "csrf"), "token": hidden(page, "token"), "name": "To ganger", "address": source.address,
                "lang": "nb"}
        first, second = (staff.post("/staff/c/nordlia/new/calendar", sent) for _ in range(2))
        assert first.header("Location") == second.header("Location")
        assert staff.get("/staff/c/nordlia/calendars").text.count("To ganger") == 1
        staff.submit(f"{first.header('Location')}/remove")


def file_cases(central, staff):
    path = "/staff/c/nordlia/new/calendar-file"

    with case("a file becomes the centre's own activities"):
        answer = upload(staff, path, "kultur.ics", calendar(SONG, PRIVATE))
        assert answer.status == 303, plain(answer)
        words = plain(staff.get(answer.header("Location")))
        assert "Kulturkalenderen" in words and "Én aktivitet kom" in words and "kopiert" in words and "privat" in words, words
        activity = await_names(central, "Allsang")[0]["id"]
        assert staff.get(f"/staff/c/nordlia/activities/{activity}/edit").status == 200

    with case("a second time leaves what is there as it is"):
        upload(staff, path, "kultur.ics", calendar(SONG.replace("SUMMARY:Allsang", "SUMMARY:Endret")))
        assert names(central) == ["Allsang"]

    with case("what is no calendar is said, and nothing is stored"):
        for content in (b"", b"hei", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, (FIXTURES / "not-a-calendar.ics").read_bytes()):
            answer = upload(staff, path, "bilde.png", content)
            assert answer.status == 422 and "<form class" in answer.text, (content[:10], answer.status)
        answer = upload(staff, path, "stor.ics", b"BEGIN:VCALENDAR\r\n" + b"X" * 5_000_000)
        assert answer.status == 422 and "for stor" in plain(answer), answer.status
        assert names(central) == ["Allsang"]

    with case("forms in other programs' dialects come along"):
        for fixture in ("outlook-published", "google", "nextcloud", "apple"):
            answer = upload(staff, path, f"{fixture}.ics", (FIXTURES / f"{fixture}.ics").read_bytes())
            assert answer.status == 303, (fixture, plain(answer))
            assert staff.get(answer.header("Location")).status == 200
        await_feed(central, lambda activities: len(activities) > 5)
        assert central.run("check").returncode == 0


def rights_cases(central, source):
    central.user("knut", "solbakken")
    other = Browser(central.port).log_in("knut")

    with case("an editor of another centre reaches none of it"):
        for path in ("calendars", "new/calendar", "new/calendar-file"):
            assert other.get(f"/staff/c/nordlia/{path}").status in (403, 404), path
        answer = other.post("/staff/c/nordlia/new/calendar", {"csrf": other.csrf(), "token": "a" * 26, "name": "x",
                                                              "address": source.address})
        assert answer.status in (403, 404), answer.status
        assert Browser(central.port).get("/staff/c/nordlia/calendars").status == 303, "nobody is sent to log in"


def command_line_cases(central):
    folder = central.folder.name
    good = f"{folder}/good.ics"
    with open(good, "wb") as f:
        f.write(calendar(SONG, EVERY_SECOND, PRIVATE))

    with case("import: counts on stdout, what is skipped and why on stderr"):
        done = central.run("import", good, "--centre", "nordlia")
        assert done.stdout == "0 new, 1 already there, 2 skipped\n", done.stdout
        assert "Tikk" in done.stderr and "Legetime" not in done.stderr, done.stderr

    with case("import: what is wrong is named, with its exit code"):
        assert "--centre" in central.run("import", good, code=2).stderr
        assert "tromso" in central.run("import", good, "--centre", "tromso", code=2).stderr
        assert "FILE.ics" in central.run("import", code=2).stderr
        assert "nothere.ics" in central.run("import", f"{folder}/nothere.ics", "--centre", "nordlia", code=1).stderr
        assert central.run("import", str(FIXTURES / "not-a-calendar.ics"), "--centre", "nordlia", code=1).stderr
        assert "--lang" in central.run("import", good, "--centre", "nordlia", "--lang", "N!", code=2).stderr


def inside_cases(source):
    with Central() as central:
        central.user("randi")
        staff = Browser(central.port).log_in("randi")
        with case("an address inside the network is not fetched, and the page says so"):
            before = len(source.asked)
            answer = subscribe(staff, source.address)
            assert "åpen på internett" in plain(staff.get(answer.header("Location"))), plain(answer)
            assert len(source.asked) == before


source = Source()
try:
    with Central(settings=["calendars-private=yes"]) as central:
        central.user("randi")
        staff = Browser(central.port).log_in("randi")
        subscription_cases(central, staff, source)
        form_cases(staff, source)
        file_cases(central, staff)
        rights_cases(central, source)
        command_line_cases(central)
    inside_cases(source)
finally:
    source.close()
sys.exit(verdicts.code())
