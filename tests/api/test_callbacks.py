#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# test: waits, timeout=300
"""Ring meg, the central's side over real HTTP: what a screen sends sealed, what staff do with it, and that it goes when it should."""
import contextlib
import datetime
import html
import json
import pathlib
import re
import sqlite3
import sys
import threading
import time
import zoneinfo

import sealing
from central_process import SOURCE, Browser, Central, until
from kiosk_process import Verdicts

verdicts = Verdicts()
case = verdicts.case
HERE = "/staff/c/solbakken/callbacks"
POST = "/callbacks/v1"
DAY = 86400
MONTHS = "januar februar mars april mai juni juli august september oktober november desember".split()
PROXY = ["trusted-proxy=127.0.0.1"]  # so that a test can come from any address


def today():
    return datetime.datetime.now(zoneinfo.ZoneInfo("Europe/Oslo")).date()


def in_words(day):
    return f"{day.day}. {MONTHS[day.month - 1]}"


def words(answer):
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text)))


def seal_key(central, centre="solbakken"):
    return json.loads(Browser(central.port).get(f"/feed/v1/{centre}").text)["centre"].get("seal_key")


class Screen:
    """Sends as a kiosk does. Every one stands in a house of its own."""
    houses = 0

    def __init__(self, central, centre="solbakken", house=None):
        Screen.houses += 1
        self.central, self.centre, self.key = central, centre, seal_key(central, centre)
        self.browser = Browser(central.port, **{"X-Forwarded-For": house or f"198.51.{Screen.houses // 250}.{Screen.houses % 250}"})

    def body(self, **fields):
        return json.dumps({"centre": self.centre, "sealed": sealing.seal(self.key, sealing.message(**fields))})

    def send(self, body=None, key=None, **headers):
        headers = {"Content_Type": "application/json", "Idempotency_Key": key or sealing.new_key(), **headers}
        return self.browser.ask("POST", POST, body, **{k: v for k, v in headers.items() if v is not None})

    def leave(self, **fields):
        answer = self.send(self.body(**fields))
        assert answer.status == 201, (answer.status, answer.text)
        return answer


def ids(central):
    return [row[0] for row in central.rows("SELECT id FROM callbacks ORDER BY created_at, id")]


# ---- the wire -------------------------------------------------------------------------------------------------------------------------

def wire_cases(central):
    screen = Screen(central)

    with case("every feed carries the same key, of 43 letters, and so many days"):
        for centre in ("solbakken", "nordlia"):
            feed = json.loads(Browser(central.port).get(f"/feed/v1/{centre}").text)
            assert re.fullmatch(r"[A-Za-z0-9_-]{43}", feed["centre"]["seal_key"]) and feed["centre"]["answer_days"] == 2, feed["centre"]
            assert feed["centre"]["seal_key"] == screen.key
        assert screen.key != json.loads((SOURCE / "assets/sample/centre.json").read_text())["centre"]["seal_key"], "the sample's own key stayed"

    with case("a call-back is taken, and the day is promised by the centre's wall"):
        answer = screen.send(screen.body(phone="00001234", about="need:turvenn"))
        assert answer.status == 201 and answer.header("Content-Type") == "application/json", (answer.status, answer.text)
        assert json.loads(answer.text) == {"promised": (today() + datetime.timedelta(days=2)).isoformat()}, answer.text

    with case("the same key again, however often and whatever became of the number: 200 and the same day"):
        key, body = sealing.new_key(), screen.body(phone="00774411")
        first = screen.send(body, key)
        again = [screen.send(body, key) for _ in range(3)]
        assert first.status == 201 and [a.status for a in again] == [200] * 3 and {a.text for a in again} == {first.text}
        assert len(central.rows("SELECT 1 FROM callbacks WHERE phone = '00774411'")) == 1
        central.rows("DELETE FROM callbacks WHERE phone = '00774411'")
        assert (screen.send(body, key).status, central.rows("SELECT 1 FROM callbacks WHERE phone = '00774411'")) == (200, [])

    with case("the same key with another body: 409, and nothing is added"):
        before = ids(central)
        answer = screen.send(screen.body(phone="00774411"), key)
        assert answer.status == 409 and ids(central) == before, (answer.status, answer.text)
        other = Screen(central, "nordlia")
        assert other.send(body.replace("solbakken", "nordlia"), key).status == 409

    with case("twelve at once with one key are one call-back"):
        key, body, seen = sealing.new_key(), screen.body(phone="00887766"), []
        screens = [Screen(central) for _ in range(12)]
        threads = [threading.Thread(target=lambda s=s: seen.append(s.send(body, key))) for s in screens]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(a.status for a in seen) == [200] * 11 + [201] and len({a.text for a in seen}) == 1, [a.status for a in seen]
        assert len(central.rows("SELECT 1 FROM callbacks WHERE phone = '00887766'")) == 1

    with case("a key that was replaced still opens, the feed has the new one"):
        old = Screen(central)
        central.rows("UPDATE seal_keys SET created_at = created_at - ?", 91 * DAY)
        central.stop()
        central.start()
        until(lambda: seal_key(central) != old.key)
        new = Screen(central)
        old.browser.port = central.port
        assert old.send(old.body(phone="00665544")).status == 201 and new.send(new.body(phone="00665545")).status == 201


