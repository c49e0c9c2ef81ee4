/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A calendar as a whole centre, for a screen without a central. Codes and
 * numbers lead nowhere, as there is no sign-up, but a feed has to have them. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/mem.h"
#include "core/feed.h"
#include "core/ics.h"
#include "core/ics_text.h"
#include "core/lang.h"

enum { CODES = 28 * 28 * 28 * 28 * 28, NUMBERS_FROM = 100000, NUMBERS = 900000, SLOTS = 1 << 15 };

/* What a JSON number holds exactly in every reader. */
#define VERSIONS (UINT64_C(1) << 53)

/* Values that are taken, plus one; open addressing, never half full (LIMIT_ICS_EVENTS). */
struct taken {
	uint32_t v[SLOTS];
};

static bool take(struct taken *taken, uint32_t value)
{
	uint32_t at = value * UINT32_C(2654435761) % SLOTS;

	for (; taken->v[at]; at = (at + 1) % SLOTS)
		if (taken->v[at] == value + 1)
			return false;
	taken->v[at] = value + 1;
	return true;
}

static uint32_t free_value(struct taken *taken, uint64_t hash, uint32_t range)
{
	uint32_t value = (uint32_t)(hash % range);

	while (!take(taken, value))
		value = (value + 1) % range;
	return value;
}

static const char *code_of(struct arena *arena, uint32_t value)
{
	char code[CODE_LENGTH + 1] = "";

	for (int i = CODE_LENGTH - 1; i >= 0; i--, value /= 28)
		code[i] = CODE_LETTERS[value % 28];
	return arena_strdup(arena, code);
}

static enum err give_codes(struct arena *arena, struct activity *v, size_t n)
{
	struct taken *codes = mem_alloc(sizeof *codes), *numbers = mem_alloc(sizeof *numbers);
	enum err err = codes && numbers ? OK : ERR_MEMORY;

	for (size_t i = 0; i < n && !err; i++) {
		uint64_t hash = ics_hash(ICS_HASH_START, v[i].id);
		v[i].code = code_of(arena, free_value(codes, hash, CODES));
		v[i].number = arena_printf(arena, "%u", NUMBERS_FROM + free_value(numbers, hash >> 20, NUMBERS));
		err = v[i].code && v[i].number ? OK : ERR_MEMORY;
	}
	mem_free(codes);
	mem_free(numbers);
	return err;
}

static enum err name_of(struct arena *arena, const struct ics_calendar *calendar, const char *lang, struct texts *out)
{
	const struct lang *words = lang_find(lang);
	struct text *text = ARENA_NEW(arena, struct text);

	if (!text)
		return ERR_MEMORY;
	text->lang = arena_strdup(arena, lang);
	text->s = calendar->name ? calendar->name : lang_text(words ? words : lang_at(0), TEXT_CALENDAR_NAME);
	*out = (struct texts){ 1, text };
	return text->lang ? OK : ERR_MEMORY;
}

/* A hash of all of it, as it would be sent. */
static enum err give_version(struct centre *c)
{
	struct buf feed;

	buf_init(&feed, LIMIT_FEED_BYTES);
	enum err err = feed_write(c, &feed);
	if (!err)
		c->version = (int64_t)(ics_hash(ICS_HASH_START, buf_text(&feed)) % VERSIONS);
	buf_free(&feed);
	return err;
}

enum err ics_centre(struct arena *arena, const struct ics_calendar *calendar, const char *zone, const char *lang,
		    struct centre **out)
{
	struct centre *c = ARENA_NEW(arena, struct centre);
	struct activity *v = ARENA_ARRAY(arena, calendar->n_activities, struct activity);
	const char **languages = ARENA_NEW(arena, const char *);

	if (!c || !v || !languages)
		return ERR_MEMORY;
	if (calendar->n_activities)
		memcpy(v, calendar->activities, calendar->n_activities * sizeof *v);
	enum err err = give_codes(arena, v, calendar->n_activities);
	if (!err)
		err = name_of(arena, calendar, lang, &c->name);
	if (err)
		return err;
	languages[0] = c->name.v[0].lang;
	c->id = "calendar";
	c->zone = arena_strdup(arena, zone);
	c->n_languages = 1;
	c->languages = languages;
	c->n_activities = calendar->n_activities;
	c->activities = v;
	*out = c;
	return c->zone ? give_version(c) : ERR_MEMORY;
}
