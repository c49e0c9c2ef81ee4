/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The types that hold one value: each one's reader, writer and what "not given"
 * looks like, in one row at the end. */
#include <string.h>

#include "core/centre.h"
#include "core/feed_rules.h"
#include "core/feed_shape.h"
#include "core/occur.h"
#include "core/zone.h"

#define VERSION_MAX ((int64_t)1 << 53) /* what a double counts in whole steps, RFC 8259 section 6 */

struct value_type {
	enum err (*read)(struct reader *r, const struct field *f, const struct json *value, void *at,
			 const struct place *place);
	void (*write)(struct buf *out, const void *at);
	bool (*is_set)(const void *at);
	bool (*is_good)(const char *s); /* of strings */
	const char *wanted;             /* of strings, in words */
};

static const struct value_type types[FIELD_TYPE_COUNT];

/* ---- numbers and yes or no ---- */

static enum err read_format(struct reader *r, const struct field *f, const struct json *value, void *at,
			    const struct place *place)
{
	int64_t format;

	(void)f;
	(void)at;
	if (json_type(value) != JSON_NUMBER)
		return refuse_type(r, place, JSON_NUMBER, value);
	if (!json_integer(value, 1, 1, &format))
		return refuse_at(r, place, ERR_UNSUPPORTED, "a feed of version %g; this program reads version 1",
				 json_number(value));
	return OK;
}

static void write_format(struct buf *out, const void *at)
{
	(void)at;
	buf_char(out, '1');
}

static enum err read_whole(struct reader *r, const struct json *value, int64_t min, int64_t max, int64_t *out,
			   const struct place *place)
{
	if (json_type(value) != JSON_NUMBER)
		return refuse_type(r, place, JSON_NUMBER, value);
	if (!json_integer(value, min, max, out))
		return refuse_at(r, place, ERR_VALUE, "not a whole number from %lld to %lld: %.16g", (long long)min,
				 (long long)max, json_number(value));
	return OK;
}

static enum err read_version(struct reader *r, const struct field *f, const struct json *value, void *at,
			     const struct place *place)
{
	(void)f;
	return read_whole(r, value, 0, VERSION_MAX - 1, at, place);
}

static void write_version(struct buf *out, const void *at)
{
	buf_printf(out, "%lld", (long long)*(const int64_t *)at);
}

static enum err read_integer(struct reader *r, const struct field *f, const struct json *value, void *at,
			     const struct place *place)
{
	int64_t whole = 0;
	enum err err = read_whole(r, value, f->min, f->max, &whole, place);

	if (!err)
		*(int32_t *)at = (int32_t)whole;
	return err;
}

static void write_integer(struct buf *out, const void *at)
{
	buf_printf(out, "%d", (int)*(const int32_t *)at);
}

static bool integer_is_set(const void *at)
{
	return *(const int32_t *)at != 0;
}

static enum err read_bool(struct reader *r, const struct field *f, const struct json *value, void *at,
			  const struct place *place)
{
	(void)f;
	if (json_type(value) != JSON_BOOL)
		return refuse_type(r, place, JSON_BOOL, value);
	*(bool *)at = json_is_true(value);
	return OK;
}

static void write_bool(struct buf *out, const void *at)
{
	buf_str(out, *(const bool *)at ? "true" : "false");
}

static bool bool_is_set(const void *at)
{
	return *(const bool *)at;
}

/* ---- dates and times ---- */

static enum err string_of(struct reader *r, const struct json *value, const char **out, const struct place *place)
{
	*out = json_text(value);
	if (*out)
		return OK;
	refuse_type(r, place, JSON_STRING, value);
	return ERR_VALUE; /* said again, since the analyzer sees one file at a time */
}

static enum err read_civil(struct reader *r, const struct field *f, const struct json *value, void *at,
			   const struct place *place)
{
	const char *s;
	struct civil *when = at;
	enum err err = string_of(r, value, &s, place);

	if (err)
		return err;
	if (!civil_parse(s, when) || (f->type == FIELD_DATE && !when->date_only))
		return refuse_string(r, place, "a date", s);
	return OK;
}

