/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Voices read "11.00" as eleven point zero zero, and a telephone number as eight
 * hundred thousand: here both become what people say. */
#include <string.h>

#include "screen/speech_inside.h"

struct reading {
	struct builder *b;
	const struct lang *lang;
	char separator; /* of hours and minutes in LANG */
	bool norwegian; /* the abbreviations below are known */
	char *out;
	size_t n, room;
};

static void put(struct reading *r, const char *s, size_t len)
{
	if (r->n + len >= r->room)
		return;
	memcpy(r->out + r->n, s, len);
	r->n += len;
}

/* Without the isolates that formatted words have in languages written from right to left. */
static void put_s(struct reading *r, const char *s)
{
	static const char isolates[] = "\xE2\x81";
	while (*s) {
		size_t len = strncmp(s, isolates, 2) == 0 && s[2] ? 3 : 1;
		if (len == 1)
			put(r, s, len);
		s += len;
	}
}

static bool ends_with(const struct reading *r, const char *tail)
{
	size_t len = strlen(tail);
	return r->n >= len && memcmp(r->out + r->n - len, tail, len) == 0;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* ---- times */

struct time_read {
	int hour, minute;
	size_t len; /* 0: no time */
};

static struct time_read time_at(const struct reading *r, const char *s)
{
	struct time_read t = { 0 };
	size_t n = is_digit(s[0]) ? (is_digit(s[1]) ? 2 : 1) : 0;
	if (n == 0 || (s[n] != ':' && s[n] != r->separator) || !is_digit(s[n + 1]) || !is_digit(s[n + 2]) ||
	    is_digit(s[n + 3]) || (s[n + 3] == s[n] && is_digit(s[n + 4])))
		return t;
	t.hour = n == 2 ? (s[0] - '0') * 10 + s[1] - '0' : s[0] - '0';
	t.minute = (s[n + 1] - '0') * 10 + s[n + 2] - '0';
	t.len = t.hour < 24 && t.minute < 60 ? n + 3 : 0;
	return t;
}

static const char *time_words(struct builder *b, struct time_read t)
{
	if (t.minute == 0)
		return print(b, "%d", t.hour);
	return print(b, t.minute < 10 ? "%d 0 %d" : "%d %d", t.hour, t.minute);
}

static size_t dash_at(const char *s)
{
	static const char en_dash[] = "\xE2\x80\x93";
	return strncmp(s, en_dash, 3) == 0 ? 3 : s[0] == '-' ? 1 : 0;
}

/* "klokka 11", "11 Uhr": where the sentence says "klokka" or "Uhr" already, once is enough. REST comes after it. */
static void put_clock(struct reading *r, const char *time, const char *rest)
{
	static const char here[] = "{0}";
	const char *pattern = lang_text(r->lang, TEXT_SCREEN_SAID_TIME), *at = strstr(pattern, here);
	const char *before = at ? print(r->b, "%.*s", (int)(at - pattern), pattern) : "";
	const char *after = at ? at + strlen(here) : "";
	if (!ends_with(r, before))
		put_s(r, before);
	put_s(r, time);
	if (strncmp(rest, after, strlen(after)) != 0)
		put_s(r, after);
}

/* A time, or from one to another; returns how much of S it is. */
static size_t read_time(struct reading *r, const char *s)
{
	struct time_read from = time_at(r, s);
	if (from.len == 0)
		return 0;
	size_t dash = dash_at(s + from.len);
	struct time_read to = dash ? time_at(r, s + from.len + dash) : (struct time_read){ 0 };
	const char *words = time_words(r->b, from);
	size_t len = from.len;
	if (to.len) {
		words = checked(r->b, lang_format(r->b->arena, r->lang, TEXT_SCREEN_FROM_TO, ARG_S(words),
						  ARG_S(time_words(r->b, to))));
		len += dash + to.len;
	}
	put_clock(r, words, s + len);
	return len;
}

/* ---- numbers to call and to type: two digits at a time */

static size_t space_at(const char *s)
{
	static const char no_break[] = "\xC2\xA0";
	return s[0] == ' ' ? 1 : strncmp(s, no_break, 2) == 0 ? 2 : 0;
}

enum { CODE_DIGITS = 6, LOCAL_DIGITS = 8, ABROAD_LEAST = 7, DIGITS_MOST = 15 };

static size_t read_digits(struct reading *r, const char *s)
{
	char digits[DIGITS_MOST + 1];
	size_t n = 0, len = s[0] == '+', end = 0;
	while (is_digit(s[len])) {
		if (n == DIGITS_MOST)
			return 0;
		digits[n++] = s[len++];
		end = len;
		size_t space = space_at(s + len);
		len += space && is_digit(s[len + space]) ? space : 0;
	}
	bool abroad = s[0] == '+';
	if (abroad ? n < ABROAD_LEAST : n != CODE_DIGITS && n != LOCAL_DIGITS)
		return 0;
	if (abroad)
		put_s(r, "+ ");
	for (size_t i = 0; i < n; i++) {
		put(r, &digits[i], 1);
		put_s(r, i + 1 == n ? "" : i % 2 == 1 ? ", " : " ");
	}
	return end;
}

/* ---- the rest */

static size_t read_short(struct reading *r, const char *s)
{
	static const struct {
		const char *brief, *whole;
	} known[] = {
		{ "kl. ", "klokka " },        { "tlf. ", "telefon " }, { "ca. ", "cirka " },
		{ "nr. ", "nummer " },        { "etg. ", "etasje " },  { "f.eks. ", "for eksempel " },
		{ "bl.a. ", "blant annet " },
	};
	for (size_t i = 0; r->norwegian && i < sizeof known / sizeof known[0]; i++) {
		size_t len = strlen(known[i].brief);
		if (strncmp(s, known[i].brief, len) != 0)
			continue;
		put_s(r, known[i].whole);
		return len;
	}
	return 0;
}

/* Signs that are seen and not said; returns how many bytes of S they are. */
static size_t read_sign(struct reading *r, const char *s)
{
	static const struct {
		const char *sign, *said;
	} signs[] = {
		{ "\xE2\x81\xA6", "" }, { "\xE2\x81\xA7", "" }, { "\xE2\x81\xA8", "" }, /* U+2066 to U+2069: isolates */
		{ "\xE2\x81\xA9", "" }, { "\xE2\x80\x8E", "" }, { "\xE2\x80\x8F", "" }, /* marks of direction */
		{ "\xC2\xAD", "" },     { "\xE2\x80\x8B", "" },                         /* where words may break */
		{ "\xC2\xA0*", "" },    { "*\xC2\xA0", "" }, /* a mark beside a name, and what explains it */
		{ " \xC2\xB7 ", ", " }, { "\xC2\xB7", "," },    { "\xC2\xA0", " " }, /* middle dot, no-break space */
	};
	if (s[0] == '\n') {
		bool ended = r->n == 0 || strchr(".!?:,", r->out[r->n - 1]);
		put_s(r, ended ? " " : ". ");
		return 1;
	}
	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
		size_t len = strlen(signs[i].sign);
		if (strncmp(s, signs[i].sign, len) != 0)
			continue;
		put_s(r, signs[i].said);
		return len;
	}
	return 0;
}

