/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What whoever cares for the screen has to put right in its settings. Made by the program, once. */
#pragma once

#include "core/lang.h"

enum { ADVICE_ARGS = 3, SETTINGS_MS = 60 * 1000 }; /* how long it stands by itself */

struct advice {
	int line;            /* of the file; 0: it is about all of it */
	const char *written; /* what stands there: "diagonal = stor"; NULL: nothing that anybody may see */
	enum text_id text;   /* what to do about it, with ARGS */
	size_t n_args;
	struct lang_arg args[ADVICE_ARGS];
};

struct settings_state {
	const char *file; /* its name, without folders; NULL: none was read, and nothing is said of settings */
	size_t n, n_more; /* n_more have not been kept */
	const struct advice *advice;
	const char *source; /* where the content comes from has not been said; the line that says it. NULL: it has */
};
