/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/ics_out.h"

#include <string.h>
#include <time.h>

#include "base/utf8.h"

enum { FOLD = 75, STAMP_SIZE = 24 };

/* One content line under way: how many octets stand in its last physical line. */
struct fold {
	struct buf *out;
	size_t octets;
};

static void fold_add(struct fold *fold, const char *bytes, size_t len)
{
	if (fold->octets + len > FOLD) {
		buf_str(fold->out, "\r\n ");
		fold->octets = 1;
	}
	buf_add(fold->out, bytes, len);
	fold->octets += len;
}

static void fold_escaped(struct fold *fold, const char *s, size_t len)
{
	switch (*s) {
	case '\n':
		fold_add(fold, "\\n", 2);
		break;
	case ',':
	case ';':
	case '\\':
		fold_add(fold, (const char[]){ '\\', *s }, 2);
		break;
	default:
		if (len > 1 || ((unsigned char)*s >= 0x20 && *s != 0x7f))
			fold_add(fold, s, len);
	}
}

static void line_text(struct buf *out, const char *name, const char *text, bool escape)
{
	struct fold fold = { out, strlen(name) + 1 };
	size_t left = text ? strlen(text) : 0;
	uint32_t code;

	if (left == 0)
		return;
	buf_str(out, name);
	buf_char(out, ':');
	while (left) {
		size_t n = utf8_decode(text, left, &code);
		if (n == 0)
			break;
		if (escape)
			fold_escaped(&fold, text, n);
		else
			fold_add(&fold, text, n);
		text += n;
		left -= n;
	}
	buf_str(out, "\r\n");
}

static void line_utc(struct buf *out, const char *name, int64_t at)
{
	char stamp[STAMP_SIZE];
	time_t t = (time_t)at;
	struct tm tm;

	if (gmtime_r(&t, &tm) && strftime(stamp, sizeof stamp, "%Y%m%dT%H%M%SZ", &tm))
		buf_printf(out, "%s:%s\r\n", name, stamp);
}

static void line_date(struct buf *out, const char *name, struct civil date)
{
	buf_printf(out, "%s;VALUE=DATE:%04d%02d%02d\r\n", name, date.year, date.month, date.day);
}

void ics_out_open(struct buf *out)
{
	buf_str(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Oppslag//Central//EN\r\nCALSCALE:GREGORIAN\r\n");
}

void ics_out_close(struct buf *out)
{
	buf_str(out, "END:VCALENDAR\r\n");
}

void ics_out_event(struct buf *out, const struct ics_event *event)
{
	buf_str(out, "BEGIN:VEVENT\r\n");
	line_text(out, "UID", event->uid, false);
	line_utc(out, "DTSTAMP", event->changed_at);
	buf_printf(out, "SEQUENCE:%lld\r\n", (long long)event->sequence);
	if (event->all_day) {
		line_date(out, "DTSTART", event->from);
		line_date(out, "DTEND", event->to);
	} else {
		line_utc(out, "DTSTART", event->start_utc);
		line_utc(out, "DTEND", event->end_utc);
	}
	line_text(out, "SUMMARY", event->summary, true);
	line_text(out, "LOCATION", event->location, true);
	line_text(out, "DESCRIPTION", event->description, true);
	line_text(out, "URL", event->url, false);
	buf_printf(out, "STATUS:%s\r\nEND:VEVENT\r\n", event->cancelled ? "CANCELLED" : "CONFIRMED");
}
