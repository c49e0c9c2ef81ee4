/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `check` and `settings`. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "central/cli.h"
#include "central/publisher.h"
#include "central/store.h"
#include "io/clock.h"

/* All centres are looked at; the first fault is kept. */
static enum err check_feeds(struct db *db, const char *public_url, size_t *n, struct fault *fault)
{
	struct version_rows rows = { 0 };
	struct arena arena;

	arena_init(&arena, LIMIT_REQUEST_ARENA);
	enum err err = store_versions(db, &arena, &rows), first = err;
	for (size_t i = 0; i < rows.n; i++) {
		struct fault found = { 0 };
		struct buf out;
		int64_t version, tick;
		buf_init(&out, LIMIT_FEED_BYTES);
		err = feed_build(db, public_url, rows.v[i].id, clock_utc(), &out, &version, &tick, &found);
		buf_free(&out);
		if (!err)
			continue;
		fprintf(stderr, "%s: %s: %s\n", rows.v[i].id, found.place, found.text);
		if (!first)
			first = fault_set(fault, err, rows.v[i].id, "its feed is not sound");
	}
	*n = rows.n;
	arena_free(&arena);
	return first;
}

/* The other commands make the file that they miss; a check of one that is not there would find it sound. */
static enum err expect_file(const char *address, struct fault *fault)
{
	static const char scheme[] = "sqlite:";

	if (strncmp(address, scheme, sizeof scheme - 1) != 0 || access(address + sizeof scheme - 1, F_OK) == 0)
		return OK;
	return fault_set(fault, ERR_NOT_FOUND, "database", "there is no file \"%.200s\"", address + sizeof scheme - 1);
}

enum err cmd_check(struct cli *cli, struct fault *fault)
{
	struct db *db;
	size_t n = 0;
	enum err err = cli_expect(cli, 0, 0, fault);

	if (!err)
		err = expect_file(settings_text(&cli->settings, SET_DATABASE), fault);
	if (!err)
		err = cli_database(cli, &db, fault);
	if (err)
		return err;
	err = db_check(db, fault);
	if (!err)
		err = check_feeds(db, settings_text(&cli->settings, SET_PUBLIC_URL), &n, fault);
	db_close(db);
	if (!err)
		printf("ok, %zu %s\n", n, n == 1 ? "centre" : "centres");
	return err;
}

enum err cmd_settings(struct cli *cli, struct fault *fault)
{
	struct buf out;
	enum err err = cli_expect(cli, 0, 0, fault);

	if (err)
		return err;
	buf_init(&out, LIMIT_SETTINGS_BYTES);
	settings_sample(central_settings, SET_COUNT,
			"Settings of oppslag-central, for --config. Each can also be given as --set KEY=VALUE. "
			"Remove the ; in front of what you change. The file is UTF-8.",
			&out);
	fputs(buf_text(&out), stdout);
	err = out.err;
	buf_free(&out);
	return err;
}
