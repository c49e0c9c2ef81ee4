/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What administrators do: users, who may make them, that one always stays, and a centre's own row. */
#include "central/store_admin.h"
#include "central_fixture.h"

#define TOKEN_A "aaaaaaaaaaaaaaaaaaaaaaaaaa"
#define TOKEN_B "bbbbbbbbbbbbbbbbbbbbbbbbbb"

static const char *const solbakken[] = { "solbakken" };

static struct user somebody(const char *id, const char *name, enum user_role role)
{
	return (struct user){ .id = id, .name = name, .role = role, .n_centres = 1, .centres = solbakken };
}

static void a_user_is_made_once_and_logs_in(void **state)
{
	struct fixture *f = *state;
	struct user user = somebody(TOKEN_A, "ny", USER_EDITOR), found;
	char made[PASSWORD_MADE], again[PASSWORD_MADE], token[ID_SIZE];
	bool first;
	int64_t wait;

	DO(store_user_add(f->db, f->system, &user, made, &first));
	assert_true(first);
	DO(store_user_add(f->db, f->system, &user, again, &first));
	assert_false(first);
	DO(session_login(f->db, NOW, "ny", made, "127.0.0.1", token, &wait));
	assert_int_equal(session_login(f->db, NOW, "ny", again, "127.0.0.1", token, &wait), ERR_REFUSED);
	DO(store_user(f->db, &f->arena, TOKEN_A, &found));
	assert_true(found.must_change);
	assert_int_equal(found.n_centres, 1);
	assert_string_equal(found.centres[0], "solbakken");
}

static void names_are_checked(void **state)
{
	struct fixture *f = *state;
	struct user bad = somebody(TOKEN_A, "Ny Bruker", USER_EDITOR), taken = somebody(TOKEN_A, "randi", USER_EDITOR);
	char made[PASSWORD_MADE];
	bool first;

	assert_int_equal(store_user_add(f->db, f->system, &bad, made, &first), ERR_VALUE);
	assert_int_equal(store_user_add(f->db, f->system, &taken, made, &first), ERR_DUPLICATE);
}

static void an_editor_makes_changes_and_removes_nobody(void **state)
{
	struct fixture *f = *state;
	struct user user = somebody(TOKEN_A, "ny", USER_ADMINISTRATOR),
		    knut = somebody(f->other.user_id, "knut", USER_EDITOR);
	char made[PASSWORD_MADE];
	bool first;

	DO(store_user_add(f->db, f->editor, &user, made, &first));
	assert_false(first);
	assert_int_equal(store_user(f->db, &f->arena, TOKEN_A, &user), ERR_NOT_FOUND);
	knut.role = USER_ADMINISTRATOR;
	assert_int_equal(store_user_change(f->db, f->editor, &knut), ERR_NOT_FOUND);
	assert_int_equal(store_user_reset(f->db, f->editor, knut.id, made), ERR_NOT_FOUND);
	/* An administrator there is, so that this is not what refuses it. */
	user = somebody(TOKEN_B, "sjef", USER_ADMINISTRATOR);
	DO(store_user_add(f->db, f->system, &user, made, &first));
	assert_int_equal(store_user_remove(f->db, f->editor, knut.id), ERR_NOT_FOUND);
	DO(store_user(f->db, &f->arena, knut.id, &knut));
	assert_int_equal(knut.role, USER_EDITOR);
	assert_string_equal(knut.centres[0], "nordlia");
}

