/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/store_check.h"

#include "base/limits.h"
#include "base/log.h"
#include "central/secret.h"
#include "core/feed.h"

enum { CHECK_ARENA = 32 << 20 };

static const struct text nobody_name = { "nb", "-" };
static const struct contact nobody = { .id = "nobody", .name = "-" };
static const char *const languages[] = { "nb" };

/* A centre with nothing in it but what is to be checked, written and read again. */
static struct centre empty_centre(void)
{
	return (struct centre){ .id = "check",
				.name = { 1, &nobody_name },
				.zone = "UTC",
				.n_languages = 1,
				.languages = languages,
				.n_contacts = 1,
				.contacts = &nobody };
}

static enum err check_hashed(const struct centre *centre, char *hash, struct fault *fault)
{
	struct fault found = { 0 };
	struct arena arena;
	struct centre *read;
	struct buf out;

	buf_init(&out, LIMIT_FEED_BYTES);
	arena_init(&arena, CHECK_ARENA);
	enum err err = feed_write(centre, &out);
	if (!err)
		err = feed_read(&arena, buf_text(&out), out.len, &read, &found);
	arena_free(&arena);
	if (hash)
		hash_bytes_hex("item", buf_text(&out), out.len, hash);
	buf_free(&out);
	if (err)
		log_line(LOG_WARNING, "refused by the store: %s: %s", found.place, err_cause(err));
	if (fault)
		*fault = found;
	return err;
}

static enum err check(const struct centre *centre, struct fault *fault)
{
	return check_hashed(centre, NULL, fault);
}

enum err activity_check(const struct activity *item, struct fault *fault)
{
	return activity_fingerprint(item, NULL, fault);
}

enum err activity_fingerprint(const struct activity *item, char *out, struct fault *fault)
{
	struct centre centre = empty_centre();
	struct activity copy = *item;

	copy.code = "22222";
	copy.number = "000000";
	copy.organisation = copy.contact = NULL;
	copy.taken = 0;
	centre.n_activities = 1;
	centre.activities = &copy;
	return check_hashed(&centre, out, fault);
}

enum err need_check(const struct need *item, struct fault *fault)
{
	struct centre centre = empty_centre();
	struct need copy = *item;

	copy.code = "22222";
	copy.number = "000000";
	copy.organisation = copy.meets = NULL;
	copy.contact = nobody.id;
	copy.taken = 0;
	centre.n_needs = 1;
	centre.needs = &copy;
	return check(&centre, fault);
}

enum err notice_check(const struct notice *item, struct fault *fault)
{
	struct centre centre = empty_centre();

	centre.n_notices = 1;
	centre.notices = item;
	return check(&centre, fault);
}

enum err organisation_check(const struct organisation *item, struct fault *fault)
{
	struct centre centre = empty_centre();

	centre.n_organisations = 1;
	centre.organisations = item;
	return check(&centre, fault);
}

enum err contact_check(const struct contact *item, struct fault *fault)
{
	struct centre centre = empty_centre();

	centre.n_contacts = 1;
	centre.contacts = item;
	return check(&centre, fault);
}
