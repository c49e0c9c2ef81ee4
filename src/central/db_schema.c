/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables, as steps that were taken one after the other. Ids are text,
 * times unix seconds, local times and rules as the feed writes them, texts JSON
 * objects by language, yes and no 1 and 0. An item's key is its centre and its
 * id, so that no reference can cross from one centre to another. */
#include "central/db.h"

/* What every item has besides its own columns. */
#define ITEM "centre_id TEXT NOT NULL REFERENCES centres (id), id TEXT NOT NULL, position BIGINT NOT NULL, "
#define ITEM_END                                                                                         \
	", revision BIGINT NOT NULL DEFAULT 1, created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL, " \
	"changed_by TEXT NOT NULL, PRIMARY KEY (centre_id, id)"

/* version, statement */
/* clang-format off */
#define MIGRATIONS(X) \
	X(1, "CREATE TABLE users (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, password TEXT, role TEXT NOT NULL, lang TEXT, " \
	     "must_change BIGINT NOT NULL DEFAULT 0, created_at BIGINT NOT NULL, seen_at BIGINT NOT NULL DEFAULT 0)") \
	X(1, "INSERT INTO users (id, name, role, created_at) VALUES ('system', 'system', 'system', 0)") \
	X(1, "CREATE TABLE centres (id TEXT PRIMARY KEY, name TEXT NOT NULL, zone TEXT NOT NULL, languages TEXT NOT NULL, address TEXT, " \
	     "phone TEXT, opening TEXT, signup_host TEXT, seal_key TEXT, version BIGINT NOT NULL, changed_at BIGINT NOT NULL, " \
	     "ticked_at BIGINT NOT NULL DEFAULT 0, revision BIGINT NOT NULL DEFAULT 1, created_at BIGINT NOT NULL)") \
	X(1, "CREATE TABLE editors (user_id TEXT NOT NULL REFERENCES users (id), centre_id TEXT NOT NULL REFERENCES centres (id), " \
	     "PRIMARY KEY (user_id, centre_id))") \
	X(1, "CREATE VIEW may AS SELECT u.id AS user_id, c.id AS centre_id FROM users u CROSS JOIN centres c " \
	     "WHERE u.role IN ('administrator', 'system') UNION ALL SELECT e.user_id, e.centre_id FROM editors e " \
	     "JOIN users u ON u.id = e.user_id WHERE u.role = 'editor'") \
	X(1, "CREATE TABLE sessions (hash TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users (id), " \
	     "created_at BIGINT NOT NULL, seen_at BIGINT NOT NULL)") \
	X(1, "CREATE INDEX sessions_user ON sessions (user_id)") \
	X(1, "CREATE TABLE attempts (what TEXT PRIMARY KEY, failures BIGINT NOT NULL, next_at BIGINT NOT NULL, last_at BIGINT NOT NULL)") \
	X(1, "CREATE TABLE known_places (user_id TEXT NOT NULL REFERENCES users (id), place TEXT NOT NULL, last_at BIGINT NOT NULL, " \
	     "PRIMARY KEY (user_id, place))") \
	X(1, "CREATE TABLE contacts (" ITEM "name TEXT NOT NULL, role TEXT, phone TEXT, email TEXT, confirmed TEXT" ITEM_END ")") \
	X(1, "CREATE INDEX contacts_position ON contacts (centre_id, position)") \
	X(1, "CREATE TABLE organisations (" ITEM "name TEXT NOT NULL, about TEXT, kinds TEXT, web TEXT, phone TEXT, email TEXT, " \
	     "confirmed TEXT, confirmed_by TEXT" ITEM_END ")") \
	X(1, "CREATE INDEX organisations_position ON organisations (centre_id, position)") \
	X(1, "CREATE TABLE calendars (id TEXT PRIMARY KEY, centre_id TEXT NOT NULL REFERENCES centres (id), address TEXT, name TEXT NOT NULL, " \
	     "lang TEXT NOT NULL, next_at BIGINT NOT NULL, last_at BIGINT NOT NULL DEFAULT 0, last_ok_at BIGINT NOT NULL DEFAULT 0, " \
	     "last_fault TEXT, etag TEXT NOT NULL DEFAULT '', activities BIGINT NOT NULL DEFAULT 0, revision BIGINT NOT NULL DEFAULT 1, " \
	     "created_at BIGINT NOT NULL)") \
	X(1, "CREATE TABLE calendar_skips (calendar_id TEXT NOT NULL REFERENCES calendars (id), n BIGINT NOT NULL, reason BIGINT NOT NULL, " \
	     "line BIGINT NOT NULL, title TEXT NOT NULL, detail TEXT NOT NULL, PRIMARY KEY (calendar_id, n))") \
	X(1, "CREATE TABLE codes (code TEXT PRIMARY KEY, number TEXT NOT NULL UNIQUE, centre_id TEXT NOT NULL REFERENCES centres (id), " \
	     "kind BIGINT NOT NULL, item_id TEXT NOT NULL, UNIQUE (centre_id, kind, item_id))") \
	X(1, "CREATE TABLE activities (" ITEM "name TEXT NOT NULL, description TEXT, kind TEXT NOT NULL, start TEXT NOT NULL, " \
	     "duration TEXT NOT NULL, zone TEXT, rrule TEXT, place TEXT, organisation_id TEXT, contact_id TEXT, picture TEXT, " \
	     "signup BIGINT NOT NULL, seats BIGINT, status BIGINT NOT NULL DEFAULT 0, calendar_id TEXT REFERENCES calendars (id), uid TEXT, source TEXT" ITEM_END \
	     ", FOREIGN KEY (centre_id, organisation_id) REFERENCES organisations (centre_id, id)" \
	     ", FOREIGN KEY (centre_id, contact_id) REFERENCES contacts (centre_id, id))") \
	X(1, "CREATE INDEX activities_position ON activities (centre_id, position)") \
	X(1, "CREATE INDEX activities_calendar ON activities (calendar_id)") \
	X(1, "CREATE TABLE activity_dates (centre_id TEXT NOT NULL, activity_id TEXT NOT NULL, extra BIGINT NOT NULL, day TEXT NOT NULL, " \
	     "PRIMARY KEY (centre_id, activity_id, extra, day), FOREIGN KEY (centre_id, activity_id) REFERENCES activities (centre_id, id))") \
	X(1, "CREATE TABLE overrides (centre_id TEXT NOT NULL, activity_id TEXT NOT NULL, original TEXT NOT NULL, by_staff BIGINT NOT NULL, " \
	     "status BIGINT NOT NULL, start TEXT, duration TEXT, name TEXT, place TEXT, reason TEXT, " \
	     "PRIMARY KEY (centre_id, activity_id, original, by_staff), FOREIGN KEY (centre_id, activity_id) REFERENCES activities (centre_id, id))") \
	X(1, "CREATE TABLE occurrence_seats (centre_id TEXT NOT NULL, activity_id TEXT NOT NULL, original TEXT NOT NULL, taken BIGINT NOT NULL, " \
	     "PRIMARY KEY (centre_id, activity_id, original), FOREIGN KEY (centre_id, activity_id) REFERENCES activities (centre_id, id))") \
	X(1, "CREATE TABLE needs (" ITEM "name TEXT NOT NULL, description TEXT, when_words TEXT NOT NULL, start TEXT, duration TEXT, rrule TEXT, " \
	     "meets_id TEXT, bring TEXT, seats BIGINT NOT NULL, taken BIGINT NOT NULL, languages_helpful TEXT, legal_basis TEXT, " \
	     "answer_days BIGINT, contact_id TEXT NOT NULL, organisation_id TEXT, until TEXT, first_timer BIGINT NOT NULL" ITEM_END \
	     ", FOREIGN KEY (centre_id, organisation_id) REFERENCES organisations (centre_id, id)" \
	     ", FOREIGN KEY (centre_id, meets_id) REFERENCES contacts (centre_id, id)" \
	     ", FOREIGN KEY (centre_id, contact_id) REFERENCES contacts (centre_id, id))") \
	X(1, "CREATE INDEX needs_position ON needs (centre_id, position)") \
	X(1, "CREATE TABLE notices (" ITEM "level BIGINT NOT NULL, name TEXT NOT NULL, words TEXT, from_at TEXT NOT NULL, until TEXT" ITEM_END ")") \
	X(1, "CREATE INDEX notices_position ON notices (centre_id, position)") \
	X(1, "CREATE TABLE signups (id TEXT PRIMARY KEY, centre_id TEXT NOT NULL REFERENCES centres (id), kind BIGINT NOT NULL, " \
	     "item_id TEXT NOT NULL, original TEXT, name TEXT, contact TEXT, lang TEXT NOT NULL, consent_version BIGINT NOT NULL, " \
	     "consent_at BIGINT NOT NULL, secret_hash TEXT NOT NULL UNIQUE, form_token TEXT NOT NULL UNIQUE, state BIGINT NOT NULL, " \
	     "created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL, delete_after BIGINT NOT NULL, answered_at BIGINT NOT NULL DEFAULT 0, " \
	     "answered_by TEXT, told_at BIGINT NOT NULL DEFAULT 0, told_by TEXT, revision BIGINT NOT NULL DEFAULT 1)") \
	X(1, "CREATE INDEX signups_item ON signups (centre_id, kind, item_id, original)") \
	X(1, "CREATE INDEX signups_expiry ON signups (delete_after)") \
	X(1, "CREATE TABLE audit (id TEXT PRIMARY KEY, at BIGINT NOT NULL, user_name TEXT NOT NULL, centre_id TEXT, action TEXT NOT NULL, " \
	     "item TEXT NOT NULL, detail TEXT NOT NULL)") \
	X(1, "CREATE INDEX audit_centre ON audit (centre_id, at)") \
	/* Call-backs. The keys are the central's own, not a centre's. */ \
	X(2, "ALTER TABLE centres DROP COLUMN seal_key") \
	X(2, "ALTER TABLE centres ADD COLUMN answer_days BIGINT") \
	X(2, "UPDATE centres SET answer_days = 2") \
	X(2, "CREATE TABLE seal_keys (public_key TEXT PRIMARY KEY, secret_key TEXT NOT NULL, created_at BIGINT NOT NULL)") \
	X(2, "CREATE TABLE callbacks (id TEXT PRIMARY KEY, centre_id TEXT NOT NULL REFERENCES centres (id), phone TEXT NOT NULL, " \
	     "lang TEXT NOT NULL, about_kind BIGINT, about_id TEXT, created_at BIGINT NOT NULL, promised TEXT NOT NULL, " \
	     "expires_at BIGINT NOT NULL, done_at BIGINT NOT NULL DEFAULT 0, done_by TEXT)") \
	X(2, "CREATE INDEX callbacks_promised ON callbacks (centre_id, promised)") \
	X(2, "CREATE TABLE callback_keys (hash TEXT PRIMARY KEY, body TEXT NOT NULL, promised TEXT NOT NULL, made_at BIGINT NOT NULL)")
