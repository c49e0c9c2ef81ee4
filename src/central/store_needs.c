/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Needs: help that is wanted. */
#include "base/limits.h"
#include "central/store_make.h"

enum err insert_need(struct db *db, struct arena *arena, struct actor actor, const char *centre, const struct need *n,
		     bool *placed)
{
	struct put put = { .arena = arena };
	const char *name = put_texts(&put, n->name), *description = put_texts(&put, n->description);
	const char *when = put_texts(&put, n->when), *bring = put_texts(&put, n->bring);
	const char *start = put_civil(&put, n->has_start, n->start);
	const char *duration = put_duration(&put, n->has_duration, n->duration);
	const char *languages = put_words(&put, n->n_languages_helpful, n->languages_helpful);
	const char *legal_basis = put_texts(&put, n->legal_basis), *until = put_civil(&put, n->has_until, n->until);
	const char *answer_days = put_number(&put, n->has_answer_days, n->answer_days);
	int64_t changed = 0;

	if (put.err)
		return put.err;
	enum err err = db_exec(
		db, &changed,
		"INSERT INTO needs (centre_id, id, position, name, description, when_words, start, duration, rrule, meets_id, "
		"bring, seats, taken, languages_helpful, legal_basis, answer_days, contact_id, organisation_id, until, "
		"first_timer, created_at, changed_at, changed_by) VALUES ($1, $2, (SELECT COALESCE(MAX(position), 0) + 1 FROM "
		"needs WHERE centre_id = $1), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, "
		"$20, COALESCE((SELECT name FROM users WHERE id = $21), '')) ON CONFLICT (centre_id, id) DO NOTHING",
		centre, n->id, name, description, when, start, duration, n->rrule, n->meets, bring, n->seats, n->taken,
		languages, legal_basis, answer_days, n->contact, n->organisation, until, n->first_timer, actor.now,
		actor.user_id);
	*placed = !err && changed == 1;
	return *placed ? code_take(db, arena, centre, ITEM_NEED, n->id, n->code, n->number) : err;
}

/* TAKEN is left alone: it is counted by those who sign up. */
static enum err update_need(struct db *db, struct put *put, struct actor actor, const char *centre, int64_t revision,
			    const struct need *n, int64_t *changed)
{
	const char *name = put_texts(put, n->name), *description = put_texts(put, n->description);
	const char *when = put_texts(put, n->when), *bring = put_texts(put, n->bring);
	const char *start = put_civil(put, n->has_start, n->start);
	const char *duration = put_duration(put, n->has_duration, n->duration);
	const char *languages = put_words(put, n->n_languages_helpful, n->languages_helpful);
	const char *legal_basis = put_texts(put, n->legal_basis), *until = put_civil(put, n->has_until, n->until);
	const char *answer_days = put_number(put, n->has_answer_days, n->answer_days);

	if (put->err)
		return put->err;
	return db_exec(
		db, changed,
		"UPDATE needs SET name = $4, description = $5, when_words = $6, start = $7, duration = $8, rrule = $9, "
		"meets_id = $10, bring = $11, seats = $12, languages_helpful = $13, legal_basis = $14, answer_days = $15, "
		"contact_id = $16, organisation_id = $17, until = $18, first_timer = $19, revision = revision + 1, "
		"changed_at = $20, changed_by = COALESCE((SELECT name FROM users WHERE id = $21), '') "
		"WHERE centre_id = $1 AND id = $2 AND revision = $3",
		centre, n->id, revision, name, description, when, start, duration, n->rrule, n->meets, bring, n->seats,
		languages, legal_basis, answer_days, n->contact, n->organisation, until, n->first_timer, actor.now,
		actor.user_id);
}

static enum err unlink_need(struct db *db, const char *centre, const char *id)
{
	return db_exec(db, NULL, "DELETE FROM signups WHERE centre_id = $1 AND kind = 1 AND item_id = $2", centre, id);
}

STORE_READS(need, needs)
STORE_ROOM(needs, "needs", LIMIT_NEEDS)
STORE_ADD(need, needs)
STORE_CHANGES(need, "needs")
