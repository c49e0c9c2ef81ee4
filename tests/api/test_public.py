#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a visitor's phone meets: the code on the wall, the form, the receipt behind a secret link, and the way out again."""
import datetime
import html
import json
import re
import sys
import threading

from central_process import SAMPLE, Browser, Central, hidden, until
from kiosk_process import Verdicts

verdicts = Verdicts()
case = verdicts.case
sample = json.loads(SAMPLE.read_text(encoding="utf-8"))
NEED = next(n for n in sample["needs"] if n["seats"] - n["taken"] == 1)
ROOMY = next(n for n in sample["needs"] if n["seats"] - n["taken"] >= 2)
ASKED = next(n for n in sample["needs"] if n["seats"] - n["taken"] >= 2 and n is not ROOMY and n.get("rrule"))
FULL = next(n for n in sample["needs"] if n["seats"] == n["taken"])
ACTIVITY = next(a for a in sample["activities"] if a.get("signup") and a["seats"] > a["taken"])
OPEN_DOOR = next(a for a in sample["activities"] if not a.get("signup"))
PERSON = {"name": "Kari Prøve", "contact": "00 00 12 56", "consent": "1"}


def sign_up(browser, path, **fields):
    return browser.submit(path, **{**PERSON, **fields})


def receipt_of(answer):
    assert answer.status == 303, (answer.status, answer.text)
    path = answer.header("Location")
    assert re.fullmatch(r"/s/[a-z0-9]{26}", path), path
    return path


def occurrences(browser, code=ACTIVITY["code"]):
    return re.findall(rf'href="(/a/{code}/\d{{8}}T\d{{4}})"', browser.get(f"/a/{code}").text)


def flat(text):
    return re.sub(r"\s+", " ", text)


def plain(answer):
    return flat(html.unescape(re.sub(r"<[^>]*>", " ", answer.text)))


def front_cases(browser):
    with case("six digits lead to the need, spaces or not, code in any case"):
        for typed in (NEED["number"], f" {NEED['number'][:2]} {NEED['number'][2:4]} {NEED['number'][4:]} "):
            answer = browser.submit("/", code=typed)
            assert (answer.status, answer.header("Location")) == (303, f"/n/{NEED['code']}"), answer.text
        assert browser.get(f"/N/{NEED['code'].lower()}").status == 200

    with case("a number that is none, and what is no number, are said plainly, with what was typed"):
        answer = browser.submit("/", code="00 00 00")
        assert answer.status == 422 and "finner ingen" in answer.text and 'value="00 00 00"' in answer.text
        assert "seks sifre" in browser.submit("/", code="12345x").text
        assert "seks sifre" in browser.submit("/", code="1234567").text
        assert browser.submit("/", code="").status == 422