def sent_wrong(screen):
    """(name, status, body, headers)"""
    fine = screen.body()
    sealed = json.loads(fine)["sealed"]
    changed = sealed[:200] + ("A" if sealed[200] != "A" else "B") + sealed[201:]
    stranger, _ = sealing.new_pair()

    def about(**fields):
        return json.dumps({"centre": "solbakken", "sealed": sealing.seal(screen.key, sealing.message(**fields))})

    def raw(clear):
        return json.dumps({"centre": "solbakken", "sealed": sealing.seal(screen.key, clear)})

    def as_json(**fields):
        return json.dumps({"centre": "solbakken", "sealed": sealed, **fields})

    yield "no Content-Type", 415, fine, {"Content_Type": None}
    yield "a form", 415, "centre=solbakken", {"Content_Type": "application/x-www-form-urlencoded"}
    yield "a page's text", 415, fine, {"Content_Type": "text/plain"}
    yield "JSON of another kind", 415, fine, {"Content_Type": "application/jsonx"}
    yield "no key", 400, fine, {"Idempotency_Key": None}
    yield "a short key", 400, fine, {"Idempotency_Key": "0" * 31}
    yield "a long key", 400, fine, {"Idempotency_Key": "0" * 33}
    yield "a key in capitals", 400, fine, {"Idempotency_Key": "A" * 32}
    yield "nothing", 400, "", {}
    yield "no JSON", 400, "centre", {}
    yield "a list", 400, "[]", {}
    yield "a key twice", 400, '{"centre":"solbakken","centre":"solbakken","sealed":"' + sealed + '"}', {}
    yield "another field", 400, as_json(phone="00001234"), {}
    yield "no centre", 400, json.dumps({"sealed": sealed}), {}
    yield "a centre that is a number", 400, as_json(centre=1), {}
    yield "a centre that is no id", 400, as_json(centre="sol bakken"), {}
    yield "no such centre", 404, as_json(centre="ingensteds"), {}
    yield "sealed to somebody else", 400, json.dumps({"centre": "solbakken", "sealed": sealing.seal(stranger, sealing.message())}), {}
    yield "one letter changed", 400, as_json(sealed=changed), {}
    yield "one letter less", 400, as_json(sealed=sealed[:-1]), {}
    yield "base64 with padding", 400, as_json(sealed=sealed + "=="), {}
    yield "not base64", 400, as_json(sealed="*" * 406), {}
    yield "a short clear text", 400, raw(b"{}"), {}
    yield "a clear text of zeroes", 400, raw(bytes(256)), {}
    yield "a clear text that is no JSON", 400, raw(b"00001234".ljust(256)), {}
    yield "seven digits", 400, about(phone="0000123"), {}
    yield "a number with spaces", 400, about(phone="00 00 12 34"), {}
    yield "a name for a number", 400, about(phone="Kari Prøve"), {}
    yield "a language that is none", 400, about(lang="../nb"), {}
    yield "about something else", 400, about(about="user:1"), {}
    yield "another version", 400, about(v=2), {}
    yield "more than 2,000 bytes", 413, as_json(more="x" * 2000), {}


