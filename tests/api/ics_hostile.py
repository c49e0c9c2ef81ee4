# SPDX-License-Identifier: GPL-3.0-or-later
"""Calendars that mean no good, as text: each within 5 MB, and each over within 2 s whatever it holds. NAME -> maker."""
MAX = 5_000_000
DAY = "19700101T100000"


def calendar(body):
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//Hostile//NO\r\n" + body + "END:VCALENDAR\r\n"


def event(n, *lines):
    return "\r\n".join(("BEGIN:VEVENT", f"UID:{n}", f"SUMMARY:Nr {n}", *lines, "END:VEVENT", ""))


def events(n, *lines):
    return calendar("".join(event(i, *lines) for i in range(n)))


def rules(*which):
    """As many events as are read, each with a rule from 1970."""
    return events(5000, f"DTSTART:{DAY}", *(f"RRULE:{r}" for r in which))


def filled(head, unit, tail):
    room = MAX - len(calendar(head + tail)) - 10
    return calendar(head + unit * (room // len(unit.encode())) + tail)


BEGIN = f"BEGIN:VEVENT\r\nUID:1\r\nDTSTART:{DAY}\r\n"
END = "\r\nEND:VEVENT\r\n"


def zone(name, parts, rule):
    part = f"BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n{rule}END:STANDARD\r\n"
    return f"BEGIN:VTIMEZONE\r\nTZID:{name}\r\n" + part * parts + "END:VTIMEZONE\r\n"


def zones(parts, rule):
    head = "".join(zone(f"Z{i}", parts, rule) for i in range(200))
    return calendar(head + "".join(event(i, f"DTSTART;TZID=Z{i % 200}:20261124T100000", "RRULE:FREQ=DAILY") for i in range(2000)))


def changed(n):
    return calendar(event(1, f"DTSTART:{DAY}", "RRULE:FREQ=DAILY") + "".join(
        event(1, f"DTSTART:{1970 + i // 336:04}{i // 28 % 12 + 1:02}{i % 28 + 1:02}T110000",
              f"RECURRENCE-ID:{1970 + i // 336:04}{i // 28 % 12 + 1:02}{i % 28 + 1:02}T100000") for i in range(n)))


MAKERS = {
    "a property of a million lines": lambda: filled(BEGIN + "SUMMARY:a", "\r\n b", END),
    "a property of five megabytes": lambda: filled(BEGIN + "DESCRIPTION:", "x", END),
    "tags without an end": lambda: filled(BEGIN + "DESCRIPTION:</", "<a", END),
    "many long descriptions": lambda: events(70, f"DTSTART:{DAY}", "DESCRIPTION:</" + "<b" * 32000),
    "a million parameters": lambda: filled(BEGIN + "SUMMARY", ";X=1", ":x" + END),
    "a million parameters of a date": lambda: filled("BEGIN:VEVENT\r\nDTSTART", ";X=1", ":20261124T100000" + END),
    "a million dates on one line": lambda: filled(BEGIN + "EXDATE:", "20261124T100000,", "20261124T100000" + END),
    "a million dates, a line each": lambda: filled(BEGIN, "EXDATE:20261124T100000\r\n", END),
    "dates in every event": lambda: events(1000, f"DTSTART:{DAY}", "EXDATE:" + ",".join(["20261124T100000"] * 300)),
    "periods in every event": lambda: events(400, f"DTSTART:{DAY}", "RDATE;VALUE=PERIOD:" + ",".join(["20261124T100000/PT1H"] * 490)),
    "nothing but begins": lambda: filled("", "BEGIN:VEVENT\r\n", ""),
    "parts in parts": lambda: filled("BEGIN:VEVENT\r\n", "BEGIN:VALARM\r\n", ""),
    "junk lines": lambda: filled(BEGIN, "x\r\n", END),
    "line ends alone": lambda: filled("", "\r\n", ""),
    "more events than are read": lambda: events(40000, f"DTSTART:{DAY}"),
    "daily for ever": lambda: rules("FREQ=DAILY"),
    "weekly for ever": lambda: rules("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYMONTH=2"),
    "every second": lambda: rules("FREQ=SECONDLY"),
    "hours of a day of the year": lambda: rules("FREQ=HOURLY;BYYEARDAY=1"),
    "30 February": lambda: rules("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
    "30 February, monthly": lambda: rules("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30"),
    "30 February, daily": lambda: rules("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"),
    "a fifth Monday on the first": lambda: rules("FREQ=MONTHLY;BYDAY=MO;BYMONTHDAY=1;INTERVAL=12"),
    "an interval beyond all years": lambda: rules("FREQ=DAILY;INTERVAL=1000000000"),
    "a count beyond all years": lambda: rules("FREQ=DAILY;COUNT=2000000000"),
    "counts that are never reached": lambda: rules("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=2000000000"),
    "monthly counts": lambda: rules("FREQ=MONTHLY;BYDAY=5MO;COUNT=2000000000"),
    "yearly counts": lambda: rules("FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=-366;COUNT=2000000000"),
    "the year 1": lambda: events(5000, "DTSTART:00010101T000000", "RRULE:FREQ=DAILY"),
    "the year 9999": lambda: events(5000, "DTSTART:99991231T235959", "RRULE:FREQ=DAILY"),
    "a rule of a megabyte": lambda: filled(BEGIN + "RRULE:FREQ=DAILY;BYDAY=", "MO,", "MO" + END),
    "one series, thousands of changes": lambda: changed(4900),
    "thousands of zones without a definition": lambda: calendar("".join(
        event(i, f"DTSTART;TZID={'A/' * 200}{i}:20261124T100000", "RRULE:FREQ=DAILY") for i in range(5000))),
    "zones with rules that never happen": lambda: zones(90, "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\r\n"),
    "zones that change every day": lambda: zones(90, "RRULE:FREQ=DAILY\r\n"),
    "zones with dates": lambda: zones(5, "RDATE:" + ",".join(["20261124T100000"] * 190) + "\r\n"),
    "one title for all": lambda: calendar("".join(f"BEGIN:VEVENT\r\nDTSTART:{DAY}\r\nSUMMARY:Sang\r\nEND:VEVENT\r\n" for _ in range(5000))),
    "one UID for all": lambda: calendar("".join(event(1, f"DTSTART:{DAY}", "RRULE:FREQ=DAILY") for _ in range(5000))),
    "NUL bytes": lambda: filled(BEGIN + "SUMMARY:", "\0", END),
    "quotes without an end": lambda: filled(BEGIN + 'SUMMARY;X="', "a:", END),
    "backslashes": lambda: filled(BEGIN + "SUMMARY:", "\\", END),
    "encoded line ends": lambda: filled(BEGIN + "SUMMARY;ENCODING=QUOTED-PRINTABLE:", "=\r\n", END),
}
