#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# test: timeout=300
"""What staff do on their pages, over real HTTP: publish, change, cancel, answer; and what they may not do."""
import datetime
import html
import re
import sys
import zoneinfo

from central_process import PASSWORD, Browser, Central, hidden
from kiosk_process import Verdicts

verdicts = Verdicts()
case = verdicts.case
HERE = "/staff/c/solbakken"
TODAY = datetime.datetime.now(zoneinfo.ZoneInfo("Europe/Oslo")).date()


def day(n):
    return (TODAY + datetime.timedelta(days=n)).isoformat()


def next_weekday(weekday, after=1):
    date = TODAY + datetime.timedelta(days=after)
    return date + datetime.timedelta(days=(weekday - date.weekday()) % 7)


def named(items, name):
    return [item for item in items if item["name"].get("nb") == name if isinstance(item["name"], dict)]


def activity(central, name):
    return next(iter(named(central.feed()["activities"], name)), {})


def words(answer):
    """The page's text, as it is read."""
    text = re.sub(r"<(script|style).*?</\1>", " ", answer.text, flags=re.S)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)))


SONG = {"name_nb": "Allsang", "kind": "song", "date": next_weekday(1, 8).isoformat(), "time": "11:00", "until_time": "12:30", "repeat": "weekly",
        "weekdays": "tuesday", "nth": "1", "weekday": "monday", "place_nb": "Kantina"}


def publish(staff, **other):
    answer = staff.submit(f"{HERE}/new/activity", **{**SONG, **other})
    assert answer.status == 303, (answer.status, words(answer))
    return re.match(rf"{HERE}/activities/([^/?]+)", answer.header("Location"))[1]


def publish_cases(central, staff):
    with case("an activity is on the screens when it is saved"):
        answer = staff.get(f"{HERE}/activities/{publish(staff)}")
        item = activity(central, "Allsang")
        assert item["start"] == SONG["date"] + "T11:00" and item["duration"] == "PT1H30M", item
        assert item["rrule"] == "FREQ=WEEKLY;BYDAY=TU" and item["place"] == {"nb": "Kantina"} and item["kind"] == "song", item
        assert "Hver uke, tirsdag" in words(answer) and answer.text.count("op-row-title") == 10, words(answer)

    with case("what is missing is said beside its field, what was typed stays, nothing is saved"):
        answer = staff.submit(f"{HERE}/new/activity", **{**SONG, "name_nb": "Halv", "kind": "", "time": "25:00"})
        assert answer.status == 422 and 'href="#f-kind"' in answer.text and 'href="#f-time"' in answer.text, words(answer)
        assert 'value="Halv"' in answer.text and 'id="w-time"' in answer.text and 'value="25:00"' in answer.text
        assert not activity(central, "Halv")

    with case("a double press is one activity"):
        page = staff.get(f"{HERE}/new/activity").text
        sent = {**SONG, "name_nb": "To trykk", "csrf": hidden(page, "csrf"), "token": hidden(page, "token")}
        first, second = (staff.post(f"{HERE}/new/activity", sent) for _ in range(2))
        assert first.status == second.status == 303 and first.header("Location") == second.header("Location")
        assert len(named(central.feed()["activities"], "To trykk")) == 1

    with case("a preview shows ten dates and saves nothing"):
        answer = staff.submit(f"{HERE}/new/activity", **{**SONG, "name_nb": "Prøve", "repeat": "workdays", "preview": "1"})
        assert answer.status == 200 and answer.text.split('id="dates"')[1].count("<li>") == 10, words(answer)
        assert 'value="Prøve"' in answer.text and not activity(central, "Prøve")

    with case("a Monday that repeats every Tuesday begins on the Tuesday"):
        monday = next_weekday(0, 8)
        publish(staff, name_nb="Tirsdager", date=monday.isoformat())
        assert activity(central, "Tirsdager")["start"][:10] == (monday + datetime.timedelta(days=1)).isoformat()

    with case("all day, several days, and past midnight"):
        publish(staff, name_nb="Marked", all_day="1", time="", until_time="", last_date=(next_weekday(1, 8) + datetime.timedelta(days=1)).isoformat(), repeat="none")
        publish(staff, name_nb="Nattjazz 2", time="22:00", until_time="00:30", repeat="none")
        assert activity(central, "Marked")["start"] == SONG["date"] and activity(central, "Marked")["duration"] == "P2D"
        assert activity(central, "Nattjazz 2")["duration"] == "PT2H30M" and "rrule" not in activity(central, "Nattjazz 2")

    with case("an end before the start, a past day and places without sign-up are refused"):
        for field, wrong in (("until_time", {"until_time": "10:00"}), ("date", {"date": day(-3), "repeat": "none"}), ("signup", {"seats": "5"})):
            answer = staff.submit(f"{HERE}/new/activity", **{**SONG, "name_nb": "Galt", **wrong})
            assert answer.status == 422 and f'href="#f-{field}"' in answer.text, (field, answer.status, words(answer))
        assert not activity(central, "Galt")

    with case("English is optional, and other languages stay"):
        publish(staff, name_nb="Kor", name_en="Choir", place_en="The canteen")
        assert activity(central, "Kor")["name"] == {"nb": "Kor", "en": "Choir"}
        assert activity(central, "Kor")["place"] == {"nb": "Kantina", "en": "The canteen"}


