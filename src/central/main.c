/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "central/cli.h"
#include "central/secret.h"

static int run(int argc, char **argv)
{
	struct fault fault = { 0 };
	struct cli cli;
	char text[sizeof fault.place + sizeof fault.text + 2];
	enum err err = secret_init();

	if (err)
		fault_set(&fault, err, NULL, "the system has no source of randomness");
	else
		err = cli_read(argc, argv, &cli, &fault);
	if (!err)
		err = cli.command->run(&cli, &fault);
	if (err) {
		if (!fault.err)
			fault_set(&fault, err, NULL, "%s", err_cause(err));
		fault_print(&fault, text, sizeof text);
		fprintf(stderr, "oppslag-central: %s\n", text);
	}
	cli_free(&cli);
	return err_exit_code(err);
}

int main(int argc, char **argv)
{
	mem_init();
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--version") == 0) {
			puts("oppslag-central " OPPSLAG_VERSION);
			return 0;
		}
		if (strcmp(argv[i], "--help") == 0) {
			cli_help();
			return 0;
		}
	}
	return run(argc, argv);
}
