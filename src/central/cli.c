/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/cli.h"

#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/log.h"

static const struct command commands[] = {
#define X(words, rest, help, run) { words, rest, help, run },
	COMMANDS(X)
#undef X
};
enum { N_COMMANDS = sizeof commands / sizeof *commands };

/* name, takes a value, the setting it is (SET_COUNT: none), the commands that take it ("": all) */
#define OPTIONS(X)                                              \
	X("--config", true, SET_COUNT, "")                      \
	X("--set", true, SET_COUNT, "")                         \
	X("--database", true, SET_DATABASE, "")                 \
	X("--listen", true, SET_LISTEN, "serve")                \
	X("--public-url", true, SET_PUBLIC_URL, "serve")        \
	X("--role", true, SET_COUNT, "user add")                \
	X("--centre", true, SET_COUNT, "user add, import")      \
	X("--lang", true, SET_COUNT, "import")                  \
	X("--password-stdin", false, SET_COUNT, "user add")     \
	X("--name", true, SET_COUNT, "centre add")              \
	X("--zone", true, SET_COUNT, "centre add, occurrences") \
	X("--from", true, SET_COUNT, "centre add, occurrences") \
	X("--to", true, SET_COUNT, "occurrences")               \
	X("--sample-today", true, SET_COUNT, "centre add")

static const struct option_row {
	const char *name;
	bool takes_value;
	enum central_setting setting;
	const char *commands;
} option_rows[] = {
#define X(name, takes_value, setting, commands) { name, takes_value, setting, commands },
	OPTIONS(X)
#undef X
};
enum { N_OPTION_ROWS = sizeof option_rows / sizeof *option_rows };

static const struct option_row *find_option(const char *name, const struct command *command)
{
	for (size_t i = 0; i < N_OPTION_ROWS; i++) {
		const struct option_row *row = &option_rows[i];
		if (strcmp(row->name, name) == 0 && (!*row->commands || strstr(row->commands, command->words)))
			return row;
	}
	return NULL;
}

/* How many of ARGV are the words of COMMAND; 0: others. */
static int words_of(const struct command *command, int argc, char **argv)
{
	char both[80];

	if (argc > 1 && strcmp(argv[1], command->words) == 0)
		return 1;
	if (argc < 3)
		return 0;
	snprintf(both, sizeof both, "%.30s %.30s", argv[1], argv[2]);
	return strcmp(both, command->words) == 0 ? 2 : 0;
}

static enum err find_command(int argc, char **argv, struct cli *out, int *used, struct fault *fault)
{
	for (size_t i = 0; i < N_COMMANDS; i++) {
		*used = words_of(&commands[i], argc, argv);
		if (*used) {
			out->command = &commands[i];
			return OK;
		}
	}
	return argc > 1 ? fault_set(fault, ERR_USAGE, NULL, "there is no command \"%.60s\"; --help lists them", argv[1])
			: fault_set(fault, ERR_USAGE, NULL, "a command is missing; --help lists them");
}

static enum err add_option(struct cli *cli, int argc, char **argv, int *at, struct fault *fault)
{
	char name[40];
	const char *arg = argv[*at], *equals = strchr(arg, '=');
	size_t len = equals ? (size_t)(equals - arg) : strlen(arg);

	snprintf(name, sizeof name, "%.*s", len < sizeof name ? (int)len : (int)sizeof name - 1, arg);
	const struct option_row *row = find_option(name, cli->command);
	if (!row)
		return fault_set(fault, ERR_USAGE, NULL, "`%s` takes no option %s", cli->command->words, name);
	if (cli->n_options == CLI_OPTIONS_MAX)
		return fault_set(fault, ERR_USAGE, NULL, "more than %d options", CLI_OPTIONS_MAX);
	struct cli_option *option = &cli->options[cli->n_options++];
	*option = (struct cli_option){ row->name, "" };
	if (!row->takes_value)
		return equals ? fault_set(fault, ERR_USAGE, name, "takes no value") : OK;
	if (equals)
		option->value = equals + 1;
	else if (*at + 1 < argc)
		option->value = argv[++*at];
	else
		return fault_set(fault, ERR_USAGE, name, "its value is missing");
	return OK;
}