def once(item):
    return f"{HERE}/activities/{item['id']}/at/" + item["start"].replace("-", "").replace(":", "")


def occurrence_cases(central, staff):
    item = activity(central, "Allsang")
    at = once(item)

    with case("one time is cancelled in two presses, with its reason"):
        assert "Avlyse denne gangen?" in words(staff.get(f"{at}/cancel"))
        assert not activity(central, "Allsang").get("overrides")
        answer = staff.submit(f"{at}/cancel", reason_nb="Jonas er syk.", reason_en="Jonas is ill.")
        assert answer.status == 303
        override, = activity(central, "Allsang")["overrides"]
        assert override == {"original": item["start"], "status": "cancelled", "reason": {"nb": "Jonas er syk.", "en": "Jonas is ill."}}, override
        page = words(staff.get(answer.header("Location")))
        assert "Avlyst" in page and "Jonas er syk." in page and "Angre" in page, page

    with case("and taken back"):
        staff.submit(f"{HERE}/activities/{item['id']}", action=f"{at}/undo")
        assert not activity(central, "Allsang").get("overrides")

    with case("one time is moved; only what differs is said of it"):
        page = staff.get(f"{at}/change")
        assert f'value="{SONG["date"]}"' in page.text and 'value="11:00"' in page.text
        answer = staff.submit(f"{at}/change", date=SONG["date"], time="13:00", until_time="14:30", place_nb="Peisestua", name_nb="Allsang")
        assert answer.status == 303, words(answer)
        override, = activity(central, "Allsang")["overrides"]
        assert override == {"original": item["start"], "start": SONG["date"] + "T13:00", "place": {"nb": "Peisestua"}}, override

    with case("with a moved time the series cannot come to last all day, and that is said"):
        answer = staff.submit(f"{HERE}/activities/{item['id']}/edit", **{**SONG, "all_day": "1"})
        assert answer.status == 422 and "avlyst eller flyttet hver for seg" in words(answer), words(answer)
        assert activity(central, "Allsang")["start"] == item["start"]

    with case("put back as the series, nothing is said of it"):
        staff.submit(f"{at}/change", date=SONG["date"], time="11:00", until_time="12:30", place_nb="Kantina", name_nb="Allsang")
        assert not activity(central, "Allsang").get("overrides")

    with case("a time that the series does not have is not found"):
        for wrong in ("20200101T1100", "20261301T1100", "nothing"):
            assert staff.get(f"{HERE}/activities/{item['id']}/at/{wrong}/cancel").status == 404, wrong


