/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A form over something that is stored: the stored values as text by field
 * name, so that one list serves for filling the form in, for keeping what was
 * typed, and for showing both when somebody else was faster. Labels come from the
 * table of fields, choices from staff_choices.h or from the centre's own people. */
#pragma once

#include "central/staff.h"

enum { VALUES_MAX = 40 };

/* What is stored, as the form would send it. Of a FIELD_MANY the values stand apart by ",", a
 * FIELD_CHECK that is on is "1". */
struct values {
	size_t n;
	struct value {
		const char *name, *value;
	} v[VALUES_MAX];
};
void values_set(struct values *values, const char *name, const char *value);
void values_number(struct values *values, struct request *req, const char *name, bool has, int64_t number);
void values_civil(struct values *values, struct request *req, const char *name, bool has, struct civil when);
/* Both languages of a text, as NAME_nb and NAME_en; NAMES are the two. */
void values_texts(struct values *values, const char *const names[2], struct texts texts);
const char *values_get(const struct values *values, const char *name);

/* Those whom an item may refer to. */
struct people {
	struct organisation_rows organisations;
	struct contact_rows contacts;
};
CHECKED enum err people_load(struct request *req, struct people *out);

struct sheet {
	struct request *req;
	const struct values *values;
	const struct people *people; /* NULL where nothing refers to them */
};

/* One field by its name, in the shape that its type asks for. HELP: TEXT_COUNT for none. */
void sheet_field(const struct sheet *sheet, const char *name, enum text_id help);
/* What is wrong, and the form's beginning: with a token for what is new (REVISION 0), else with the revision. */
void sheet_open(const struct sheet *sheet, const char *action, int64_t revision);

/* <details> with SUMMARY, open where one of the N fields has a value or a fault. */
void sheet_more_open(const struct sheet *sheet, enum text_id summary, size_t n, const char *const *names);
void sheet_more_close(const struct sheet *sheet);

/* ERR_CONFLICT: who changed it, and each field whose stored value is another than the typed one. */
void sheet_conflict(const struct sheet *sheet, const struct stored *stored, const char *zone);
/* What is wrong with REFERENCEs and the store's last check, as faults of the form; true if ERR was one of those. */
bool sheet_refused(struct request *req, enum err err, const char *field);

/* The texts that the form holds in its two languages; those of BEFORE in other languages are kept.
 * ERR_MEMORY. */
CHECKED enum err texts_take(struct request *req, const char *const names[2], struct texts before, struct texts *out);

bool texts_same(struct texts a, struct texts b);

/* Names of the two fields of a text: TEXT_FIELDS("place") is { "place_nb", "place_en" }. */
#define TEXT_FIELDS(name) ((const char *const[2]){ name "_nb", name "_en" })

/* The second press of a removal: form with the revision, the button, and the way out. What is wrong with
 * "revision" stands above it. */
extern const struct fields fields_remove;
void remove_form_write(struct request *req, const char *action, int64_t revision, const char *back);
