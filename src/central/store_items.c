/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Notices, organisations and contacts. */
#include "base/limits.h"
#include "central/store_make.h"

#define NEXT(table) "(SELECT COALESCE(MAX(position), 0) + 1 FROM " table " WHERE centre_id = $1)"
#define WHO(n) "COALESCE((SELECT name FROM users WHERE id = $" #n "), '')"

/* ---- notices ------------------------------------------------------------ */

enum err insert_notice(struct db *db, struct arena *arena, struct actor actor, const char *centre,
		       const struct notice *n, bool *placed)
{
	struct put put = { .arena = arena };
	const char *name = put_texts(&put, n->name), *text = put_texts(&put, n->text);
	const char *from = put_civil(&put, true, n->from), *until = put_civil(&put, n->has_until, n->until);
	int64_t changed = 0;

	if (put.err)
		return put.err;
	enum err err =
		db_exec(db, &changed,
			"INSERT INTO notices (centre_id, id, position, level, name, words, from_at, until, created_at, "
			"changed_at, changed_by) VALUES ($1, $2, " NEXT("notices") ", $3, $4, $5, $6, $7, $8, $8, " WHO(
				9) ") ON CONFLICT (centre_id, id) DO NOTHING",
			centre, n->id, (int)n->level, name, text, from, until, actor.now, actor.user_id);
	*placed = changed == 1;
	return err;
}

static enum err update_notice(struct db *db, struct put *put, struct actor actor, const char *centre, int64_t revision,
			      const struct notice *n, int64_t *changed)
{
	const char *name = put_texts(put, n->name), *text = put_texts(put, n->text);
	const char *from = put_civil(put, true, n->from), *until = put_civil(put, n->has_until, n->until);

	if (put->err)
		return put->err;
	return db_exec(
		db, changed,
		"UPDATE notices SET level = $4, name = $5, words = $6, from_at = $7, until = $8, revision = revision + 1, "
		"changed_at = $9, changed_by = " WHO(10) " WHERE centre_id = $1 AND id = $2 AND revision = $3",
		centre, n->id, revision, (int)n->level, name, text, from, until, actor.now, actor.user_id);
}

static enum err unlink_notice(struct db *db, const char *centre, const char *id)
{
	(void)db, (void)centre, (void)id;
	return OK;
}

STORE_READS(notice, notices)
STORE_ROOM(notices, "notices", LIMIT_NOTICES)
STORE_ADD(notice, notices)
STORE_CHANGES(notice, "notices")

/* ---- organisations ------------------------------------------------------ */

static const char *put_kinds(struct put *put, const struct organisation *o)
{
	const char *words[KIND_COUNT];
	size_t n = 0;

	for (; n < o->n_kinds && n < KIND_COUNT; n++)
		words[n] = kind_name(o->kinds[n]);
	return put_words(put, n, words);
}

enum err insert_organisation(struct db *db, struct arena *arena, struct actor actor, const char *centre,
			     const struct organisation *o, bool *placed)
{
	struct put put = { .arena = arena };
	const char *name = put_texts(&put, o->name), *about = put_texts(&put, o->about), *kinds = put_kinds(&put, o);
	const char *confirmed = put_civil(&put, o->has_confirmed, o->confirmed);
	int64_t changed = 0;

	if (put.err)
		return put.err;
	enum err err = db_exec(
		db, &changed,
		"INSERT INTO organisations (centre_id, id, position, name, about, kinds, web, phone, email, "
		"confirmed, confirmed_by, created_at, changed_at, changed_by) VALUES ($1, $2, " NEXT(
			"organisations") ", $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, " WHO(12) ") "
												 "ON CONFLICT (centre_id, id) DO NOTHING",
		centre, o->id, name, about, kinds, o->web, o->phone, o->email, confirmed, o->confirmed_by, actor.now,
		actor.user_id);
	*placed = changed == 1;
	return err;
}

