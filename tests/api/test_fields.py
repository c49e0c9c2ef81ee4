#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every field that the format has (config/feed.schema.json) goes end to end: staff have a place to write it, it stands there again when
they come back, and the screens get it. What no person writes is named here with its reason."""
import datetime
import html
import json
import re
import sys
import zoneinfo

from central_process import SOURCE, Browser, Central
from kiosk_process import Verdicts

verdicts = Verdicts()
case = verdicts.case
HERE = "/staff/c/solbakken"
SCHEMA = json.loads((SOURCE / "config/feed.schema.json").read_text(encoding="utf-8"))
TODAY = datetime.datetime.now(zoneinfo.ZoneInfo("Europe/Oslo")).date()

MADE = "the central makes it"
NOT_WRITTEN = {
    "centre": {"id": "whoever sets up the central gives it", "seal_key": MADE},
    "activity": {"id": MADE, "code": MADE, "number": MADE, "taken": "visitors sign up", "picture": "photographs come with their upload",
                 "zone": "only calendars of elsewhere have one", "exdates": "only calendars: staff cancel one time, which the screen shows",
                 "rdates": "only calendars: staff make another activity", "overrides": "pages of their own, below", "status": "a page of its own, below"},
    "need": {"id": MADE, "code": MADE, "number": MADE, "taken": "visitors sign up"},
    "notice": {"id": MADE}, "organisation": {"id": MADE}, "contact": {"id": MADE},
    "override": {},
}


def day(n):
    return (TODAY + datetime.timedelta(days=n)).isoformat()


TUESDAY = next(day(n) for n in range(8, 15) if (TODAY + datetime.timedelta(days=n)).weekday() == 1)


def texts(name, nb, en):
    return {f"{name}_nb": nb, f"{name}_en": en}, {name: {"nb": nb, "en": en}}


def both(*parts):
    fields, wanted = {}, {}
    for one, two in parts:
        fields.update(one)
        wanted.update(two)
    return fields, wanted


# what is written, and what the screens then have; True: anything
ITEMS = {
    "activity": ("activities", "activity", both(
        texts("name", "Feltprøve", "Field trial"), texts("description", "Alt er med.", "All of it."), texts("place", "Kantina", "The canteen"),
        ({"kind": "dance"}, {"kind": "dance"}), ({"organisation": "strandkoret"}, {"organisation": "strandkoret"}),
        ({"contact": "kari-nes"}, {"contact": "kari-nes"}), ({"signup": "1", "seats": "7"}, {"signup": True, "seats": 7}),
        ({"date": TUESDAY, "time": "11:00", "until_time": "12:30"}, {"start": TUESDAY + "T11:00", "duration": "PT1H30M"}),
        ({"repeat": "weekly", "weekdays": "tuesday", "nth": "1", "weekday": "monday"}, {"rrule": "FREQ=WEEKLY;BYDAY=TU"}))),
    "need": ("needs", "need", both(
        texts("name", "Feltprøve", "Field trial"), texts("description", "Alt er med.", "All of it."), texts("when", "Tirsdager", "Tuesdays"),
        texts("bring", "Gode sko", "Good shoes"), ({"seats": "4"}, {"seats": 4, "taken": True}), ({"contact": "kari-nes"}, {"contact": "kari-nes"}),
        ({"meets": "jonas-vik"}, {"meets": "jonas-vik"}), ({"answer_days": "3"}, {"answer_days": 3}), ({"first_timer": "1"}, {"first_timer": True}),
        ({"organisation": "turlaget"}, {"organisation": "turlaget"}), ({"until_day": day(60)}, {"until": day(60)}),
        ({"languages_helpful": "pl"}, {"languages_helpful": ["pl"]}),
        ({"certificate": "1", "legal_basis_nb": "§ 5-4", "legal_basis_en": "Section 5-4"}, {"certificate": {"legal_basis": {"nb": "§ 5-4", "en": "Section 5-4"}}}),
        ({"date": TUESDAY, "time": "11:00", "until_time": "12:30"}, {"start": TUESDAY + "T11:00", "duration": "PT1H30M"}),
        ({"repeat": "weekly", "weekdays": "tuesday", "nth": "1", "weekday": "monday"}, {"rrule": "FREQ=WEEKLY;BYDAY=TU"}))),
    "notice": ("notices", "notice", both(
        texts("name", "Feltprøve", "Field trial"), texts("text", "Alt er med.", "All of it."), ({"level": "important"}, {"level": "important"}),
        ({"from_day": day(0), "from_time": "08:00"}, {"from": day(0) + "T08:00"}), ({"until_day": day(9), "until_time": "20:00"}, {"until": day(9) + "T20:00"}))),
    "organisation": ("organisations", "organisation", both(
        texts("name", "Feltprøve", "Field trial"), texts("about", "Alt er med.", "All of it."), ({"kinds": "walk"}, {"kinds": ["walk"]}),
        ({"web": "https://example.no/lag"}, {"web": "https://example.no/lag"}), ({"phone": "00002110"}, {"phone": "00 00 21 10"}),
        ({"email": "post@example.no"}, {"email": "post@example.no"}), ({"confirm": "1", "confirmed_by": "Kari Nes"}, {"confirmed": day(0), "confirmed_by": "Kari Nes"}))),
    "contact": ("contacts", "contact", both(
        ({"name": "Feltprøve"}, {"name": "Feltprøve"}), texts("role", "vert", "host"), ({"phone": "00001236"}, {"phone": "00 00 12 36"}),
        ({"email": "vert@example.no"}, {"email": "vert@example.no"}), ({"confirm": "1"}, {"confirmed": day(0)}))),
}
CENTRE = both(
    texts("name", "Solbakken", "Solbakken centre"), texts("address", "Solbakkvegen 1", "1 Solbakkvegen"), ({"phone": "00001200"}, {"phone": "00 00 12 00"}),
    ({"open_monday": "08.00–16.00"}, {"opening": {"monday": [{"opens": "08:00", "closes": "16:00"}]}}), ({"answer_days": "5"}, {"answer_days": 5}),
    ({"zone": "Europe/Helsinki"}, {"zone": "Europe/Helsinki"}), ({"languages": "nb"}, {"languages": ["nb"]}),
    ({"signup_host": "solbakken.example.no"}, {"signup_host": "solbakken.example.no"}))


def named(document, name):
    return next((item for item in document if (item["name"] if isinstance(item["name"], str) else item["name"].get("nb")) == name), None)


def shown(page):
    """What the form of a page holds: {name: [values]}; of boxes and choices those that are on."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = (re.search(rf' {key}="([^"]*)"', tag) for key in ("name", "value"))
        if not name or ('type="checkbox"' in tag or 'type="radio"' in tag) and " checked" not in tag:
            continue
        found.setdefault(name[1], []).append(html.unescape(value[1]) if value else "")
    for name, text in re.findall(r'<textarea[^>]* name="([^"]*)"[^>]*>(.*?)</textarea>', page, re.S):
        found.setdefault(name, []).append(html.unescape(text).strip("\n"))
    for name, options in re.findall(r'<select[^>]* name="([^"]*)"[^>]*>(.*?)</select>', page, re.S):
        found.setdefault(name, []).extend(re.findall(r'<option value="([^"]*)"[^>]* selected', options))
    return found


def assert_has(item, wanted):
    for name, value in wanted.items():
        if name == "opening":
            assert item[name]["monday"] == value["monday"], item[name]
        else:
            assert name in item and (value is True or item[name] == value), f"{name}: {item.get(name)!r} is not {value!r}"


def assert_all(kind, wanted):
    """Each field of the format is among WANTED, or excused; and no more is excused than needs be."""
    properties, excused = set(SCHEMA["$defs"][kind]["properties"]), set(NOT_WRITTEN[kind])
    assert properties - set(wanted) - excused == set(), f"nobody can write {properties - set(wanted) - excused}"
    assert excused - properties == set(), f"no field of the format: {excused - properties}"


def assert_shown(page, fields, unlike=()):
    there = shown(page)
    for name, value in fields.items():
        if name not in unlike:
            assert value.replace(" ", "") in [v.replace(" ", "") for v in there.get(name, [])], f"{name}: {there.get(name)} has no {value!r}"


def item_cases(central, staff):
    for kind, (listed, path, (fields, wanted)) in ITEMS.items():
        with case(f"{kind}: each field is written, stands in the form again, and is on the screens"):
            assert_all(kind, wanted)
            answer = staff.submit(f"{HERE}/new/{path}", **fields)
            assert answer.status == 303, re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", answer.text))
            item = named(central.feed()[listed], "Feltprøve")
            assert_has(item, wanted)
            again = f"{HERE}/{listed}/{item['id']}" + ("/edit" if kind == "activity" else "")
            # confirming is done anew each time; the choices of a rule that is not chosen stand as they were
            assert_shown(staff.get(again).text, fields, {"confirm", "nth", "weekday"})


def once_cases(central, staff):
    with case("one time: moved, elsewhere, under another name, and cancelled, with the reason"):
        item = named(central.feed()["activities"], "Feltprøve")
        at = f"{HERE}/activities/{item['id']}/at/" + item["start"].replace("-", "").replace(":", "")
        other = {"date": day(20), "time": "13:00", "until_time": "15:00", "name_nb": "En gang", "name_en": "Once", "place_nb": "Storstua",
                 "place_en": "The hall", "reason_nb": "Derfor.", "reason_en": "That is why."}
        assert staff.submit(f"{at}/change", **other).status == 303
        changed, = named(central.feed()["activities"], "Feltprøve")["overrides"]
        assert_has(changed, {"original": item["start"], "start": day(20) + "T13:00", "duration": "PT2H", "name": {"nb": "En gang", "en": "Once"},
                             "place": {"nb": "Storstua", "en": "The hall"}, "reason": {"nb": "Derfor.", "en": "That is why."}})
        assert_shown(staff.get(f"{at}/change").text, other)
        assert staff.submit(f"{at}/cancel", reason_nb="Syk.", reason_en="Ill.").status == 303
        cancelled, = named(central.feed()["activities"], "Feltprøve")["overrides"]
        assert_has(cancelled, {"status": "cancelled", "reason": {"nb": "Syk.", "en": "Ill."}})
        assert_all("override", {**changed, **cancelled})

    with case("a whole series is cancelled"):
        path = f"{HERE}/activities/{item['id']}/cancel"
        assert staff.submit(path, reason_nb="Slutt.").status == 303
        assert named(central.feed()["activities"], "Feltprøve")["status"] == "cancelled"


def centre_cases(central, administrator):
    fields, wanted = CENTRE
    with case("the centre: each field is written, stands in the form again, and is on the screens"):
        assert_all("centre", wanted)
        answer = administrator.submit(f"{HERE}/settings", **fields)
        assert answer.status == 303, answer.text
        assert_has(central.feed()["centre"], wanted)
        assert "seal_key" in central.feed()["centre"]
        assert_shown(administrator.get(f"{HERE}/settings").text, fields)

    with case("a form that does not ask for the days of call-backs leaves them"):
        rest = {name: value for name, value in fields.items() if name != "answer_days"}
        assert administrator.submit(f"{HERE}/settings", **rest).status == 303
        assert central.feed()["centre"]["answer_days"] == 5


def main():
    with Central(empty_centres=()) as central:
        central.user("berit")
        administrator = Browser(central.port).log_in("berit")
        item_cases(central, administrator)
        once_cases(central, administrator)
        centre_cases(central, administrator)
    return verdicts.code()


sys.exit(main())