/* Any other number, whole; or from one to another: "13–14". */
static size_t read_number(struct reading *r, const char *s)
{
	size_t len = s[0] == '+' ? 1 : strspn(s, "0123456789"), dash = dash_at(s + len);
	size_t to = dash > 1 ? strspn(s + len + dash, "0123456789") : 0;
	struct time_read time = to ? time_at(r, s + len + dash) : (struct time_read){ 0 };
	if (to == 0) {
		put(r, s, len);
		return len;
	}
	to = time.len ? time.len : to;
	const char *from_s = print(r->b, "%.*s", (int)len, s);
	const char *to_s = time.len ? time_words(r->b, time) : print(r->b, "%.*s", (int)to, s + len + dash);
	put_s(r, checked(r->b, lang_format(r->b->arena, r->lang, TEXT_SCREEN_FROM_TO, ARG_S(from_s), ARG_S(to_s))));
	return len + dash + to;
}

static size_t read_next(struct reading *r, const char *s, bool begins)
{
	size_t len = read_sign(r, s);
	if (len == 0 && begins && (is_digit(s[0]) || s[0] == '+')) {
		len = read_time(r, s);
		len = len ? len : read_digits(r, s);
		if (len)
			return len;
		return read_number(r, s);
	}
	if (len == 0 && begins)
		len = read_short(r, s);
	if (len == 0) {
		put(r, s, 1);
		len = 1;
	}
	return len;
}

const char *spoken_words(struct builder *b, const char *text, const char *lang)
{
	/* No time, number or short word becomes more than this many times as long. */
	enum { GROWTH = 4, LEAST = 200 };
	struct reading r = { .b = b, .lang = lang_find(lang), .room = strlen(text) * GROWTH + LEAST };
	const struct civil eleven = { .year = 2026, .month = 1, .day = 1, .hour = 11 };
	r.lang = r.lang ? r.lang : b->lang;
	const char *sample = checked(b, lang_date(b->arena, r.lang, DATE_TIME, eleven));
	r.separator = strchr(sample, '.') ? '.' : ':';
	r.norwegian = strcmp(lang_code(r.lang), "nb") == 0 || strcmp(lang_code(r.lang), "nn") == 0;
	r.out = arena_alloc(b->arena, r.room);
	if (!r.out)
		return checked(b, NULL);
	for (const char *s = text; *s && b->err == OK;)
		s += read_next(&r, s,
			       s == text || !(is_digit(s[-1]) || is_letter(s[-1])) || (unsigned char)s[-1] >= 0x80);
	r.out[r.n] = '\0';
	return r.out;
}