static enum err update_organisation(struct db *db, struct put *put, struct actor actor, const char *centre,
				    int64_t revision, const struct organisation *o, int64_t *changed)
{
	const char *name = put_texts(put, o->name), *about = put_texts(put, o->about), *kinds = put_kinds(put, o);
	const char *confirmed = put_civil(put, o->has_confirmed, o->confirmed);

	if (put->err)
		return put->err;
	return db_exec(
		db, changed,
		"UPDATE organisations SET name = $4, about = $5, kinds = $6, web = $7, phone = $8, email = $9, "
		"confirmed = $10, confirmed_by = $11, revision = revision + 1, changed_at = $12, changed_by = " WHO(
			13) " WHERE centre_id = $1 AND id = $2 AND revision = $3",
		centre, o->id, revision, name, about, kinds, o->web, o->phone, o->email, confirmed, o->confirmed_by,
		actor.now, actor.user_id);
}

static enum err unlink_organisation(struct db *db, const char *centre, const char *id)
{
	enum err err = db_exec(
		db, NULL, "UPDATE activities SET organisation_id = NULL WHERE centre_id = $1 AND organisation_id = $2",
		centre, id);

	return err ? err
		   : db_exec(db, NULL,
			     "UPDATE needs SET organisation_id = NULL WHERE centre_id = $1 AND organisation_id = $2",
			     centre, id);
}

STORE_READS(organisation, organisations)
STORE_ROOM(organisations, "organisations", LIMIT_ORGANISATIONS)
STORE_ADD(organisation, organisations)
STORE_CHANGES(organisation, "organisations")

/* ---- contacts ----------------------------------------------------------- */

enum err insert_contact(struct db *db, struct arena *arena, struct actor actor, const char *centre,
			const struct contact *c, bool *placed)
{
	struct put put = { .arena = arena };
	const char *role = put_texts(&put, c->role), *confirmed = put_civil(&put, c->has_confirmed, c->confirmed);
	int64_t changed = 0;

	if (put.err)
		return put.err;
	enum err err = db_exec(
		db, &changed,
		"INSERT INTO contacts (centre_id, id, position, name, role, phone, email, confirmed, created_at, "
		"changed_at, changed_by) VALUES ($1, $2, " NEXT("contacts") ", $3, $4, $5, $6, $7, $8, $8, " WHO(
			9) ") ON CONFLICT (centre_id, id) DO NOTHING",
		centre, c->id, c->name, role, c->phone, c->email, confirmed, actor.now, actor.user_id);
	*placed = changed == 1;
	return err;
}

static enum err update_contact(struct db *db, struct put *put, struct actor actor, const char *centre, int64_t revision,
			       const struct contact *c, int64_t *changed)
{
	const char *role = put_texts(put, c->role), *confirmed = put_civil(put, c->has_confirmed, c->confirmed);

	if (put->err)
		return put->err;
	return db_exec(db, changed,
		       "UPDATE contacts SET name = $4, role = $5, phone = $6, email = $7, confirmed = $8, "
		       "revision = revision + 1, changed_at = $9, changed_by = " WHO(
			       10) " WHERE centre_id = $1 AND id = $2 AND revision = $3",
		       centre, c->id, revision, c->name, role, c->phone, c->email, confirmed, actor.now, actor.user_id);
}

/* A need without a contact would be a promise that nobody keeps: the needs' own contact is not unlinked
 * (ERR_REFERENCE). */
static enum err unlink_contact(struct db *db, const char *centre, const char *id)
{
	enum err err =
		db_exec(db, NULL, "UPDATE activities SET contact_id = NULL WHERE centre_id = $1 AND contact_id = $2",
			centre, id);

	return err ? err
		   : db_exec(db, NULL, "UPDATE needs SET meets_id = NULL WHERE centre_id = $1 AND meets_id = $2",
			     centre, id);
}

STORE_READS(contact, contacts)
STORE_ROOM(contacts, "contacts", LIMIT_CONTACTS)
STORE_ADD(contact, contacts)
STORE_CHANGES(contact, "contacts")