def series_cases(central, staff):
    identity = activity(central, "Allsang")["id"]
    edit = f"{HERE}/activities/{identity}/edit"

    with case("a new name is saved at once, a new time asks first"):
        assert staff.submit(edit, **{**SONG, "name_nb": "Allsang med Jonas"}).status == 303
        moved = {**SONG, "name_nb": "Allsang med Jonas", "time": "14:00", "until_time": "15:00"}
        answer = staff.submit(edit, **moved)
        assert answer.status == 200 and "Lagre endringen" in words(answer) and 'name="confirmed"' in answer.text, words(answer)
        assert activity(central, "Allsang med Jonas")["start"].endswith("T11:00")
        assert staff.submit(edit, **moved, confirmed="1", reason_nb="Ny tid fra nå.").status == 303
        assert activity(central, "Allsang med Jonas")["start"].endswith("T14:00")
        notice, = named(central.feed()["notices"], "Endret: Allsang med Jonas")
        assert notice["level"] == "important" and notice["text"] == {"nb": "Ny tid fra nå."} and notice["until"] == day(14), notice

    with case("when somebody was faster, both are shown and nothing is lost"):
        page = staff.get(edit).text
        mine = {**SONG, "csrf": hidden(page, "csrf"), "revision": hidden(page, "revision"), "time": "14:00", "until_time": "15:00"}
        assert staff.submit(edit, **{**mine, "name_nb": "Kveldssang"}).status == 303
        answer = staff.post(edit, {**mine, "name_nb": "Morgensang"})
        assert answer.status == 409 and "Kveldssang" in words(answer) and 'value="Morgensang"' in answer.text, (answer.status, words(answer))
        assert activity(central, "Kveldssang") and not activity(central, "Morgensang")
        again = {**mine, "revision": hidden(answer.text, "revision"), "name_nb": "Morgensang"}
        assert staff.post(edit, again).status == 303 and activity(central, "Morgensang")

    with case("a whole series is cancelled with a notice, and held again"):
        path = f"{HERE}/activities/{identity}/cancel"
        assert staff.submit(path, reason_nb="Korleder søkes.", notice="1").status == 303
        assert activity(central, "Morgensang")["status"] == "cancelled"
        notice, = named(central.feed()["notices"], "Avlyst: Morgensang")
        assert notice["text"] == {"nb": "Korleder søkes."}
        assert staff.submit(path, action=f"{HERE}/activities/{identity}/resume").status == 303
        assert activity(central, "Morgensang").get("status", "scheduled") == "scheduled"

    with case("removed in two presses, with the revision that was seen"):
        path = f"{HERE}/activities/{identity}/remove"
        assert "kan ikke angres" in words(staff.get(path)) and activity(central, "Morgensang")
        assert staff.submit(path, revision="1").status == 409 and activity(central, "Morgensang")
        assert staff.submit(path).status == 303 and not activity(central, "Morgensang")
        assert staff.get(f"{HERE}/activities/{identity}").status == 404


NEED = {"name_nb": "Bære stoler", "when_nb": "Lørdag kl. 10", "seats": "2", "answer_days": "3", "contact": "kari-nes", "repeat": "none", "nth": "1", "weekday": "monday"}