/* clang-format on */

enum { NEWEST = 2 };

static const struct migration {
	int version;
	const char *statement;
} migrations[] = {
#define X(version, statement) { version, statement },
	MIGRATIONS(X)
#undef X
};

static enum err version_of(struct db *db, int64_t *version)
{
	struct arena arena;
	struct db_rows rows;

	arena_init(&arena, 4096);
	enum err err = db_exec(db, NULL, "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)");
	if (!err)
		err = db_query(db, &arena, &rows, "SELECT COALESCE(MAX(version), 0) FROM schema_version");
	if (!err)
		*version = db_number(&rows, 0, 0);
	arena_free(&arena);
	return err;
}

static enum err migrate_from(struct db *db, int64_t from)
{
	enum err err = OK;

	for (size_t i = 0; i < sizeof migrations / sizeof *migrations && !err; i++)
		if (migrations[i].version > from)
			err = db_exec_args(db, NULL, migrations[i].statement, 0, NULL);
	if (!err && from < NEWEST)
		err = db_exec(db, NULL, "INSERT INTO schema_version (version) VALUES ($1)", (int)NEWEST);
	return err;
}

enum err db_migrate(struct db *db, struct fault *fault)
{
	int64_t version = 0;
	enum err err = db_begin(db);

	if (!err)
		err = version_of(db, &version);
	if (!err && version > NEWEST) {
		fault_set(fault, ERR_UNSUPPORTED, "database",
			  "made by a newer version of this program (%lld, this one knows %d)", (long long)version,
			  NEWEST);
		return db_end(db, ERR_UNSUPPORTED);
	}
	if (!err)
		err = migrate_from(db, version);
	err = db_end(db, err);
	if (err)
		fault_set(fault, err, "database", "%.200s", db_complaint(db));
	return err;
}
