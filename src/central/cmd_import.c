/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `import FILE.ics`: a copy of a calendar's activities, which are the centre's own from then on. */
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "central/cli.h"
#include "central/import_calendar.h"
#include "core/feed_rules.h"
#include "io/clock.h"
#include "io/file.h"

enum { SKIP_LINE = 1024 };

/* The one that is named, or the only one. */
static enum err find_centre(struct db *db, struct arena *arena, const char *id, struct centre_row *out,
			    struct fault *fault)
{
	struct centre_rows rows = { 0 };
	enum err err = store_centres(db, arena, SYSTEM_ACTOR(clock_utc()), &rows);

	if (err)
		return err;
	for (size_t i = 0; id && i < rows.n; i++)
		if (strcmp(rows.v[i].id, id) == 0) {
			*out = rows.v[i];
			return OK;
		}
	if (id)
		return fault_set(fault, ERR_USAGE, "--centre", "there is no centre \"%.64s\"; centre list shows them",
				 id);
	if (rows.n != 1)
		return fault_set(fault, ERR_USAGE, "--centre",
				 "is missing: there are %zu centres; centre list shows them", rows.n);
	*out = rows.v[0];
	return OK;
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static void say(const struct ics_calendar *came, const struct calendar_outcome *outcome)
{
	char line[SKIP_LINE];

	for (size_t i = 0; i < came->n_skipped; i++) {
		ics_skip_print(&came->skipped[i], line, sizeof line);
		fprintf(stderr, "%s\n", line);
	}
	printf("%lld new, %lld already there, %zu skipped\n", (long long)outcome->n_new, (long long)outcome->n_kept,
	       came->n_skipped);
}

static enum err import(struct cli *cli, struct db *db, struct arena *arena, struct buf *file, struct fault *fault)
{
	const char *lang = cli_value(cli, "--lang"), *path = cli->args[0];
	struct calendar calendar = { 0 };
	struct calendar_outcome outcome;
	struct ics_calendar came;
	struct centre_row centre = { 0 };
	char id[ID_SIZE];
	enum err err = find_centre(db, arena, cli_value(cli, "--centre"), &centre, fault);

	if (!err && lang && !feed_is_language(lang))
		err = fault_set(fault, ERR_USAGE, "--lang", "not a language such as nb: \"%.40s\"", lang);
	if (!err)
		err = file_read(path, file, fault);
	if (err == ERR_LIMIT)
		return fault_set(fault, err, path, "the calendar is larger than %d bytes", LIMIT_ICS_BYTES);
	if (err)
		return err;
	id_new(id);
	calendar.id = id;
	calendar.centre = centre.id;
	calendar.lang = lang ? lang : centre.languages[0];
	const struct calendar_bytes bytes = { buf_text(file), file->len, NULL, base_name(path) };
	err = calendar_take(db, arena, SYSTEM_ACTOR(clock_utc()), &calendar, centre.zone, &bytes, &came, &outcome,
			    fault);
	if (!err)
		say(&came, &outcome);
	return err;
}

enum err cmd_import(struct cli *cli, struct fault *fault)
{
	struct arena arena;
	struct buf file;
	struct db *db = NULL;
	enum err err = cli_expect(cli, 1, 1, fault);

	if (err)
		return err;
	arena_init(&arena, LIMIT_FEED_ARENA);
	buf_init(&file, LIMIT_ICS_BYTES);
	err = cli_database(cli, &db, fault);
	if (!err)
		err = import(cli, db, &arena, &file, fault);
	db_close(db);
	buf_free(&file);
	arena_free(&arena);
	return err;
}