def item_cases(central, staff):
    with case("a need, its change, and what it must have"):
        assert staff.submit(f"{HERE}/new/need", **NEED).status == 303
        need, = named(central.feed()["needs"], "Bære stoler")
        assert need["contact"] == "kari-nes" and need["seats"] == 2 and need["answer_days"] == 3, need
        path = f"{HERE}/needs/{need['id']}"
        answer = staff.submit(path, **{**NEED, "contact": "", "certificate": "1"})
        assert answer.status == 422 and 'href="#f-contact"' in answer.text and 'href="#f-legal_basis_nb"' in answer.text, words(answer)
        fixed = {**NEED, "languages_helpful": "pl", "date": day(3), "time": "10:00", "until_time": "11:00", "certificate": "1", "legal_basis_nb": "§ 5-4"}
        assert staff.submit(path, **fixed).status == 303
        need, = named(central.feed()["needs"], "Bære stoler")
        assert need["languages_helpful"] == ["pl"] and need["start"] == day(3) + "T10:00", need
        assert need["certificate"]["legal_basis"] == {"nb": "§ 5-4"}, need

    with case("a contact that is gone meanwhile is said, not stored"):
        answer = staff.submit(f"{HERE}/new/need", **{**NEED, "contact": "nobody-here"})
        assert answer.status == 422 and 'href="#f-contact"' in answer.text, (answer.status, words(answer))

    with case("an urgent notice with its hours"):
        sent = {"name_nb": "Vannet er stengt", "level": "urgent", "from_day": day(0), "from_time": "08:00", "until_day": day(0), "until_time": "12:00"}
        assert staff.submit(f"{HERE}/new/notice", **sent).status == 303
        notice, = named(central.feed()["notices"], "Vannet er stengt")
        assert notice["level"] == "urgent" and notice["from"] == day(0) + "T08:00" and notice["until"] == day(0) + "T12:00", notice
        answer = staff.submit(f"{HERE}/new/notice", **{**sent, "until_day": day(-1)})
        assert answer.status == 422 and 'href="#f-until_day"' in answer.text
        assert staff.submit(f"{HERE}/notices/{notice['id']}/remove").status == 303
        assert not named(central.feed()["notices"], "Vannet er stengt")

    with case("a contact that needs rely on stays; another goes"):
        path = f"{HERE}/contacts/kari-nes/remove"
        page = staff.get(path)
        assert "Bære stoler" in words(page) and 'name="revision"' not in page.text
        answer = staff.post(path, {"csrf": hidden(page.text, "csrf") or staff.csrf(), "revision": "1"})
        assert answer.status == 409, answer.status
        assert staff.submit(f"{HERE}/new/contact", name="Nattvakta", phone="00001299").status == 303
        contact, = [c for c in central.feed()["contacts"] if c["name"] == "Nattvakta"]
        assert contact["phone"] == "00 00 12 99", contact
        assert staff.submit(f"{HERE}/contacts/{contact['id']}/remove").status == 303
        assert staff.submit(f"{HERE}/new/contact", name="Uten nummer").status == 422

    with case("an organisation is confirmed in one press, and its removal leaves its activities"):
        assert staff.submit(f"{HERE}/organisations", action=f"{HERE}/organisations/strandkoret/confirm").status == 303
        found, = [o for o in central.feed()["organisations"] if o["id"] == "strandkoret"]
        assert found["confirmed"] == day(0), found
        assert "uten arrangør" in words(staff.get(f"{HERE}/organisations/strandkoret/remove"))
        assert staff.submit(f"{HERE}/organisations/strandkoret/remove").status == 303
        sang, = [a for a in central.feed()["activities"] if a["id"] == "sangstund"]
        assert "organisation" not in sang

    with case("the centre's hours are read as people write them"):
        page = staff.get(f"{HERE}/settings").text
        sent = {"name_nb": "Solbakken", "phone": "00001200", "open_monday": "8-16 og 18.30 – 20", "zone": "Asia/Tokyo"}
        assert staff.submit(f"{HERE}/settings", **sent).status == 303
        centre = central.feed()["centre"]
        assert centre["opening"]["monday"] == [{"opens": "08:00", "closes": "16:00"}, {"opens": "18:30", "closes": "20:00"}], centre
        assert centre["zone"] == "Europe/Oslo" and centre["phone"] == "00 00 12 00" and 'name="zone"' not in page
        assert staff.submit(f"{HERE}/settings", **{**sent, "open_friday": "noon"}).status == 422


def sign_up(central, path, name, contact):
    visitor = Browser(central.port)
    answer = visitor.submit(path, name=name, contact=contact, consent="1")
    assert answer.status == 303, (path, answer.status, words(answer))


