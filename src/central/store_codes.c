/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes of short links and six-digit numbers: one of each per item, unique in
 * the whole central, never used again for another item, because pictures of
 * them hang in people's kitchens. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "central/store_common.h"

enum { TRIES = 100 };

static void code_make(char *out)
{
	for (int i = 0; i < CODE_LENGTH; i++)
		out[i] = CODE_LETTERS[random_below(sizeof CODE_LETTERS - 1)];
	out[CODE_LENGTH] = '\0';
}

enum err code_take(struct db *db, struct arena *arena, const char *centre, enum item_kind kind, const char *id,
		   const char *code, const char *number)
{
	struct db_rows rows;
	enum err err =
		db_query(db, arena, &rows, "SELECT 1 FROM codes WHERE centre_id = $1 AND kind = $2 AND item_id = $3",
			 centre, (int)kind, id);
	int64_t changed = 0;

	if (err || rows.n)
		return err;
	for (int i = 0; i < TRIES && !err && changed == 0; i++) {
		char made_code[CODE_LENGTH + 1], made_number[NUMBER_LENGTH + 1];
		bool given = i == 0 && code && number && strlen(code) == CODE_LENGTH && strlen(number) == NUMBER_LENGTH;
		code_make(made_code);
		snprintf(made_number, sizeof made_number, "%06u", random_below(1000000));
		err = db_exec(db, &changed,
			      "INSERT INTO codes (code, number, centre_id, kind, item_id) VALUES ($1, $2, $3, $4, $5) "
			      "ON CONFLICT DO NOTHING",
			      given ? code : made_code, given ? number : made_number, centre, (int)kind, id);
	}
	return !err && changed == 0 ? ERR_LIMIT : err;
}

static enum err found(const struct db_rows *rows, struct item_ref *out)
{
	if (rows->n == 0)
		return ERR_NOT_FOUND;
	struct row row = { .rows = rows };
	out->code = take_text(&row);
	out->number = take_text(&row);
	out->centre = take_text(&row);
	out->kind = (enum item_kind)take_number(&row);
	out->id = take_text(&row);
	return OK;
}

enum err store_by_code(struct db *db, struct arena *arena, const char *code, struct item_ref *out)
{
	char upper[CODE_LENGTH + 1] = "";
	struct db_rows rows;

	if (strlen(code) != CODE_LENGTH)
		return ERR_NOT_FOUND;
	for (int i = 0; i < CODE_LENGTH; i++)
		upper[i] = (char)toupper((unsigned char)code[i]);
	enum err err = db_query(db, arena, &rows,
				"SELECT code, number, centre_id, kind, item_id FROM codes WHERE code = $1", upper);
	return err ? err : found(&rows, out);
}

enum err store_by_number(struct db *db, struct arena *arena, const char *number, struct item_ref *out)
{
	struct db_rows rows;
	enum err err = db_query(db, arena, &rows,
				"SELECT code, number, centre_id, kind, item_id FROM codes WHERE number = $1", number);

	return err ? err : found(&rows, out);
}
