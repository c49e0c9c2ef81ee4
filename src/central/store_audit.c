/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/store_common.h"

enum err store_audit(struct db *db, struct arena *arena, struct actor actor, const char *centre, int max,
		     struct audit_lines *out)
{
	struct db_rows rows;
	enum err err = db_query(
		db, arena, &rows,
		"SELECT a.at, a.user_name, a.action, a.item, a.detail FROM audit a WHERE a.centre_id = $1 AND EXISTS "
		"(SELECT 1 FROM may WHERE may.user_id = $2 AND may.centre_id = a.centre_id) "
		"ORDER BY a.at DESC, a.id LIMIT CAST($3 AS BIGINT)",
		centre, actor.user_id, max);
	struct audit_line *v = err ? NULL : ARENA_ARRAY(arena, rows.n, struct audit_line);

	if (err || !v)
		return err ? err : ERR_MEMORY;
	for (size_t i = 0; i < rows.n; i++) {
		struct row row = { .rows = &rows, .r = i, .arena = arena };
		v[i].at = take_number(&row);
		v[i].user = take_text(&row);
		v[i].action = take_text(&row);
		v[i].item = take_text(&row);
		v[i].detail = take_text(&row);
	}
	*out = (struct audit_lines){ rows.n, v };
	return OK;
}
