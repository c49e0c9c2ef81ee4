/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/replay_lines.h"

#include <string.h>

#include "base/limits.h"
#include "core/json.h"

enum { HOLD_MS = 80, HOLD_MAX_MS = 60000, LINE_MAX_BYTES = 8000 };
static const int64_t replay_ms_max = INT64_C(366) * 24 * 3600 * 1000;

static const struct {
	const char *name, *must, *may;
} kinds[] = {
#define X(kind, name, must, may) { name, must, may },
	REPLAY_KINDS(X)
#undef X
};

/* Whether KEY is one of the words of LIST. */
static bool is_in(const char *list, const char *key)
{
	size_t len = strlen(key);

	for (const char *at = list; *at;) {
		size_t n = strcspn(at, " ");
		if (n == len && memcmp(at, key, n) == 0)
			return true;
		at += n + strspn(at + n, " ");
	}
	return false;
}

static enum err check_keys(const struct json *object, enum replay_kind kind, struct fault *fault)
{
	const char *must = kinds[kind].must;

	for (const struct json *v = json_first(object); v; v = json_next(v)) {
		const char *key = json_key(v);
		if (strcmp(key, "t_ms") != 0 && strcmp(key, "kind") != 0 && !is_in(must, key) &&
		    !is_in(kinds[kind].may, key))
			return fault_set(fault, ERR_VALUE, key, "a line of kind \"%s\" has no such field",
					 kinds[kind].name);
	}
	if (*must && !json_get(object, must))
		return fault_set(fault, ERR_MISSING, must, "is needed in a line of kind \"%s\"", kinds[kind].name);
	return OK;
}

static enum err integer(const struct json *object, const char *key, int64_t min, int64_t max, bool *has, int64_t *out,
			struct fault *fault)
{
	const struct json *value = json_get(object, key);

	if (has)
		*has = value != NULL;
	if (value && !json_integer(value, min, max, out))
		return fault_set(fault, ERR_VALUE, key, "not a whole number in its range");
	return OK;
}

static enum err number(const struct json *object, const char *key, double min, double max, double *out,
		       struct fault *fault)
{
	const struct json *value = json_get(object, key);

	if (!value)
		return OK;
	*out = json_number(value);
	if (json_type(value) != JSON_NUMBER || *out < min || *out > max)
		return fault_set(fault, ERR_VALUE, key, "not a number from %g to %g", min, max);
	return OK;
}

static enum err text(struct arena *arena, const struct json *object, const char *key, const char **out,
		     struct fault *fault)
{
	const struct json *value = json_get(object, key);

	if (!value)
		return OK;
	if (json_type(value) != JSON_STRING || !*json_text(value))
		return fault_set(fault, ERR_VALUE, key, "not a text");
	*out = arena_strdup(arena, json_text(value));
	return *out ? OK : fault_set(fault, ERR_MEMORY, key, "%s", err_cause(ERR_MEMORY));
}

static enum err read_px(const struct json *object, struct replay_line *out, struct fault *fault)
{
	const struct json *px = json_get(object, "px"), *x = json_first(px), *y = x ? json_next(x) : NULL;
	int64_t x_px, y_px;

	if (!px)
		return OK;
	if (json_count(px) != 2 || !json_integer(x, -100000, 100000, &x_px) || !json_integer(y, -100000, 100000, &y_px))
		return fault_set(fault, ERR_VALUE, "px", "not [x, y] in pixels of the panel");
	out->aim = AIM_PX;
	out->x = (double)x_px;
	out->y = (double)y_px;
	return OK;
}

static enum err read_share(const struct json *object, struct replay_line *out, struct fault *fault)
{
	const bool has_x = json_get(object, "x") != NULL, has_y = json_get(object, "y") != NULL;