static void one_administrator_stays_and_nobody_removes_himself(void **state)
{
	struct fixture *f = *state;
	struct user first_one = somebody(TOKEN_A, "sjef", USER_ADMINISTRATOR),
		    second = somebody(TOKEN_B, "vara", USER_ADMINISTRATOR);
	struct actor boss = { TOKEN_A, NOW };
	char made[PASSWORD_MADE];
	bool first;

	DO(store_user_add(f->db, f->system, &first_one, made, &first));
	assert_int_equal(store_user_remove(f->db, f->system, TOKEN_A), ERR_REFUSED);
	first_one.role = USER_EDITOR;
	assert_int_equal(store_user_change(f->db, f->system, &first_one), ERR_REFUSED);
	DO(store_user_add(f->db, boss, &second, made, &first));
	assert_int_equal(store_user_remove(f->db, boss, TOKEN_A), ERR_REFUSED);
	DO(store_user_remove(f->db, boss, TOKEN_B));
	assert_int_equal(store_user(f->db, &f->arena, TOKEN_B, &second), ERR_NOT_FOUND);
	assert_int_equal(store_user_remove(f->db, boss, SYSTEM_USER), ERR_NOT_FOUND);
}

static void a_new_password_ends_the_sessions(void **state)
{
	struct fixture *f = *state;
	char made[PASSWORD_MADE], token[ID_SIZE], hash[HASH_SIZE];
	struct user user;
	int64_t wait;

	DO(session_login(f->db, NOW, "randi", "et langt passord", "127.0.0.1", token, &wait));
	DO(session_find(f->db, &f->arena, NOW, token, &user, hash));
	DO(store_user_reset(f->db, f->system, f->editor.user_id, made));
	assert_int_equal(session_find(f->db, &f->arena, NOW, token, &user, hash), ERR_NOT_FOUND);
	DO(session_login(f->db, NOW, "randi", made, "127.0.0.1", token, &wait));
}

static void a_user_gets_another_role_and_other_centres(void **state)
{
	struct fixture *f = *state;
	struct user knut = somebody(f->other.user_id, "knut", USER_EDITOR);

	DO(store_user_change(f->db, f->system, &knut));
	DO(store_user(f->db, &f->arena, knut.id, &knut));
	assert_int_equal(knut.n_centres, 1);
	assert_string_equal(knut.centres[0], "solbakken");
	knut.role = USER_ADMINISTRATOR;
	DO(store_user_change(f->db, f->system, &knut));
	DO(store_user(f->db, &f->arena, knut.id, &knut));
	assert_int_equal(knut.n_centres, 2);
}

static void the_centre_changes_by_its_editors_with_a_new_version(void **state)
{
	struct fixture *f = *state;
	struct hours day = { 480, 960 };
	struct centre_row row;
	struct centre centre, read;

	DO(store_centre(f->db, &f->arena, f->editor, "solbakken", &row));
	DO(store_centre_whole(f->db, &f->arena, f->editor, "solbakken", &centre));
	int64_t version = version_of(f, "solbakken");
	centre.name = TEXT("Solbakken bo- og aktivitetssenter");
	centre.phone = "00 00 12 00";
	centre.opening[6] = (struct opening){ 1, &day };
	DO(store_centre_change(f->db, f->editor, row.revision, &centre));
	assert_int_equal(store_centre_change(f->db, f->editor, row.revision, &centre), ERR_CONFLICT);
	assert_int_equal(store_centre_change(f->db, f->other, row.revision + 1, &centre), ERR_NOT_FOUND);
	assert_int_equal(version_of(f, "solbakken"), version + 1);
	DO(store_centre_whole(f->db, &f->arena, f->editor, "solbakken", &read));
	assert_string_equal(read.name.v[0].s, "Solbakken bo- og aktivitetssenter");
	assert_string_equal(read.phone, "00 00 12 00");
	assert_int_equal(read.opening[6].n, 1);
	assert_int_equal(read.opening[6].v[0].closes, 960);
	assert_int_equal(store_centre_whole(f->db, &f->arena, f->other, "solbakken", &read), ERR_NOT_FOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_user_is_made_once_and_logs_in),
		CASE(names_are_checked),
		CASE(an_editor_makes_changes_and_removes_nobody),
		CASE(one_administrator_stays_and_nobody_removes_himself),
		CASE(a_new_password_ends_the_sessions),
		CASE(a_user_gets_another_role_and_other_centres),
		CASE(the_centre_changes_by_its_editors_with_a_new_version),
	};
	return cmocka_run_group_tests(tests, NULL, drop_template);
}