def wrong_cases(central):
    screen = Screen(central)
    before = ids(central)
    for name, status, body, headers in sent_wrong(screen):
        with case(f"{status}: {name}"):
            answer = screen.send(body, **headers)
            assert answer.status == status, (answer.status, answer.text)
            if status in (400, 404, 415):
                assert answer.header("Content-Type") == "application/json" and 10 < len(json.loads(answer.text)["refused"]) < 400, answer.text
            assert "1234" not in answer.text and "Prøve" not in answer.text, answer.text
    with case("nothing of that was taken, and the address answers POST alone"):
        assert ids(central) == before
        answer = Browser(central.port).get(POST)
        assert (answer.status, answer.header("Allow")) == (405, "POST"), answer.status
        assert Browser(central.screens).post("/staff/login", {"name": "randi"}).status == 404

    with case("a screen that has its feed from the screens' own port sends there as well"):
        direct = Screen(central)
        direct.browser.port = central.screens
        key, body = sealing.new_key(), direct.body()
        assert [direct.send(body, key).status for _ in range(2)] == [201, 200]
        assert [direct.send(body).status for body in (b"x" * 1900, b"x" * 3000)] == [400, 413]

    with case("2,000 bytes in pieces without a length are refused as well"):
        def pieces():
            for _ in range(30):
                yield b" " * 100
        answer = screen.browser.ask("POST", POST, pieces(), Content_Type="application/json", Idempotency_Key=sealing.new_key())
        assert answer.status == 413, answer.status

    with case("no cookie opens or closes it"):
        staff = Browser(central.port).log_in("randi")
        screen.browser.cookies = dict(staff.cookies)
        assert screen.send(screen.body()).status == 201
        screen.browser.cookies = {}


def flood_cases(central):
    with case("one house alone is slowed: 429 with Retry-After, and a key that is known still has its answer"):
        screen = Screen(central, "nordlia", "203.0.113.5")
        key, body = sealing.new_key(), screen.body()
        assert screen.send(body, key).status == 201
        seen = [screen.send(screen.body()) for _ in range(31)]
        late = [a for a in seen if a.status != 201]
        assert len(late) == 2 and {a.status for a in late} == {429}, [a.status for a in seen]
        assert 1 <= int(late[0].header("Retry-After")) <= 120 and late[0].header("Content-Type") == "application/json"
        assert screen.send(body, key).status == 200

    with case("many houses at once: the centre takes so many in an hour, the database grows no further, and others are not touched"):
        seen = [Screen(central, "nordlia").leave().status for _ in range(30)]
        more = [Screen(central, "nordlia") for _ in range(5)]
        answers = [s.send(s.body()) for s in more]
        assert {a.status for a in answers} == {429} and all(1 <= int(a.header("Retry-After")) <= 60 for a in answers), [a.status for a in answers]
        n, = central.rows("SELECT COUNT(*) FROM callbacks WHERE centre_id = 'nordlia'")[0]
        assert len(seen) == 30 and n == 60, n
        assert Screen(central).leave().status == 201


# ---- staff ----------------------------------------------------------------------------------------------------------------------------

