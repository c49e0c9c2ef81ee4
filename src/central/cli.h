/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line: one row per command, its options in a table beside it.
 * Settings come from --config, then --set and the options that name one. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "central/db.h"
#include "central/settings_central.h"

/* words, what stands behind them, what it does, function */
#define COMMANDS(X)                                                                                                   \
	X("serve", "[--listen ADDRESS:PORT] [--public-url URL]", "answer browsers and screens until SIGTERM",         \
	  cmd_serve)                                                                                                  \
	X("user add", "NAME --role administrator|editor [--centre ID]… [--password-stdin]",                           \
	  "let somebody log in; without a terminal or --password-stdin a password is made and printed", cmd_user_add) \
	X("user list", "", "who may log in, one a line", cmd_user_list)                                               \
	X("user remove", "NAME", "let somebody no longer log in", cmd_user_remove)                                    \
	X("centre add", "ID --name TEXT [--zone ZONE] | --from FEED.json [--sample-today DATE] [ID]",                 \
	  "a new centre, empty or as a feed has it", cmd_centre_add)                                                  \
	X("centre list", "", "centres, one a line", cmd_centre_list)                                                  \
	X("import", "FILE.ics [--centre ID] [--lang CODE]",                                                           \
	  "copy a calendar's activities to a centre; what is skipped, and why, goes to stderr", cmd_import)           \
	X("occurrences", "FILE.ics --from DATE --to DATE [--zone Europe/Oslo]",                                       \
	  "what a calendar file holds, day by day, and what of it is skipped", cmd_occurrences)                       \
	X("check", "", "whether database, settings and every centre's feed are sound", cmd_check)                     \
	X("settings", "", "a settings file with every key, its help and its default", cmd_settings)

enum { CLI_OPTIONS_MAX = 64, CLI_ARGS_MAX = 8 };

struct cli;
struct command {
	const char *words, *rest, *help;
	enum err (*run)(struct cli *cli, struct fault *fault);
};
struct cli {
	const struct command *command;
	struct settings settings;
	size_t n_options, n_args;
	struct cli_option {
		const char *name, *value; /* "--centre"; VALUE "" where it takes none */
	} options[CLI_OPTIONS_MAX];
	const char *args[CLI_ARGS_MAX]; /* what is no option */
};

/* Reads ARGV into OUT. ERR_USAGE with a sentence; faults of a settings file go to stderr, all of them. */
CHECKED enum err cli_read(int argc, char **argv, struct cli *out, struct fault *fault);
void cli_free(struct cli *cli);
/* The last value of an option, NULL if it was not given. */
const char *cli_value(const struct cli *cli, const char *name);
/* All values of an option that may be repeated; OUT has room for CLI_OPTIONS_MAX. */
size_t cli_values(const struct cli *cli, const char *name, const char **out);
/* The settings' database, open and at this program's version. */
CHECKED enum err cli_database(struct cli *cli, struct db **out, struct fault *fault);
/* ERR_USAGE unless there are so many arguments. */
CHECKED enum err cli_expect(const struct cli *cli, size_t min, size_t max, struct fault *fault);
void cli_help(void);

#define X(words, rest, help, run) enum err run(struct cli *cli, struct fault *fault);
COMMANDS(X)
#undef X