static void write_civil(struct buf *out, const void *at)
{
	char text[CIVIL_SIZE];

	civil_print(*(const struct civil *)at, text);
	buf_printf(out, "\"%s\"", text);
}

static enum err read_timestamp(struct reader *r, const struct field *f, const struct json *value, void *at,
			       const struct place *place)
{
	enum { FORM = sizeof "2026-11-24T08:00:00" - 1 };
	const char *s;
	char local[FORM + 1] = "";
	struct civil when;
	enum err err = string_of(r, value, &s, place);

	(void)f;
	if (err)
		return err;
	if (strlen(s) == FORM + 1 && s[FORM] == 'Z')
		memcpy(local, s, FORM);
	if (!civil_parse(local, &when))
		return refuse_string(r, place, "a time in UTC (2026-11-24T08:00:00Z)", s);
	*(int64_t *)at = civil_day(when) * (int64_t)86400 + when.hour * 3600 + when.minute * 60 + when.second;
	return OK;
}

static void write_timestamp(struct buf *out, const void *at)
{
	int64_t unix_time = *(const int64_t *)at;
	struct civil day = civil_from_day((int32_t)(unix_time / 86400));
	int second = (int)(unix_time % 86400);

	buf_printf(out, "\"%04d-%02d-%02dT%02d:%02d:%02dZ\"", day.year, day.month, day.day, second / 3600,
		   second / 60 % 60, second % 60);
}

static enum err read_duration(struct reader *r, const struct field *f, const struct json *value, void *at,
			      const struct place *place)
{
	const char *s;
	enum err err = string_of(r, value, &s, place);

	(void)f;
	if (!err && !duration_parse(s, at))
		err = refuse_string(r, place, "a duration", s);
	return err;
}

static void write_duration(struct buf *out, const void *at)
{
	char text[DURATION_SIZE];

	duration_print(*(const struct duration *)at, text);
	buf_printf(out, "\"%s\"", text);
}

static enum err read_clock(struct reader *r, const struct field *f, const struct json *value, void *at,
			   const struct place *place)
{
	const char *s;
	char full[32] = "";
	struct civil when;
	enum err err = string_of(r, value, &s, place);

	(void)f;
	if (err)
		return err;
	if (strlen(s) == sizeof "08:00" - 1) {
		memcpy(full, "2000-01-01T", 11);
		memcpy(full + 11, s, 5);
	}
	if (!civil_parse(full, &when))
		return refuse_string(r, place, "a time of day (08:00)", s);
	*(int16_t *)at = (int16_t)(when.hour * 60 + when.minute);
	return OK;
}

static void write_clock(struct buf *out, const void *at)
{
	int minute = *(const int16_t *)at;

	buf_printf(out, "\"%02d:%02d\"", minute / 60, minute % 60);
}

/* ---- words out of a list ---- */

static const char *const status_names[] = { [STATUS_SCHEDULED] = "scheduled", [STATUS_CANCELLED] = "cancelled" };
static const char *const level_names[] = {
	[LEVEL_NORMAL] = "normal", [LEVEL_IMPORTANT] = "important", [LEVEL_URGENT] = "urgent"
};

static enum err read_kind(struct reader *r, const struct field *f, const struct json *value, void *at,
			  const struct place *place)
{
	const char *s;
	enum err err = string_of(r, value, &s, place);

	(void)f;
	if (err)
		return err;
	enum kind kind = kind_parse(s);
	if (kind == KIND_COUNT)
		return refuse_string(r, place, "a kind of activity", s);
	*(enum kind *)at = kind;
	return OK;
}

static void write_kind(struct buf *out, const void *at)
{
	buf_printf(out, "\"%s\"", kind_name(*(const enum kind *)at));
}

