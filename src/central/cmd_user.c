/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `user add`, `user list`, `user remove`. A password never stands on the command line, where `ps` shows it. */
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/limits.h"
#include "central/cli.h"
#include "central/session.h"
#include "io/clock.h"

enum { LINE_SIZE = 1024 };

static enum err read_line(char *out, struct fault *fault)
{
	if (!fgets(out, LINE_SIZE, stdin))
		return fault_set(fault, ERR_MISSING, "stdin", "a line with the password is expected");
	out[strcspn(out, "\r\n")] = '\0';
	return OK;
}

/* Asks at the terminal, without showing what is typed. */
static enum err ask(char *out, struct fault *fault)
{
	struct termios shown, hidden;

	if (tcgetattr(STDIN_FILENO, &shown))
		return fault_set(fault, ERR_DEVICE, "stdin", "no terminal");
	hidden = shown;
	hidden.c_lflag &= ~(tcflag_t)ECHO;
	fputs("Password (empty: one is made): ", stderr);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
	enum err err = read_line(out, fault);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
	fputc('\n', stderr);
	return err;
}

/* *PASSWORD is NULL when one shall be made. */
static enum err get_password(const struct cli *cli, char *line, const char **password, struct fault *fault)
{
	enum err err = OK;

	*password = NULL;
	if (cli_value(cli, "--password-stdin"))
		err = read_line(line, fault);
	else if (isatty(STDIN_FILENO))
		err = ask(line, fault);
	else
		return OK;
	if (!err && (line[0] || cli_value(cli, "--password-stdin")))
		*password = line;
	return err;
}

static enum err get_role(const struct cli *cli, enum user_role *role, struct fault *fault)
{
	const char *name = cli_value(cli, "--role");

	for (int i = 0; name && i < USER_ROLE_COUNT; i++)
		if (strcmp(name, user_role_name((enum user_role)i)) == 0) {
			*role = (enum user_role)i;
			return OK;
		}
	return fault_set(fault, ERR_USAGE, "--role", "administrator or editor is expected");
}

enum err cmd_user_add(struct cli *cli, struct fault *fault)
{
	const char *centres[CLI_OPTIONS_MAX], *password;
	char made[PASSWORD_MADE] = "", line[LINE_SIZE];
	size_t n = cli_values(cli, "--centre", centres);
	enum user_role role = USER_EDITOR;
	struct db *db;
	enum err err = cli_expect(cli, 1, 1, fault);

	if (!err)
		err = get_role(cli, &role, fault);
	if (!err)
		err = get_password(cli, line, &password, fault);
	if (!err)
		err = cli_database(cli, &db, fault);
	if (err)
		return err;
	err = user_add(db, clock_utc(), cli->args[0], role, n, centres, password, made, fault);
	db_close(db);
	if (!err && !password)
		printf("%s\n", made);
	return err;
}

static void print_user(const struct user *user)
{
	printf("%s\t%s\t", user->name, user_role_name(user->role));
	for (size_t i = 0; user->role == USER_EDITOR && i < user->n_centres; i++)
		printf("%s%s", i ? "," : "", user->centres[i]);
	putchar('\n');
}

enum err cmd_user_list(struct cli *cli, struct fault *fault)
{
	struct arena arena;
	struct users users;
	struct db *db;
	enum err err = cli_expect(cli, 0, 0, fault);

	if (!err)
		err = cli_database(cli, &db, fault);
	if (err)
		return err;
	arena_init(&arena, LIMIT_REQUEST_ARENA);
	err = user_list(db, &arena, &users);
	for (size_t i = 0; i < users.n && !err; i++)
		print_user(&users.v[i]);
	arena_free(&arena);
	db_close(db);
	return err;
}

enum err cmd_user_remove(struct cli *cli, struct fault *fault)
{
	struct db *db;
	enum err err = cli_expect(cli, 1, 1, fault);

	if (!err)
		err = cli_database(cli, &db, fault);
	if (err)
		return err;
	err = user_remove(db, clock_utc(), cli->args[0]);
	db_close(db);
	return err == ERR_NOT_FOUND ? fault_set(fault, err, "user", "there is no user \"%.60s\"", cli->args[0]) : err;
}
