/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen/action.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *name;
	enum view_id_rule id;
} views[] = {
#define X(view, s, build, id) [VIEW_##view] = { s, id },
	VIEWS(X)
#undef X
};

const char *view_name(enum view view)
{
	return (unsigned)view < VIEW_COUNT ? views[view].name : "";
}

enum view view_parse(const char *name)
{
	for (unsigned i = 0; i < VIEW_COUNT; i++)
		if (strcmp(name, views[i].name) == 0)
			return (enum view)i;
	return VIEW_COUNT;
}

enum view_id_rule view_id_rule(enum view view)
{
	return views[view].id;
}

static bool is_id(const char *s, size_t len)
{
	if (len == 0 || len > LIMIT_ID)
		return false;
	for (size_t i = 0; i < len; i++)
		if (!isalnum((unsigned char)s[i]) && s[i] != '.' && s[i] != '_' && s[i] != '-')
			return false;
	return true;
}

bool stamp_parse(const char *s, struct civil *out)
{
	size_t len = strlen(s);
	char iso[CIVIL_SIZE];
	if ((len != 8 && len != 13 && len != 15) || (len > 8 && s[8] != 'T'))
		return false;
	size_t n = 0;
	for (size_t i = 0; i < len; i++) {
		if (i == 4 || i == 6)
			iso[n++] = '-';
		if (i == 11 || i == 13)
			iso[n++] = ':';
		iso[n++] = s[i];
	}
	iso[n] = '\0';
	return civil_parse(iso, out);
}

void stamp_print(struct civil when, char *out)
{
	char iso[CIVIL_SIZE];
	civil_print(when, iso);
	size_t n = 0;
	for (const char *p = iso; *p; p++)
		if (*p != '-' && *p != ':')
			out[n++] = *p;
	out[n] = '\0';
}

/* "2026-11-25" */
static bool day_parse(const char *s, struct civil *out)
{
	return civil_parse(s, out) && out->date_only;
}

static bool place_parse_id(const char *s, struct place *out)
{
	if (out->view == VIEW_ACTIVITIES && day_parse(s, &out->when))
		return out->has_when = true;
	if (out->view == VIEW_ACTIVITIES && kind_parse(s) == KIND_COUNT)
		return false;
	const char *slash = out->view == VIEW_ACTIVITY ? strchr(s, '/') : NULL;
	size_t len = slash ? (size_t)(slash - s) : strlen(s);
	if (!is_id(s, len))
		return false;
	memcpy(out->id, s, len);
	if (!slash)
		return true;
	return out->has_when = stamp_parse(slash + 1, &out->when);
}

bool place_parse(const char *s, struct place *out)
{
	memset(out, 0, sizeof *out);
	const char *colon = strchr(s, ':');
	char name[24];
	size_t len = colon ? (size_t)(colon - s) : strlen(s);
	if (len >= sizeof name)
		return false;
	memcpy(name, s, len);
	name[len] = '\0';
	out->view = view_parse(name);
	if (out->view == VIEW_COUNT)
		return false;
	enum view_id_rule rule = view_id_rule(out->view);
	if (!colon)
		return rule != ID_REQUIRED;
	return rule != ID_NONE && place_parse_id(colon + 1, out);
}

const char *place_print(struct arena *arena, const struct place *place)
{
	const char *name = view_name(place->view);
	char when[CIVIL_SIZE] = "";
	if (place->view == VIEW_ACTIVITIES && place->has_when) {
		civil_print(place->when, when);
		return arena_printf(arena, "%s:%s", name, when);
	}
	if (!place->id[0])
		return name;
	if (place->has_when)
		stamp_print(place->when, when);
	return arena_printf(arena, "%s:%s%s%s", name, place->id, place->has_when ? "/" : "", when);
}

const char *open_action(struct arena *arena, enum view view, const char *id)
{
	return arena_printf(arena, "open %s%s%s", view_name(view), id ? ":" : "", id ? id : "");
}

static bool read_place(const char *s, struct action *out)
{
	return place_parse(s, &out->place);
}

static bool read_day(const char *s, struct action *out)
{
	return day_parse(s, &out->day);
}

/* Digits only, no sign, at most PAGE_MAX. */
static bool read_page(const char *s, struct action *out)
{
	size_t len = strlen(s);
	if (len == 0 || len > 5 || strspn(s, "0123456789") != len)
		return false;
	out->page = (int)strtol(s, NULL, 10);
	return out->page <= PAGE_MAX;
}

static bool read_lang(const char *s, struct action *out)
{
	size_t len = strlen(s);
	if (len < 2 || len >= LANG_CODE_SIZE || strspn(s, "abcdefghijklmnopqrstuvwxyz-") != len)
		return false;
	memcpy(out->lang, s, len + 1);
	return true;
}

static const struct {
	const char *action, *word;
} words[ACTION_WORD_COUNT] = {
#define X(name, action, word) [name] = { action, word },
	ACTION_WORDS(X)
#undef X
};

static const char *action_word(enum action_kind kind);

/* One of the words that this action takes. */
static bool read_word(const char *s, struct action *out)
{
	for (unsigned i = 0; i < ACTION_WORD_COUNT; i++) {
		if (strcmp(words[i].action, action_word(out->kind)) != 0 || strcmp(words[i].word, s) != 0)
			continue;
		out->argument = (enum action_word)i;
		return true;
	}
	return false;
}

static bool read_key(const char *s, struct action *out)
{
	out->key = s[0];
	return s[0] && !s[1] && strchr("0123456789+e", s[0]);
}

static const struct {
	const char *word;
	bool (*read)(const char *argument, struct action *out); /* NULL: takes none */
} actions[] = {
#define X(name, word, read) [ACTION_##name] = { word, read },
	ACTIONS(X)
#undef X
};

static const char *action_word(enum action_kind kind)
{
	return actions[kind].word;
}

bool action_parse(const char *s, struct action *out)
{
	memset(out, 0, sizeof *out);
	if (strlen(s) >= ACTION_SIZE)
		return false;
	size_t len = strcspn(s, " ");
	for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++) {
		if (strlen(actions[i].word) != len || strncmp(s, actions[i].word, len) != 0)
			continue;
		out->kind = (enum action_kind)i;
		if (!actions[i].read)
			return s[len] == '\0';
		return s[len] == ' ' && actions[i].read(s + len + 1, out);
	}
	return false;
}

static const char *print_argument(struct arena *arena, const struct action *action)
{
	char day[CIVIL_SIZE];
	switch (action->kind) {
	case ACTION_OPEN:
		return place_print(arena, &action->place);
	case ACTION_DAY:
		civil_print(action->day, day);
		return arena_strdup(arena, day);
	case ACTION_PAGE:
	case ACTION_FOCUS:
		return arena_printf(arena, "%d", action->page);
	case ACTION_KEY:
		return arena_printf(arena, "%c", action->key);
	case ACTION_ADJUST:
	case ACTION_CALLBACK:
	case ACTION_SAY:
	case ACTION_VOICE:
		return words[action->argument].word;
	case ACTION_LANGUAGE:
		return arena_strdup(arena, action->lang);
	default:
		return "";
	}
}

const char *action_print(struct arena *arena, const struct action *action)
{
	const char *word = actions[action->kind].word;
	if (!actions[action->kind].read)
		return word;
	const char *argument = print_argument(arena, action);
	return argument ? arena_printf(arena, "%s %s", word, argument) : NULL;
}
