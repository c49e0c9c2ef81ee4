/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shape of the tables that config/gen_lang.py makes from assets/lang. For
 * lang.c and the generated lang_table.c alone. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "core/icu.h"
#include "core/lang.h"

enum { LANG_ARGUMENTS = 5 };

struct lang {
	const char *code, *locale; /* "nb", "nb@calendar=gregorian;numbers=latn" */
	const char *autonym;
	enum text_id name; /* its name in other languages: screen.tongue.CODE */
	bool rtl, proofread, has_staff;
	const char *dates[DATE_FORM_COUNT]; /* ICU date patterns */
	struct icu_names names;
	const char *words;      /* all texts, one after the other */
	const uint32_t *starts; /* where each begins, by enum text_id; 0: none, a text for staff */
};

/* The arguments of a text, the same in all languages: N of them. The table's
 * patterns have the numbers first; ORDER[i] is what the i-th of them is called
 * in the message file. */
struct lang_signature {
	uint8_t n, n_numbers;
	uint8_t order[LANG_ARGUMENTS];
};

extern const struct lang lang_table[LANG_COUNT]; /* in the order in which people see them */
extern const struct lang_signature lang_signatures[TEXT_COUNT];