	if (!has_x && !has_y)
		return OK;
	if (has_x != has_y)
		return fault_set(fault, ERR_VALUE, "x", "a finger is at x and y, or at px, or on an item");
	out->aim = AIM_SHARE;
	enum err err = number(object, "x", -100, 100, &out->x, fault);
	return err ? err : number(object, "y", -100, 100, &out->y, fault);
}

static enum err read_item(struct arena *arena, const struct json *object, struct replay_line *out, struct fault *fault)
{
	enum err err = text(arena, object, "on", &out->on, fault);

	if (!err && out->on)
		out->aim = AIM_ITEM;
	if (!err)
		err = number(object, "dx_mm", -1000, 1000, &out->dx_mm, fault);
	return err ? err : number(object, "dy_mm", -1000, 1000, &out->dy_mm, fault);
}

static enum err read_aim(struct arena *arena, const struct json *object, struct replay_line *out, struct fault *fault)
{
	int ways = (json_get(object, "x") || json_get(object, "y")) + (json_get(object, "px") != NULL) +
		   (json_get(object, "on") != NULL);
	enum err err = read_share(object, out, fault);

	if (!err)
		err = read_px(object, out, fault);
	if (!err)
		err = read_item(arena, object, out, fault);
	if (err)
		return err;
	if (ways > 1)
		return fault_set(fault, ERR_VALUE, "x", "a finger is at x and y, or at px, or on an item");
	if (ways == 0 && (out->kind == REPLAY_DOWN || out->kind == REPLAY_TAP))
		return fault_set(fault, ERR_MISSING, "x", "where does the finger come down? x and y, px, or on");
	return OK;
}

static enum err read_state(const struct json *object, struct replay_line *out, struct fault *fault)
{
	const struct json *value = json_get(object, "state");
	const char *name = json_text(value);

	out->state = FEED_FRESH;
	if (value && (!name || !feed_state_parse(name, &out->state)))
		return fault_set(fault, ERR_VALUE, "state", "not waiting, fresh, failed or rejected");
	return OK;
}

static enum err read_time(const struct json *object, struct replay_line *out, struct fault *fault)
{
	const struct json *value = json_get(object, "time");
	const char *s = json_text(value);

	if (!value)
		return OK;
	out->has_time = s && civil_parse(s, &out->time) && !out->time.date_only;
	return out->has_time ? OK : fault_set(fault, ERR_VALUE, "time", "not a time like 2026-11-24T09:30");
}

static enum err read_plug(struct arena *arena, const struct json *object, struct replay_line *out, struct fault *fault)
{
	const struct json *on = json_get(object, "on");

	(void)arena;
	out->plugged = json_is_true(on);
	return json_type(on) == JSON_BOOL ? OK : fault_set(fault, ERR_VALUE, "on", "not true or false");
}

static enum err read_key(struct arena *arena, const struct json *object, struct replay_line *out, struct fault *fault)
{
	return text(arena, object, "key", &out->key, fault);
}

static enum err read_callback(struct arena *arena, const struct json *object, struct replay_line *out,
			      struct fault *fault)
{
	const char *name = json_text(json_get(object, "end")), *day = json_text(json_get(object, "promised"));

	(void)arena;
	if (!name || !outbox_end_parse(name, &out->end))
		return fault_set(fault, ERR_VALUE, "end", "not kept, sent, refused, unsent or expired");
	if (out->end == OUTBOX_SENT && (!day || !civil_parse(day, &out->promised) || !out->promised.date_only))
		return fault_set(fault, ERR_VALUE, "promised", "not a day like 2026-11-26");
	return OK;
}

static enum err read_start(struct arena *arena, const struct json *object, struct replay_line *out, struct fault *fault)
{
	enum err err = read_time(object, out, fault);

	for (size_t i = 0; i < SET_COUNT && !err; i++) {
		const char *key = kiosk_settings[i].key, *value = json_text(json_get(object, key));
		/* "" is what a recording says of a setting that had no value. */
		if (is_in(kinds[REPLAY_START].may, key) && (!value || *value))
			err = text(arena, object, key, &out->settings[i], fault);
	}
	return err;
}