static enum err read_status(struct reader *r, const struct field *f, const struct json *value, void *at,
			    const struct place *place)
{
	const char *s;
	enum err err = string_of(r, value, &s, place);

	(void)f;
	if (err)
		return err;
	bool cancelled = strcmp(s, status_names[STATUS_CANCELLED]) == 0;
	if (!cancelled && strcmp(s, status_names[STATUS_SCHEDULED]) != 0)
		return refuse_string(r, place, "scheduled or cancelled", s);
	*(enum status *)at = cancelled ? STATUS_CANCELLED : STATUS_SCHEDULED;
	return OK;
}

static void write_status(struct buf *out, const void *at)
{
	buf_printf(out, "\"%s\"", status_names[*(const enum status *)at]);
}

static bool status_is_set(const void *at)
{
	return *(const enum status *)at != STATUS_SCHEDULED;
}

static enum err read_level(struct reader *r, const struct field *f, const struct json *value, void *at,
			   const struct place *place)
{
	const char *s;
	enum err err = string_of(r, value, &s, place);

	(void)f;
	if (err)
		return err;
	for (enum level i = LEVEL_NORMAL; i <= LEVEL_URGENT; i++) {
		if (strcmp(s, level_names[i]) == 0) {
			*(enum level *)at = i;
			return OK;
		}
	}
	return refuse_string(r, place, "normal, important or urgent", s);
}

static void write_level(struct buf *out, const void *at)
{
	buf_printf(out, "\"%s\"", level_names[*(const enum level *)at]);
}

/* ---- strings ---- */

enum err feed_text_read(struct reader *r, const struct field *f, const struct json *value, const char **out,
			const struct place *place)
{
	const char *s;
	enum err err = string_of(r, value, &s, place);

	if (err)
		return err;
	struct feed_text text = feed_text_scan(s);
	if (text.bad)
		return refuse_at(r, place, ERR_VALUE, "the character U+%04X may not stand in a text", text.bad);
	if (text.is_blank)
		return refuse_at(r, place, ERR_VALUE, "empty");
	if (text.chars > (size_t)f->max)
		return refuse_at(r, place, ERR_LIMIT, "%zu characters, at most %d are allowed", text.chars, f->max);
	if (f->type != FIELD_TEXTS && text.has_lines)
		return refuse_at(r, place, ERR_VALUE, "a line break may not stand here");
	*out = arena_copy(r->arena, s, text.bytes);
	return *out ? OK : refuse_at(r, place, ERR_MEMORY, "out of memory");
}

static enum err read_line(struct reader *r, const struct field *f, const struct json *value, void *at,
			  const struct place *place)
{
	return feed_text_read(r, f, value, at, place);
}

static enum err read_checked(struct reader *r, const struct field *f, const struct json *value, void *at,
			     const struct place *place)
{
	const char *s;
	enum err err = string_of(r, value, &s, place);

	if (err)
		return err;
	if (!types[f->type].is_good(s))
		return refuse_string(r, place, types[f->type].wanted, s);
	*(const char **)at = arena_strdup(r->arena, s);
	return *(const char **)at ? OK : refuse_at(r, place, ERR_MEMORY, "out of memory");
}

static const char **seen_slot(struct seen *seen, const char *s)
{
	uint32_t hash = 2166136261u; /* FNV-1a */

	for (; *s; s++)
		hash = (hash ^ (unsigned char)*s) * 16777619u;
	return &seen->v[hash % SEEN];
}

static enum err read_zone(struct reader *r, const struct field *f, const struct json *value, void *at,
			  const struct place *place)
{
	const char *s;
	enum err err = string_of(r, value, &s, place);

	if (err)
		return err;
	const char **slot = seen_slot(&r->zones, s);
	if (!*slot || strcmp(*slot, s) != 0) {
		err = read_checked(r, f, value, at, place);
		*slot = err ? NULL : *(const char **)at;
	}
	*(const char **)at = *slot;
	return err;
}

