/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `centre add`, `centre list`. */
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "central/cli.h"
#include "central/store.h"
#include "core/feed.h"
#include "core/feed_rules.h"
#include "core/zone.h"
#include "io/clock.h"
#include "io/file.h"

enum { WEEK = 7 };

/* Whole weeks that bring DAY to FROM or the six days after it. */
static int32_t weeks_to(struct civil day, struct civil from)
{
	int32_t behind = civil_day(from) - civil_day(day);
	int32_t weeks = behind / WEEK + (behind % WEEK > 0);

	return weeks * WEEK;
}

/* A last day that is over, to one of the six days after TODAY. */
static void move_until(struct civil *until, struct civil today)
{
	if (civil_day(*until) < civil_day(today))
		*until = civil_add_days(*until, weeks_to(*until, today));
}

static void move_ends(struct centre *centre, struct civil today)
{
	struct need *needs = (struct need *)(size_t)centre->needs;
	struct notice *notices = (struct notice *)(size_t)centre->notices;

	for (size_t i = 0; i < centre->n_needs; i++)
		if (needs[i].has_until)
			move_until(&needs[i].until, today);
	for (size_t i = 0; i < centre->n_notices; i++)
		if (notices[i].has_until)
			move_until(&notices[i].until, today);
}

/* Brings what a feed says about single occurrences into the week that begins at TODAY, so that a sample
 * always has something moved and something cancelled soon. The rules themselves stay. */
static void move_overrides(struct centre *centre, struct civil today)
{
	for (size_t i = 0; i < centre->n_activities; i++) {
		const struct overrides *list = &centre->activities[i].overrides;
		struct override *v = (struct override *)(size_t)list->v;
		for (size_t o = 0; o < list->n; o++) {
			int32_t days = weeks_to(v[o].original, today);
			v[o].original = civil_add_days(v[o].original, days);
			v[o].start = v[o].has_start ? civil_add_days(v[o].start, days) : v[o].start;
		}
	}
}

static enum err read_feed(const struct cli *cli, struct arena *arena, struct centre **out, struct fault *fault)
{
	const char *path = cli_value(cli, "--from"), *today_text = cli_value(cli, "--sample-today");
	struct civil today;
	struct buf bytes;

	if (today_text && (!civil_parse(today_text, &today) || !today.date_only))
		return fault_set(fault, ERR_USAGE, "--sample-today", "not a date: \"%.40s\"", today_text);
	buf_init(&bytes, LIMIT_FEED_BYTES);
	enum err err = file_read(path, &bytes, fault);
	if (!err)
		err = feed_read(arena, buf_text(&bytes), bytes.len, out, fault);
	buf_free(&bytes);
	if (err)
		return err;
	if (today_text) {
		move_overrides(*out, today);
		move_ends(*out, today);
	}
	if (cli->n_args)
		(*out)->id = cli->args[0];
	/* From now on it is this central that visitors sign up with. */
	(*out)->signup_host = NULL;
	return OK;
}

static enum err new_centre(const struct cli *cli, struct arena *arena, struct centre **out, struct fault *fault)
{
	static const char *const languages[] = { "nb", "en" };
	const char *name = cli_value(cli, "--name"), *zone = cli_value(cli, "--zone");
	struct centre *centre = ARENA_NEW(arena, struct centre);
	struct text *text = ARENA_NEW(arena, struct text);

	if (!centre || !text)
		return fault_set(fault, ERR_MEMORY, NULL, "out of memory");
	if (!name || cli->n_args == 0)
		return fault_set(fault, ERR_USAGE, NULL, "oppslag-central %s %s", cli->command->words,
				 cli->command->rest);
	*text = (struct text){ "nb", name };
	*centre = (struct centre){ .id = cli->args[0],
				   .name = { 1, text },
				   .zone = zone ? zone : "Europe/Oslo",
				   .n_languages = 2,
				   .languages = languages };
	*out = centre;
	return OK;
}

static enum err check_centre(const struct centre *centre, struct fault *fault)
{
	if (!feed_is_id(centre->id))
		return fault_set(fault, ERR_VALUE, "centre", "\"%.64s\" is not 1 to 64 of A-Z a-z 0-9 . _ -",
				 centre->id);
	if (!zone_exists(centre->zone))
		return fault_set(fault, ERR_VALUE, "--zone", "there is no time zone \"%.60s\"", centre->zone);
	struct feed_text name = feed_text_scan(centre->name.v[0].s);
	if (name.bad || name.has_lines || name.is_blank || name.chars > LIMIT_NAME)
		return fault_set(fault, ERR_VALUE, "--name", "not one line of 1 to %d characters", LIMIT_NAME);
	return OK;
}

enum err cmd_centre_add(struct cli *cli, struct fault *fault)
{
	struct arena arena;
	struct centre *centre = NULL;
	struct db *db = NULL;
	enum err err = cli_expect(cli, 0, 1, fault);

	if (err)
		return err;
	arena_init(&arena, LIMIT_FEED_ARENA);
	err = cli_value(cli, "--from") ? read_feed(cli, &arena, &centre, fault)
				       : new_centre(cli, &arena, &centre, fault);
	if (!err)
		err = check_centre(centre, fault);
	if (!err)
		err = cli_database(cli, &db, fault);
	if (!err)
		err = store_centre_import(db, &arena, SYSTEM_ACTOR(clock_utc()), centre, fault);
	if (!err)
		printf("%s\n", centre->id);
	db_close(db);
	arena_free(&arena);
	return err;
}

enum err cmd_centre_list(struct cli *cli, struct fault *fault)
{
	struct centre_rows rows = { 0 };
	struct arena arena;
	struct db *db;
	enum err err = cli_expect(cli, 0, 0, fault);

	if (!err)
		err = cli_database(cli, &db, fault);
	if (err)
		return err;
	arena_init(&arena, LIMIT_FEED_ARENA);
	err = store_centres(db, &arena, SYSTEM_ACTOR(clock_utc()), &rows);
	for (size_t i = 0; i < rows.n && !err; i++)
		printf("%s\t%s\t%s\t%lld\n", rows.v[i].id, rows.v[i].name.v[0].s, rows.v[i].zone,
		       (long long)rows.v[i].version);
	arena_free(&arena);
	db_close(db);
	return err;
}