static enum err take_arguments(struct cli *cli, int argc, char **argv, int from, struct fault *fault)
{
	bool options = true;

	for (int i = from; i < argc; i++) {
		if (options && strcmp(argv[i], "--") == 0) {
			options = false;
			continue;
		}
		if (options && strncmp(argv[i], "--", 2) == 0) {
			enum err err = add_option(cli, argc, argv, &i, fault);
			if (err)
				return err;
			continue;
		}
		if (cli->n_args == CLI_ARGS_MAX)
			return fault_set(fault, ERR_USAGE, NULL, "too many arguments at \"%.60s\"", argv[i]);
		cli->args[cli->n_args++] = argv[i];
	}
	return OK;
}

/* The files first, in their order; then what the command line says. */
static enum err take_settings(struct cli *cli, struct fault *fault)
{
	struct buf report;
	enum err err = OK;

	buf_init(&report, LIMIT_SETTINGS_BYTES);
	for (size_t i = 0; i < cli->n_options && !err; i++)
		if (strcmp(cli->options[i].name, "--config") == 0)
			err = settings_load(&cli->settings, cli->options[i].value, &report);
	if (err) {
		fputs(buf_text(&report), stderr);
		fault_set(fault, err, "--config", "the settings are wrong");
	}
	buf_free(&report);
	for (size_t i = 0; i < cli->n_options && !err; i++) {
		const struct cli_option *option = &cli->options[i];
		const struct option_row *row = find_option(option->name, cli->command);
		if (strcmp(option->name, "--set") == 0)
			err = settings_set(&cli->settings, option->value, fault);
		else if (row->setting != SET_COUNT)
			err = settings_put(&cli->settings, row->setting, option->value, option->name, fault);
	}
	return err;
}

enum err cli_read(int argc, char **argv, struct cli *out, struct fault *fault)
{
	int used;

	*out = (struct cli){ 0 };
	enum err err = settings_init(&out->settings, central_settings, SET_COUNT);
	if (err)
		return fault_set(fault, err, NULL, "out of memory");
	err = find_command(argc, argv, out, &used, fault);
	if (!err)
		err = take_arguments(out, argc, argv, 1 + used, fault);
	if (!err)
		err = take_settings(out, fault);
	if (!err)
		log_set_level((enum log_level)settings_choice(&out->settings, SET_LOG));
	return err;
}

void cli_free(struct cli *cli)
{
	settings_free(&cli->settings);
}

const char *cli_value(const struct cli *cli, const char *name)
{
	const char *value = NULL;

	for (size_t i = 0; i < cli->n_options; i++)
		if (strcmp(cli->options[i].name, name) == 0)
			value = cli->options[i].value;
	return value;
}

size_t cli_values(const struct cli *cli, const char *name, const char **out)
{
	size_t n = 0;

	for (size_t i = 0; i < cli->n_options; i++)
		if (strcmp(cli->options[i].name, name) == 0)
			out[n++] = cli->options[i].value;
	return n;
}

enum err cli_database(struct cli *cli, struct db **out, struct fault *fault)
{
	enum err err = db_open(settings_text(&cli->settings, SET_DATABASE), out, fault);

	if (err)
		return err;
	err = db_migrate(*out, fault);
	if (err) {
		db_close(*out);
		*out = NULL;
	}
	return err;
}

enum err cli_expect(const struct cli *cli, size_t min, size_t max, struct fault *fault)
{
	if (cli->n_args >= min && cli->n_args <= max)
		return OK;
	return fault_set(fault, ERR_USAGE, NULL, "oppslag-central %s %s", cli->command->words, cli->command->rest);
}

void cli_help(void)
{
	puts("oppslag-central COMMAND … [--config FILE] [--database sqlite:FILE] [--set KEY=VALUE]…\n");
	for (size_t i = 0; i < N_COMMANDS; i++)
		printf("  %s%s%s\n      %s\n", commands[i].words, *commands[i].rest ? " " : "", commands[i].rest,
		       commands[i].help);
	puts("\n  --version\n  --help\n\nExit codes: 0 done, 1 the input is wrong, 2 the command line is wrong, 3 the surroundings "
	     "failed.");
}