def signup_cases(central, staff):
    identity = publish(staff, name_nb="Tur med påmelding", signup="1", seats="3")
    item = activity(central, "Tur med påmelding")
    at = once(item)
    short = f"/A/{item['code']}/" + item["start"].replace("-", "").replace(":", "")
    sign_up(central, short, "Ada Prøve", "00 00 43 21")
    sign_up(central, short, "Bo Prøve", "bo@example.no")

    with case("who signed up stands on the sign-up pages alone, to be called"):
        page = staff.get(f"{at}/signups")
        assert 'href="tel:00004321"' in page.text and 'href="mailto:bo@example.no"' in page.text and "Ada Prøve" in words(page)
        assert "Ada Prøve" in words(staff.get(f"{HERE}/signups")) and page.header("Cache-Control") == "no-store", page.header("Cache-Control")
        for path in ("/staff", f"{HERE}/activities", f"{HERE}/activities/{identity}", f"{HERE}/audit"):
            assert "Ada Prøve" not in words(staff.get(path)) and "00004321" not in staff.get(path).text, path
        assert "2 av 3 påmeldt" in words(staff.get(f"{HERE}/activities/{identity}"))
        assert "2 påmeldinger venter på svar" in words(staff.get("/staff"))

    ada = re.search(r'id="s-([^"]+)"(?:(?!id="s-).)*Ada', staff.get(f"{at}/signups").text, re.S)[1]
    tick = {"kind": "activity", "item": identity, "at": at.rsplit("/", 1)[1]}

    with case("an answer is ticked, and the tick taken back"):
        answer = staff.submit(f"{at}/signups", action=f"{HERE}/signups/{ada}/answered", on="1", **tick)
        assert answer.status == 303 and answer.header("Location") == f"{at}/signups#s-{ada}", answer.header("Location")
        assert "Besvart" in words(staff.get(f"{at}/signups")) and "1 påmelding venter" in words(staff.get("/staff"))
        staff.submit(f"{at}/signups", action=f"{HERE}/signups/{ada}/answered", **tick)
        assert "2 påmeldinger venter" in words(staff.get("/staff"))

    with case("a cancellation names who must be told, and leads to them"):
        assert "2 påmeldte må få beskjed" in words(staff.get(f"{at}/cancel"))
        answer = staff.submit(f"{at}/cancel", reason_nb="Glatt føre.")
        assert answer.status == 303 and answer.header("Location").startswith(f"{at}/signups"), answer.header("Location")
        assert "2 påmeldte må få beskjed" in words(staff.get(f"{at}/signups"))
        staff.submit(f"{at}/signups", action=f"{HERE}/signups/{ada}/told", on="1", **tick)
        page = words(staff.get(f"{at}/signups"))
        assert "1 påmeldt må få beskjed" in page and "Fikk beskjed" in page, page

    with case("taken off the list, name and number are gone"):
        staff.submit(f"{at}/signups", action=f"{HERE}/signups/{ada}/remove", **tick)
        page = staff.get(f"{at}/signups")
        assert "Ada" not in page.text and "00004321" not in page.text and "Bo Prøve" in words(page)

    with case("the audit says what was done, in words"):
        page = words(staff.get(f"{HERE}/audit"))
        for said in ("avlyste én gang: Tur med påmelding", "fjernet påmelding", "kari laget aktivitet", "En besøkende meldte seg på"):
            assert said in page, (said, page[:2000])


def subscribed_cases(central, staff):
    # What a fetch would leave; the fetch itself is tried elsewhere.
    central.rows("INSERT INTO calendars (id, centre_id, address, name, lang, next_at, created_at) VALUES "
                 "('kalender', 'solbakken', 'https://kalender.example.no/', 'Kalender', 'nb', 9999999999, 0)")
    central.rows("UPDATE activities SET calendar_id = 'kalender' WHERE centre_id = 'solbakken' AND id = 'middag'")
    path = f"{HERE}/activities/middag"

    with case("what a subscription owns is not changed here, but one time can be cancelled"):
        page = staff.get(path)
        assert "abonnerer" in words(page) and f"{path}/edit" not in page.text and f"{path}/remove" not in page.text
        for what in ("edit", "cancel", "remove"):
            answer = staff.get(f"{path}/{what}")
            assert answer.status == 303 and answer.header("Location") == f"{path}?done=calendars_own", (what, answer.status)
        dinner = next(a for a in central.feed()["activities"] if a["id"] == "middag")
        at = f"{path}/at/{day(2).replace('-', '')}T" + dinner["start"][11:].replace(":", "")
        assert staff.get(f"{at}/change").status == 303
        assert staff.submit(f"{at}/cancel", reason_nb="Kjøkkenet er stengt.").status == 303
        dinner = next(a for a in central.feed()["activities"] if a["id"] == "middag")
        assert dinner["overrides"][-1]["status"] == "cancelled", dinner["overrides"]