def page_cases(browser):
    with case("a need says when, what to bring, the certificate, the places left and whom to call"):
        words = plain(browser.get(f"/n/{ROOMY['code']}"))
        for expected in (ROOMY["name"]["nb"], ROOMY["when"]["nb"], "ledige plasser", "politiattest", "Kontaktperson"):
            assert flat(expected) in words, expected

    with case("the browser's wish and ?L= choose the language, and links keep the choice"):
        assert "Sign up" in plain(browser.get(f"/n/{ROOMY['code']}", Accept_Language="en-GB,nb;q=0.2"))
        page = browser.get(f"/N/{ROOMY['code']}?L=EN")
        assert '<html lang="en" dir="ltr">' in page.text and page.header("Content-Language") == "en"
        assert f'action="/n/{ROOMY["code"]}?l=en"' in page.text
        other = browser.get(f"/a/{ACTIVITY['code']}?L=EN")
        assert re.search(rf'href="/a/{ACTIVITY["code"]}/\d+T\d+\?l=en"', other.text)

    with case("the form asks for a name and one way to be reached, the box is not ticked, consent says its seven parts in 80 words"):
        text = browser.get(f"/n/{ROOMY['code']}").text
        form = text[text.index("<form class"):]
        assert set(re.findall(r'name="(\w+)"', form)) == {"csrf", "token", "name", "contact", "consent"}
        assert "checked" not in form
        for lang in ("nb", "en"):
            page = browser.get(f"/n/{ROOMY['code']}?l={lang}").text
            consent = html.unescape(re.search(r'op-consent">(.*?)</p>', page).group(1))
            assert len(consent.split()) <= 80, len(consent.split())
            parts = {"nb": ("Solbakken", "avtale", "navnet", "ansatte", "sletter|slettes", "trekke deg", "Datatilsynet"),
                     "en": ("Solbakken", "arrange", "name", "staff", "deleted", "[Ww]ithdraw", "Datatilsynet")}[lang]
            for part in parts:
                assert re.search(part, consent), (lang, part)

    with case("an activity without a day asks which one"):
        found = occurrences(browser)
        assert 3 <= len(found) <= 8, found

    with case("where one just comes there is no form"):
        path = occurrences(browser, OPEN_DOOR["code"])[0]
        answer = browser.get(path)
        assert "Bare kom" in answer.text and "<form class" not in answer.text

    with case("what is full says so and names other needs"):
        answer = browser.get(f"/n/{FULL['code']}")
        assert "Det er fullt" in answer.text and "<form class" not in answer.text
        assert f'href="/n/{ROOMY["code"]}"' in answer.text

    with case("what never was, what is malformed and what belongs elsewhere: 404 and a page"):
        for path in ("/n/ZZZZZ", "/n/ABC", f"/a/{NEED['code']}", f"/n/{ACTIVITY['code']}", f"/a/{ACTIVITY['code']}/tomorrow",
                     f"/a/{ACTIVITY['code']}/20261340T1100", "/s/" + "a" * 26, "/s/x"):
            answer = browser.get(path)
            assert answer.status == 404 and "<h1" in answer.text, (path, answer.status)

    with case("a day that is over, and one that is not in the plan: 410"):
        first = occurrences(browser)[0]
        day = datetime.datetime.strptime(first[-13:], "%Y%m%dT%H%M")
        past = day - datetime.timedelta(days=28)
        answer = browser.get(first[:-13] + past.strftime("%Y%m%dT%H%M"))
        assert answer.status == 410 and "over" in plain(answer), answer.status
        unplanned = day + datetime.timedelta(hours=1)
        answer = browser.get(first[:-13] + unplanned.strftime("%Y%m%dT%H%M"))
        assert answer.status == 410 and "ikke på planen" in plain(answer) and first in answer.text


def form_cases(central, browser):
    path = f"/n/{ROOMY['code']}"

    with case("what is wrong is said beside the field, nothing typed is lost, nothing is stored"):
        before = central.rows("SELECT count(*) FROM signups")
        answer = browser.submit(path, name="Kari <b>", contact="12", consent="1")
        assert answer.status == 422 and 'value="Kari &lt;b&gt;"' in answer.text and 'value="12"' in answer.text
        assert "aria-invalid" in answer.text
        assert browser.submit(path, name="Kari", contact="00001256").status == 422, "without consent"
        assert browser.submit(path, contact="00001256", consent="1").status == 422
        assert browser.submit(path, **{**PERSON, "name": "x" * 81}).status == 422
        assert browser.submit(path, **{**PERSON, "token": "short"}).status == 422
        assert browser.ask("POST", path, b"\xff\xfe=1", Content_Type="application/x-www-form-urlencoded").status == 400
        assert central.rows("SELECT count(*) FROM signups") == before

    with case("a double press is one sign-up with one link"):
        page = browser.get(path).text
        sent = {**PERSON, "token": hidden(page, "token"), "csrf": ""}
        before = central.rows("SELECT taken FROM needs WHERE id = ?", ROOMY["id"])[0][0]
        answers = []
        pressed = [threading.Thread(target=lambda: answers.append(Browser(central.port).post(path, sent))) for _ in range(4)]
        for thread in pressed:
            thread.start()
        for thread in pressed:
            thread.join()
        assert len({receipt_of(a) for a in answers}) == 1, [a.header("Location") for a in answers]
        assert central.rows("SELECT taken FROM needs WHERE id = ?", ROOMY["id"])[0][0] == before + 1

    with case("ten want the last place: one gets it, nine are told and see other needs"):
        path = f"/n/{NEED['code']}"
        forms = [{**PERSON, "token": hidden(browser.get(path).text, "token")} for _ in range(10)]
        answers = []
        wanting = [threading.Thread(target=lambda f=f: answers.append(Browser(central.port).post(path, f))) for f in forms]
        for thread in wanting:
            thread.start()
        for thread in wanting:
            thread.join()
        assert sorted(a.status for a in answers) == [303] + [409] * 9, sorted(a.status for a in answers)
        late = next(a for a in answers if a.status == 409)
        assert "Det er fullt" in late.text and 'href="/n/' in late.text
        receipt_of(next(a for a in answers if a.status == 303))

    with case("a form from another site is refused"):
        for headers in ({"Sec_Fetch_Site": "cross-site"}, {"Origin": "https://evil.invalid"}):
            page = browser.get(f"/n/{ROOMY['code']}").text
            answer = browser.post(f"/n/{ROOMY['code']}", {**PERSON, "token": hidden(page, "token")}, **headers)
            assert answer.status == 403, answer.status