static enum err read_rule(struct reader *r, const struct field *f, const struct json *value, void *at,
			  const struct place *place)
{
	const char *s = NULL;
	struct fault why = { 0 };
	enum err err = feed_text_read(r, f, value, &s, place);

	if (err)
		return err;
	const char **slot = seen_slot(&r->rules, s);
	if (!*slot || strcmp(*slot, s) != 0) {
		err = rule_check(s, &why);
		if (err)
			return refuse_at(r, place, err, "%s", why.text);
		*slot = s;
	}
	*(const char **)at = *slot;
	return OK;
}

static void write_string(struct buf *out, const void *at)
{
	json_write_string(out, *(const char *const *)at);
}

static bool string_is_set(const void *at)
{
	return *(const char *const *)at != NULL;
}

/* ---- the table ---- */

#define CHECKED_STRING(is_good, wanted)                                    \
	{                                                                  \
		read_checked, write_string, string_is_set, is_good, wanted \
	}

static const struct value_type types[FIELD_TYPE_COUNT] = {
	[FIELD_FORMAT] = { .read = read_format, .write = write_format },
	[FIELD_VERSION] = { .read = read_version, .write = write_version },
	[FIELD_TIMESTAMP] = { .read = read_timestamp, .write = write_timestamp },
	[FIELD_INTEGER] = { .read = read_integer, .write = write_integer, .is_set = integer_is_set },
	[FIELD_CLOCK] = { .read = read_clock, .write = write_clock },
	[FIELD_BOOL] = { .read = read_bool, .write = write_bool, .is_set = bool_is_set },
	[FIELD_CIVIL] = { .read = read_civil, .write = write_civil },
	[FIELD_DATE] = { .read = read_civil, .write = write_civil },
	[FIELD_DURATION] = { .read = read_duration, .write = write_duration },
	[FIELD_KIND] = { .read = read_kind, .write = write_kind },
	[FIELD_STATUS] = { .read = read_status, .write = write_status, .is_set = status_is_set },
	[FIELD_LEVEL] = { .read = read_level, .write = write_level },
	[FIELD_ID] = CHECKED_STRING(feed_is_id, "an id (1 to 64 of A-Z a-z 0-9 . _ -)"),
	[FIELD_CODE] = CHECKED_STRING(feed_is_code, "a code (five of " CODE_LETTERS ")"),
	[FIELD_NUMBER] = CHECKED_STRING(feed_is_number, "six digits"),
	[FIELD_LANGUAGE] = CHECKED_STRING(feed_is_language, "a language tag in lower case"),
	[FIELD_LINE] = { .read = read_line, .write = write_string, .is_set = string_is_set },
	[FIELD_PHONE] = CHECKED_STRING(feed_is_phone, "a phone number"),
	[FIELD_EMAIL] = CHECKED_STRING(feed_is_email, "a mail address"),
	[FIELD_WEB] = CHECKED_STRING(feed_is_web, "a web address with https:// or http://"),
	[FIELD_HOST] = CHECKED_STRING(feed_is_host, "a host name in lower case"),
	[FIELD_HEX64] = CHECKED_STRING(feed_is_hex64, "64 hexadecimal digits in lower case"),
	[FIELD_SEAL_KEY] = CHECKED_STRING(feed_is_seal_key, "a public key (32 bytes in base64url, 43 letters)"),
	[FIELD_ZONE] = { read_zone, write_string, string_is_set, zone_exists, "a time zone" },
	[FIELD_RULE] = { .read = read_rule, .write = write_string, .is_set = string_is_set },
};

enum err feed_value_read(struct reader *r, const struct field *f, const struct json *value, void *at,
			 const struct place *place)
{
	return types[f->type].read(r, f, value, at, place);
}

void feed_value_write(struct buf *out, const struct field *f, const void *at)
{
	types[f->type].write(out, at);
}

bool feed_value_is_set(const struct field *f, const void *at)
{
	return types[f->type].is_set && types[f->type].is_set(at);
}