def other_centre_cases(central, staff, stranger):
    with case("an editor does not reach another centre, to look or to change"):
        token = stranger.csrf()
        for path in ("", "/activities", "/new/activity", "/activities/sangstund", "/activities/sangstund/edit", "/needs", "/needs/turvenn", "/notices",
                     "/organisations", "/contacts/kari-nes", "/signups", "/settings", "/audit", "/needs/turvenn/signups"):
            answer = stranger.get(HERE + path)
            assert answer.status in (403, 404), (path, answer.status)
            assert answer.status == stranger.get(f"/staff/c/no-such-centre{path}").status, f"{path}: tells whether there is such a centre"
        before = central.feed()["version"]
        posts = {"/new/activity": {**SONG, "token": "a" * 26}, "/contacts/kari-nes/confirm": {}, "/activities/sangstund/cancel": {"token": "a" * 26},
                 "/needs/turvenn/remove": {"revision": "1"}, "/settings": {"revision": "1", "name_nb": "X"}}
        for path, fields in posts.items():
            assert stranger.post(HERE + path, {"csrf": token, **fields}).status in (403, 404), path
        after = central.feed()["version"]
        assert after == before, (before, after)
        page = words(stranger.get("/staff"))
        assert "Nordlia" in page and "Solbakken" not in page, page

    with case("whoever is not logged in is asked to"):
        for path in ("/staff", HERE, f"{HERE}/signups"):
            answer = Browser(central.port).get(path)
            assert answer.status == 303 and "/staff/login" in answer.header("Location"), (path, answer.status)


def user_cases(central, admin, editor):
    with case("an administrator makes an editor, whose password is shown once"):
        page = admin.get("/staff/new-user").text
        sent = {"csrf": hidden(page, "csrf"), "token": hidden(page, "token"), "name": "ny.bruker", "role": "editor", "centres": "solbakken"}
        answer = admin.post("/staff/new-user", sent)
        assert answer.status == 200, words(answer)
        password = re.search(r"<code>([^<]+)</code>", answer.text)[1]
        again = admin.post("/staff/new-user", sent)
        assert again.status == 303 and "<code>" not in admin.get(again.header("Location")).text
        fresh = Browser(central.port).log_in("ny.bruker", password)
        answer = fresh.get(HERE)
        assert answer.status == 303 and "/staff/password" in answer.header("Location"), answer.status

    with case("bad names, taken names and editors of nothing are refused"):
        for fields, field in (({"name": "Æ"}, "name"), ({"name": "kari"}, "name"), ({"name": "to", "centres": ""}, "centres")):
            answer = admin.submit("/staff/new-user", **{"role": "editor", "centres": "solbakken", **fields})
            assert answer.status == 422 and f'href="#f-{field}"' in answer.text, (fields, answer.status)

    users = dict(re.findall(r'href="/staff/users/([^"/]+)">([^<]+)<', admin.get("/staff/users").text))
    ids = {name: identity for identity, name in users.items()}

    with case("nobody removes himself, nor the last administrator"):
        assert admin.submit(f"/staff/users/{ids['sjef']}/remove").status == 409
        assert admin.submit(f"/staff/users/{ids['sjef']}", role="editor", centres="solbakken").status == 409
        assert admin.get("/staff/users").status == 200

    with case("a new password ends the sessions; a removed user is out"):
        answer = admin.submit(f"/staff/users/{ids['ny.bruker']}", action=f"/staff/users/{ids['ny.bruker']}/password")
        password = re.search(r"<code>([^<]+)</code>", answer.text)[1]
        fresh = Browser(central.port).log_in("ny.bruker", password)
        assert admin.submit(f"/staff/users/{ids['ny.bruker']}/remove").status == 303
        assert fresh.get("/staff/password").status == 303 and "ny.bruker" not in words(admin.get("/staff/users"))

    with case("editors do not see the users"):
        for path in ("/staff/users", "/staff/new-user", f"/staff/users/{ids['sjef']}"):
            assert editor.get(path).status in (403, 404), path
        answer = editor.post(f"/staff/users/{ids['kari']}", {"csrf": editor.csrf(), "role": "administrator"})
        assert answer.status in (403, 404)


def main():
    with Central() as central:
        central.user("kari", "solbakken")
        central.user("nord", "nordlia")
        central.user("sjef")
        staff, stranger, admin = (Browser(central.port).log_in(name, PASSWORD) for name in ("kari", "nord", "sjef"))
        publish_cases(central, staff)
        occurrence_cases(central, staff)
        series_cases(central, staff)
        item_cases(central, staff)
        signup_cases(central, staff)
        subscribed_cases(central, staff)
        other_centre_cases(central, staff, stranger)
        user_cases(central, admin, staff)
    return verdicts.code()


if __name__ == "__main__":
    sys.exit(main())