static enum err read_clock(struct arena *arena, const struct json *object, struct replay_line *out, struct fault *fault)
{
	const struct json *sure = json_get(object, "sure");

	(void)arena;
	if (sure && json_type(sure) != JSON_BOOL)
		return fault_set(fault, ERR_VALUE, "sure", "not true or false");
	out->unsure = sure && !json_is_true(sure);
	return read_time(object, out, fault);
}

static enum err read_finger(struct arena *arena, const struct json *object, struct replay_line *out,
			    struct fault *fault)
{
	enum err err = integer(object, "finger", INT64_C(-9007199254740991), INT64_C(9007199254740991), NULL,
			       &out->finger, fault);

	if (!err)
		err = integer(object, "hold_ms", 0, HOLD_MAX_MS, NULL, &out->hold_ms, fault);
	return err ? err : read_aim(arena, object, out, fault);
}

static enum err read_feed(struct arena *arena, const struct json *object, struct replay_line *out, struct fault *fault)
{
	enum err err = integer(object, "age_s", -1, replay_ms_max / 1000, &out->has_age, &out->age_s, fault);

	if (!err)
		err = text(arena, object, "file", &out->file, fault);
	return err ? err : read_state(object, out, fault);
}

static enum err read_file(struct arena *arena, const struct json *object, struct replay_line *out, struct fault *fault)
{
	return text(arena, object, "file", &out->file, fault);
}

/* What a line says beside its time; NULL: nothing. */
static enum err (*const readers[REPLAY_KIND_COUNT])(struct arena *, const struct json *, struct replay_line *,
						    struct fault *) = {
	[REPLAY_START] = read_start,  [REPLAY_DOWN] = read_finger,     [REPLAY_MOVE] = read_finger,
	[REPLAY_UP] = read_finger,    [REPLAY_TAP] = read_finger,      [REPLAY_CLOCK] = read_clock,
	[REPLAY_FEED] = read_feed,    [REPLAY_FEED_STATE] = read_feed, [REPLAY_CALLBACK] = read_callback,
	[REPLAY_HEADSET] = read_plug, [REPLAY_PANEL] = read_plug,      [REPLAY_KEY] = read_key,
	[REPLAY_LIST] = read_file,    [REPLAY_PICTURE] = read_file,
};

static enum err read_kind(const struct json *object, struct replay_line *out, struct fault *fault)
{
	const char *name = json_text(json_get(object, "kind"));

	for (size_t i = 0; name && i < REPLAY_KIND_COUNT; i++)
		if (strcmp(kinds[i].name, name) == 0) {
			out->kind = (enum replay_kind)i;
			return check_keys(object, out->kind, fault);
		}
	return fault_set(fault, ERR_VALUE, "kind", "no such kind of line: \"%.40s\"", name ? name : "");
}

static enum err read_fields(struct arena *arena, const struct json *object, struct replay_line *out,
			    struct fault *fault)
{
	bool has_t = false;
	enum err err = read_kind(object, out, fault);

	if (!err)
		err = integer(object, "t_ms", 0, replay_ms_max, &has_t, &out->t_ms, fault);
	if (!err && !has_t)
		err = fault_set(fault, ERR_MISSING, "t_ms", "is needed");
	if (!err && readers[out->kind])
		err = readers[out->kind](arena, object, out, fault);
	return err;
}

enum err replay_line_read(struct arena *arena, const char *bytes, size_t len, struct replay_line *out,
			  struct fault *fault)
{
	struct json *json;

	*out = (struct replay_line){ .hold_ms = HOLD_MS };
	enum err err = json_read(bytes, len, LINE_MAX_BYTES, &json, fault);
	if (err)
		return err;
	if (json_type(json) == JSON_OBJECT)
		err = read_fields(arena, json, out, fault);
	else
		err = fault_set(fault, ERR_SYNTAX, NULL, "not a JSON object");
	json_del(json);
	return err;
}