def unfold(text):
    return text.replace("\r\n ", "")


def receipt_cases(central, browser):
    path = occurrences(browser)[1]

    with case("the receipt says what, when and where, promises no more, and is kept from everybody else"):
        secret = receipt_of(sign_up(browser, path))
        answer = browser.get(secret)
        words = plain(answer)
        assert answer.status == 200 and "Takk" in words and ACTIVITY["name"]["nb"] in words
        assert "00001256" not in answer.text and "… 56" in words, words
        assert answer.header("Cache-Control") == "no-store"
        assert answer.header("Referrer-Policy") == "no-referrer"
        assert answer.header("X-Robots-Tag") == "noindex, nofollow"
        assert f"http://127.0.0.1:{central.port}{secret}" in words, "the link stands on the page"
        assert "Kari" not in central.said() and secret not in central.said() and "00001256" not in central.said()

    with case("the secret is stored as a hash only"):
        stored = b"".join(open(central.file + side, "rb").read() for side in ("", "-wal"))
        assert secret.removeprefix("/s/").encode() not in stored

    with case("the calendar file is an event with its time in UTC"):
        answer = browser.get(f"{secret}/calendar.ics")
        assert answer.header("Content-Type") == "text/calendar; charset=utf-8"
        text = unfold(answer.text)
        start = datetime.datetime.strptime(path[-13:], "%Y%m%dT%H%M")
        for hours in (1, 2):  # Europe/Oslo
            utc = (start - datetime.timedelta(hours=hours)).strftime("%Y%m%dT%H%M00Z")
            if f"DTSTART:{utc}" in text:
                break
        else:
            raise AssertionError(text)
        assert "STATUS:CONFIRMED" in text and f"SUMMARY:{ACTIVITY['name']['nb']}" in text
        assert all(len(line.encode()) <= 75 for line in answer.text.split("\r\n"))

    with case("name and number can be changed; an empty number stays as it was"):
        answer = browser.submit(secret, name="Kari P.", contact="")
        assert (answer.status, answer.header("Location")) == (303, f"{secret}?done=saved")
        assert central.rows("SELECT name, contact FROM signups WHERE name = 'Kari P.'") == [("Kari P.", "00001256")]
        browser.submit(secret, name="Kari P.", contact="kari@example.no")
        assert "k…@example.no" in plain(browser.get(secret))
        answer = browser.submit(secret, name="", contact="x")
        assert answer.status == 422 and 'value="x"' in answer.text

    with case("an old phone that sends Origin: null from here is believed"):
        assert browser.submit(secret, name="Kari P.", Origin="null").status in (303, 422)
        assert browser.post(secret, {"name": "Kari P."}, Origin="null").status == 303

    with case("withdrawing takes two presses, erases the person at once and gives the place back"):
        taken = "SELECT taken FROM occurrence_seats WHERE activity_id = ? AND original LIKE ?"
        day = f"{path[-13:-9]}-{path[-9:-7]}-{path[-7:-5]}%"
        before = central.rows(taken, ACTIVITY["id"], day)[0][0]
        assert "Ja, trekk meg" in browser.get(f"{secret}/withdraw").text
        assert central.rows(taken, ACTIVITY["id"], day)[0][0] == before, "looking withdraws nothing"
        assert browser.submit(f"{secret}/withdraw").status == 303
        assert central.rows(taken, ACTIVITY["id"], day)[0][0] == before - 1
        assert central.rows("SELECT count(*) FROM signups WHERE name LIKE 'Kari P.%' OR contact LIKE 'kari@%'") == [(0,)]
        until(lambda: not central.on_disk("kari@example.no"), 10, "gone from the disk")
        assert "Du har trukket deg" in browser.get(secret).text
        assert "STATUS:CANCELLED" in browser.get(f"{secret}/calendar.ics").text
        assert browser.post(f"{secret}/withdraw").status == 303, "a second time does nothing"
        assert central.rows(taken, ACTIVITY["id"], day)[0][0] == before - 1

    with case("the choice of language follows through form, receipt and calendar"):
        answer = browser.submit(f"{path}?L=EN", **PERSON)
        location = answer.header("Location")
        assert location.endswith("?l=en"), location
        page = browser.get(location)
        assert "Thank you" in page.text and f'href="{location.split("?")[0]}/withdraw?l=en"' in page.text
        assert f"SUMMARY:{ACTIVITY['name']['en']}" in unfold(browser.get(location.replace("?", "/calendar.ics?")).text)