def entries(answer):
    """The list's entries as text, in order."""
    return [html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", part))).strip() for part in answer.text.split('<li class="op-row"')[1:]]


def at(central, phone):
    return central.rows("SELECT id FROM callbacks WHERE phone = ?", phone)[0][0]


def press(staff, phone, what, central, **fields):
    return staff.post(f"{HERE}/{at(central, phone)}/{what}", {"csrf": staff.csrf(HERE), **fields})


def staff_cases(central):
    central.rows("DELETE FROM callbacks")
    staff, neighbour = Browser(central.port).log_in("randi"), Browser(central.port).log_in("knut")

    with case("nobody waits: the page says so, and the overview says nothing"):
        assert "Ingen venter på å bli ringt" in words(staff.get(HERE))
        assert "op-count" not in staff.get("/staff").text and "bli ringt" not in words(staff.get("/staff"))

    Screen(central).leave(phone="00001234", lang="ti", about="need:turvenn")
    Screen(central).leave(phone="41234567", about="activity:sangstund")
    Screen(central).leave(phone="+4690001234")
    Screen(central).leave(phone="+46701234567", about="need:noe-som-er-borte")
    by = today() + datetime.timedelta(days=2)

    with case("the list has the number as it is read, the language, what it was about, when, and the promised day in words"):
        page = staff.get(HERE)
        first = next(e for e in entries(page) if "00 00 12 34" in e)
        assert 'href="tel:00001234"' in page.text and f"Ring innen" in first and in_words(by) in first, first
        assert "Leste skjermen på tigrinja" in first and "Gjelder: Turvenn" in first and "La igjen nummeret" in first, first
        assert 'href="/staff/c/solbakken/needs/turvenn"' in page.text and 'href="/staff/c/solbakken/activities/sangstund"' in page.text
        for grouped in ("412 34 567", "+46 701 234 567", "+46 900 01 234"):
            assert grouped in words(page), (grouped, words(page))
        assert "Gjelder noe som ikke lenger står på skjermen" in words(page)
        assert in_words(by + datetime.timedelta(days=30)) in first and "hvis ingen har ringt" in first, first

    with case("how many wait stands in the navigation and on the overview"):
        home = staff.get("/staff")
        assert re.search(r'class="op-count[^>]*>4<', home.text) and "4 venter på å bli ringt" in words(home), words(home)
        assert re.search(r'class="op-count[^>]*>4<', staff.get("/staff/c/solbakken/needs").text)
        english = staff.get("/staff", Accept_Language="en")
        assert "4 people are waiting to be called" in words(english), words(english)

    with case("who is late stands first and is marked in words"):
        central.rows("UPDATE callbacks SET promised = ? WHERE phone = '41234567'", (today() - datetime.timedelta(days=1)).isoformat())
        central.rows("UPDATE callbacks SET promised = ? WHERE phone = '+4690001234'", today().isoformat())
        page = staff.get(HERE)
        seen = entries(page)
        assert "412 34 567" in seen[0] and "Skulle vært ringt innen" in seen[0] and "Ring i dag" in seen[1], seen
        assert "1 person skulle vært ringt før i dag" in words(page) and "1 skulle vært ringt før i dag" in words(staff.get("/staff"))

    with case("called: behind the others, by whom and until when, and put back"):
        answer = press(staff, "00001234", "done", central, on="1")
        assert (answer.status, answer.header("Location")) == (303, HERE + "?done=called"), answer.text
        page = staff.get(answer.header("Location"))
        seen = entries(page)
        assert "00 00 12 34" in seen[-1] and "av randi" in seen[-1] and "Nummeret slettes" in seen[-1], seen
        assert "slettes om et døgn" in words(page) and re.search(r'class="op-count[^>]*>3<', page.text)
        assert press(staff, "00001234", "done", central, on="1").status == 303  # a second press
        assert press(staff, "00001234", "done", central).header("Location") == HERE + "?done=uncalled"
        assert re.search(r'class="op-count[^>]*>4<', staff.get(HERE).text)

    with case("deleted: at once, and nothing of it is in any file a moment later"):
        Screen(central).leave(phone="00559933")
        assert central.on_disk("00559933")
        assert press(staff, "00559933", "remove", central).status == 303
        assert "00 55 99 33" not in words(staff.get(HERE))
        until(lambda: not central.on_disk("00559933"), 10)

    with case("another centre's people neither see nor touch them; nor does anybody without the form's token"):
        one = at(central, "00001234")
        assert neighbour.get(HERE).status == 403 and Browser(central.port).get(HERE).status == 303
        csrf = neighbour.csrf()
        for path in (f"{HERE}/{one}/done", f"{HERE}/{one}/remove"):
            assert neighbour.post(path, {"csrf": csrf, "on": "1"}).status == 403
            assert neighbour.post(path.replace("solbakken", "nordlia"), {"csrf": csrf, "on": "1"}).status == 404
            assert staff.post(path, {"on": "1"}).status == 403
        assert central.rows("SELECT done_at FROM callbacks WHERE id = ?", one) == [(0,)]

    with case("who did what: without a number"):
        text = words(staff.get("/staff/c/solbakken/audit"))
        for line in ("ba om å bli ringt", "merket en som ringt", "merket en som ikke ringt likevel", "slettet et nummer fra Ring meg"):
            assert line in text, (line, text)
        lines = central.rows("SELECT item || detail FROM audit WHERE action LIKE 'callback.%'")
        assert lines and not any(phone in line for line, in lines for phone in ("00001234", "41234567", "46701234567"))

    settings_cases(central, staff)


def settings_cases(central, staff):
    settings = "/staff/c/solbakken/settings"
    kept = {"name_nb": "Solbakken bo- og aktivitetssenter"}

    def feed_when(rule):
        until(lambda: rule(json.loads(Browser(central.port).get("/feed/v1/solbakken").text)["centre"]))

    with case("the form says in how many days, the feed follows, and so does what is promised"):
        assert 'name="answer_days"' in staff.get(settings).text
        assert staff.submit(settings, **kept, answer_days="7").status == 303
        feed_when(lambda c: c["answer_days"] == 7)
        assert json.loads(Screen(central).leave().text)["promised"] == (today() + datetime.timedelta(days=7)).isoformat()
        for wrong in ("0", "31", "to"):
            assert staff.submit(settings, **kept, answer_days=wrong).status == 422, wrong

    with case("left empty, the screen is given no key; one that has it still is taken at its word"):
        before = Screen(central)
        assert staff.submit(settings, **kept, answer_days="").status == 303
        feed_when(lambda c: "seal_key" not in c)
        assert "tilbyr ikke «Ring meg» nå" in words(staff.get(HERE))
        assert json.loads(before.leave().text)["promised"] == (today() + datetime.timedelta(days=2)).isoformat()
        assert staff.submit(settings, **kept, answer_days="2").status == 303
        feed_when(lambda c: "seal_key" in c)


# ---- time goes by: the rows are moved back, and the real program's own job finds them ----------------------------------------------------

def later_cases(central):
    central.rows("DELETE FROM callbacks")
    screen = Screen(central)
    numbers = {"called a day ago": "00336611", "called an hour ago": "00336622", "never called, a month late": "00336633",
               "never called, a week late": "00336644"}
    key, body = sealing.new_key(), screen.body(phone=numbers["called a day ago"])
    assert screen.send(body, key).status == 201
    for name in list(numbers)[1:]:
        screen.leave(phone=numbers[name])
    now = int(time.time())
    for name, done, moved in (("called a day ago", now - DAY, 0), ("called an hour ago", now - 3600, 0), ("never called, a month late", 0, 33),
                              ("never called, a week late", 0, 9)):
        central.rows("UPDATE callbacks SET done_at = ?, created_at = created_at - ?, expires_at = expires_at - ?, promised = ? WHERE phone = ?",
             done, moved * DAY, moved * DAY, (today() + datetime.timedelta(days=2 - moved)).isoformat(), numbers[name])
    central.rows("UPDATE callback_keys SET made_at = made_at - ?", 29 * DAY)
    central.stop()
    central.start()

    with case("a number goes a day after the call, or a month after the promised day"):
        until(lambda: len(ids(central)) == 2)
        left = {phone for phone, in central.rows("SELECT phone FROM callbacks")}
        assert left == {numbers["called an hour ago"], numbers["never called, a week late"]}, left
        assert central.rows("SELECT COUNT(*) FROM audit WHERE action = 'callback.expire'") == [(1,)]
        assert "had not been called" in central.said()

    with case("and is in no file any more, nor in the log"):
        for name in ("called a day ago", "never called, a month late"):
            until(lambda word=numbers[name]: not central.on_disk(word), 90)
        assert central.on_disk(numbers["called an hour ago"])

    with case("its key is still known, until a month has gone by"):
        screen.browser.port = central.port
        assert screen.send(body, key).status == 200
        central.rows("UPDATE callback_keys SET made_at = made_at - ?", 2 * DAY)
        central.stop()
        central.start()
        until(lambda: central.rows("SELECT COUNT(*) FROM callback_keys") == [(0,)])


def old_database_cases():
    with case("a database of version 1 is brought up to date, and offers call-backs"), Central(empty_centres=()) as central:
        central.stop()
        path = pathlib.Path(central.file)
        for old in path.parent.glob("oppslag.db*"):
            old.unlink()
        with contextlib.closing(sqlite3.connect(path)) as db:
            db.executescript((SOURCE / "tests/fixtures/central/schema-1.sql").read_text(encoding="utf-8"))
        central.start()
        assert Screen(central, "nordlia").leave().status == 201
        central.run("check")


def main():
    with Central(settings=PROXY) as central:
        central.user("randi", "solbakken")
        central.user("knut", "nordlia")
        wire_cases(central)
        wrong_cases(central)
        flood_cases(central)
        staff_cases(central)
        later_cases(central)
        with case("nothing that anybody left stands in the log"):
            for phone in ("00001234", "41234567", "46701234567", "00774411", "003366"):
                assert phone not in central.said(), central.said()
    old_database_cases()
    return verdicts.code()


sys.exit(main())