def staff_cases(central, browser):
    central.user("randi")
    staff = Browser(central.port).log_in("randi")
    path = occurrences(browser)[2]

    with case("cancelled by staff: the link from the wall, the receipt and the calendar file say so"):
        secret = receipt_of(sign_up(browser, path))
        original = f"{path[-13:-9]}-{path[-9:-7]}-{path[-7:-5]}T{path[-4:-2]}:{path[-2:]}"
        sheet = f"/staff/c/solbakken/activities/{ACTIVITY['id']}/at/{path[-13:]}/cancel"
        answer = staff.submit(sheet, reason="Læreren er syk.", reason_nb="Læreren er syk.")
        assert answer.status == 303, (answer.status, plain(answer))
        answer = browser.get(path)
        assert "avlyst" in answer.text and "Læreren er syk." in answer.text and "<form class" not in answer.text, original
        assert "Andre dager" in answer.text and f'href="{occurrences(browser)[0]}"' in answer.text and f'href="{path}"' not in answer.text
        assert "avlyst" in browser.get(secret).text
        assert "STATUS:CANCELLED" in browser.get(f"{secret}/calendar.ics").text
        assert browser.post(path, {**PERSON, "token": "a" * 26}).status == 409

    with case("a year after an open-ended yes people are asked, on their link and by staff"):
        year = 365 * 24 * 3600
        secrets = [receipt_of(sign_up(browser, f"/n/{ASKED['code']}", name=f"Spør {n}")) for n in "ab"]
        assert "fortsatt være med?" not in browser.get(secrets[0]).text
        central.rows("UPDATE signups SET consent_at = consent_at - 27000000, delete_after = delete_after - 27000000")
        assert "fortsatt være med?" in browser.get(secrets[0]).text
        assert browser.submit(f"{secrets[0]}/stay").status == 303
        assert "fortsatt være med?" not in browser.get(secrets[0]).text
        listed = staff.get(f"/staff/c/solbakken/needs/{ASKED['id']}/signups").text
        asked = re.findall(r"/signups/(\w+)/stays", listed)
        assert len(asked) == 1, asked
        assert staff.submit(f"/staff/c/solbakken/needs/{ASKED['id']}/signups", f"/staff/c/solbakken/signups/{asked[0]}/stays").status == 303
        until = central.rows("SELECT DISTINCT delete_after - consent_at FROM signups WHERE name LIKE 'Spør%'")
        assert until == [(year,)], until
        assert len(central.rows("SELECT 1 FROM signups WHERE name LIKE 'Spør%' AND consent_at >= created_at")) == 2

    with case("removed: 410, and other needs"):
        sheet = f"/staff/c/solbakken/needs/{ROOMY['id']}/remove"
        answer = staff.submit(sheet, confirm="1", sure="1")
        assert answer.status == 303, (answer.status, plain(answer))
        answer = browser.get(f"/n/{ROOMY['code']}")
        assert answer.status == 410 and "tatt ned" in answer.text and 'href="/n/' in answer.text, answer.status


def small_centre(folder):
    """One need with a police certificate, said in Norwegian only, one that ends, and an activity that was moved."""
    day = datetime.date.today() + datetime.timedelta(days=10)
    needs = [dict(ROOMY, id="attest", code="22222", number="222222", taken=0, certificate={"required": True, "legal_basis": {"nb": "Helse- og omsorgstjenesteloven § 5-4."}}),
             dict(ROOMY, id="once", code="33333", number="333333", taken=0, start=f"{day}T13:00", duration="PT2H")]
    needs[1].pop("rrule", None)
    moved = dict(ACTIVITY, id="moved", code="44444", number="444444", taken=0, start=f"{day}T11:00", duration="PT1H",
                 overrides=[{"original": f"{day}T11:00", "status": "scheduled", "start": f"{day}T14:30", "reason": {"nb": "Salen er opptatt."}}])
    moved.pop("rrule", None)
    feed = dict(sample, centre=dict(sample["centre"], id="liten"), activities=[moved], needs=needs, notices=[])
    path = f"{folder}/small.json"
    with open(path, "w", encoding="utf-8") as f:
        json.dump(feed, f)
    return path, day


def small_cases(central):
    path, day = small_centre(central.folder.name)
    central.run("centre", "add", "--from", path)
    browser = Browser(central.port)

    with case("a police certificate is said before anybody types, with its legal basis, and is not asked for"):
        page = browser.get("/n/22222?l=en")
        assert "have to show a police certificate" in plain(page)
        assert '<span lang="nb" dir="ltr">Helse- og omsorgstjenesteloven § 5-4.</span>' in page.text
        assert "in Norwegian" in plain(page)
        assert 'type="file"' not in page.text

    with case("moved: where it was, where it is now, and why; the link from the wall still leads there"):
        name = f"{day:%Y%m%d}T1100"
        words = plain(browser.get(f"/a/44444/{name}"))
        assert "Dette er flyttet" in words and "14.30" in words and "Salen er opptatt." in words, words
        secret = receipt_of(sign_up(browser, f"/a/44444/{name}"))
        assert f"DTSTART:{day:%Y%m%d}T1" in unfold(browser.get(f"{secret}/calendar.ics").text)
        assert "Dette er flyttet" in plain(browser.get(secret))

    with case("a need with a start has a calendar file too: its next times, one event each"):
        once = unfold(browser.get(receipt_of(sign_up(browser, "/n/33333")) + "/calendar.ics").text)
        assert once.count("BEGIN:VEVENT") == 1, once
        weekly = unfold(browser.get(receipt_of(sign_up(browser, f"/n/{ASKED['code']}")) + "/calendar.ics").text)
        assert weekly.count("BEGIN:VEVENT") == 26 and len(set(re.findall("UID:(.*)", weekly))) == 26
        with open(f"{central.folder.name}/weekly.ics", "w", encoding="utf-8", newline="") as f:
            f.write(weekly)
        end = day + datetime.timedelta(days=400)
        listed = central.run("occurrences", f"{central.folder.name}/weekly.ics", "--from", "2026-01-01", "--to", str(end))
        assert len(listed.stdout.splitlines()) == 26 and not listed.stderr, listed.stderr
        hours = {line[11:16] for line in listed.stdout.splitlines()}
        assert hours == {ASKED["start"][11:16]}, "the same time on the wall, before and after the change of clock"


def guess_cases(central):
    browser = Browser(central.port)

    with case("guessing is slowed: 429 with the seconds to wait, and then it goes on"):
        statuses = [browser.post("/", {"code": f"{n:06d}"}) for n in range(20)]
        slowed = next(a for a in statuses if a.status == 429)
        assert 1 <= int(slowed.header("Retry-After")) <= 8 and "Vent litt" in slowed.text
        central.rows("UPDATE attempts SET next_at = 0")
        answer = browser.post("/", {"code": ACTIVITY["number"]})
        assert answer.status == 303, "the right number is never locked out"


def slow_cases(central):
    path, browser = f"/n/{ROOMY['code']}", Browser(central.port)
    central.rows("UPDATE needs SET seats = 1000 WHERE id = ?", ROOMY["id"])

    with case("a house may send sixty sign-ups at once, then a page says how long to wait and keeps what was typed"):
        answers = [sign_up(browser, path) for _ in range(60)]
        assert {a.status for a in answers} == {303}, [a.status for a in answers]
        first = hidden(browser.get(path).text, "token")
        slow = browser.post(path, {**PERSON, "token": first})
        assert slow.status == 429 and 1 <= int(slow.header("Retry-After")) <= 60, slow.status
        assert "Prøv igjen om 1 minutt" in plain(slow) and 'value="Kari Prøve"' in slow.text and hidden(slow.text, "token") == first, plain(slow)

    with case("and when it has gone by the same form is one sign-up, a repeated press of an old one was never slowed"):
        central.rows("UPDATE attempts SET next_at = next_at - 60")
        assert browser.post(path, {**PERSON, "token": first}).status == 303
        assert browser.post(path, {**PERSON, "token": first}).status == 303
        assert sign_up(browser, path).status == 429


with Central() as central:
    visitor = Browser(central.port)
    front_cases(visitor)
    page_cases(visitor)
    form_cases(central, visitor)
    receipt_cases(central, visitor)
    staff_cases(central, visitor)
    small_cases(central)
    guess_cases(central)
with Central() as central:
    slow_cases(central)
sys.exit(verdicts.code())
