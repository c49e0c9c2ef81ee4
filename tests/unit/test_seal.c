/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the screen seals only the centre opens, whatever was sealed has one
 * length, and no byte of it can be changed on the way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/feed_rules.h"
#include "io/seal.h"

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
static const char message[] = "{\"v\":1,\"phone\":\"00001234\",\"lang\":\"nb\",\"about\":\"need:turvenn\"}";

struct pair {
	unsigned char public_key[SEAL_KEY], secret_key[SEAL_KEY];
	char text[SEAL_KEY_TEXT + 1];
};

static struct pair a_pair(void)
{
	struct pair pair;

	assert_int_equal(seal_new_key(pair.public_key, pair.secret_key), OK);
	seal_key_text(pair.public_key, pair.text);
	return pair;
}

static void what_is_sealed_opens_with_the_key_alone(void **state)
{
	struct pair ours = a_pair(), other = a_pair();
	char sealed[SEAL_TEXT + 1], again[SEAL_TEXT + 1], clear[SEAL_CLEAR + 1];

	(void)state;
	assert_int_equal(seal_message(ours.text, message, sealed), OK);
	assert_int_equal(strlen(sealed), SEAL_TEXT);
	assert_int_equal(strspn(sealed, LETTERS), SEAL_TEXT);
	assert_int_equal(seal_open(ours.public_key, ours.secret_key, sealed, clear), OK);
	assert_string_equal(clear, message);
	assert_int_equal(seal_open(other.public_key, other.secret_key, sealed, clear), ERR_VALUE);
	assert_string_equal(clear, "");
	assert_int_equal(seal_message(ours.text, message, again), OK);
	assert_string_not_equal(sealed, again);
}

static void every_length_looks_alike(void **state)
{
	struct pair pair = a_pair();
	char clear[SEAL_CLEAR + 2], sealed[SEAL_TEXT + 1], opened[SEAL_CLEAR + 1];

	(void)state;
	for (size_t len = 0; len <= SEAL_CLEAR; len += len < 2 || len >= SEAL_CLEAR - 2 ? 1 : 63) {
		memset(clear, '7', len);
		clear[len] = '\0';
		assert_int_equal(seal_message(pair.text, clear, sealed), OK);
		assert_int_equal(strlen(sealed), SEAL_TEXT);
		assert_int_equal(seal_open(pair.public_key, pair.secret_key, sealed, opened), OK);
		assert_string_equal(opened, clear);
	}
	memset(clear, '7', SEAL_CLEAR + 1);
	clear[SEAL_CLEAR + 1] = '\0';
	assert_int_equal(seal_message(pair.text, clear, sealed), ERR_LIMIT);
	assert_string_equal(sealed, "");
	assert_int_equal(seal_message(pair.text, "what filled it up would go, and this too: ", sealed), ERR_LIMIT);
}

static void no_letter_can_be_changed(void **state)
{
	struct pair pair = a_pair();
	char sealed[SEAL_TEXT + 2], clear[SEAL_CLEAR + 1];

	(void)state;
	assert_int_equal(seal_message(pair.text, message, sealed), OK);
	for (size_t i = 0; i < SEAL_TEXT; i += 5) {
		char kept = sealed[i];
		sealed[i] = kept == 'A' ? 'Q' : 'A';
		assert_int_not_equal(seal_open(pair.public_key, pair.secret_key, sealed, clear), OK);
		assert_string_equal(clear, "");
		sealed[i] = '+';
		assert_int_equal(seal_open(pair.public_key, pair.secret_key, sealed, clear), ERR_SYNTAX);
		sealed[i] = kept;
	}
	sealed[SEAL_TEXT] = 'A';
	sealed[SEAL_TEXT + 1] = '\0';
	assert_int_equal(seal_open(pair.public_key, pair.secret_key, sealed, clear), ERR_SYNTAX);
	sealed[SEAL_TEXT - 1] = '\0';
	assert_int_equal(seal_open(pair.public_key, pair.secret_key, sealed, clear), ERR_SYNTAX);
}

static void a_key_is_32_bytes_and_nothing_else(void **state)
{
	static const char *const bad[] = { "", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh",
					   "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
					   "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9",
					   "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdH+8" };
	struct pair pair = a_pair();
	unsigned char bytes[SEAL_KEY];
	char sealed[SEAL_TEXT + 1];

	(void)state;
	assert_true(seal_key_read(pair.text, bytes));
	assert_memory_equal(bytes, pair.public_key, SEAL_KEY);
	assert_true(feed_is_seal_key(pair.text));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_false(seal_key_read(bad[i], bytes));
		assert_false(feed_is_seal_key(bad[i]));
		assert_int_equal(seal_message(bad[i], message, sealed), ERR_VALUE);
	}
	/* Of small order: what is sealed to it anybody could open. */
	assert_int_equal(seal_message("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", message, sealed), ERR_VALUE);
}

/* Says the same as libsodium, which knows only once something is to be sealed. */
static void a_weak_key_is_known_by_its_looks(void **state)
{
	static const char *const points[] = {
		"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
		"4Ot6fDtBuK4WVuP68Z_EatoJjeucMrH9hmIFFl9JuAA", "X5yVvKNQjCSx0LFVnIPvWwREXMRYHI6G2CJO3dCfEVc",
		"7P_______________________________________38", "7f_______________________________________38",
		"7v_______________________________________38",
	};
	unsigned char key[SEAL_KEY];
	char text[SEAL_KEY_TEXT + 1], sealed[SEAL_TEXT + 1];

	(void)state;
	for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
		assert_true(feed_is_weak_key(points[i]));
		assert_true(seal_key_read(points[i], key));
		for (int b = 0; b < 32 * 256; b++) {
			key[b / 256] ^= (unsigned char)b;
			seal_key_text(key, text);
			bool weak = feed_is_weak_key(text);
			/* Sealing takes its time: what is said to be weak is tried, and some of the others. */
			if (weak || b % 97 == 0)
				assert_int_equal(seal_message(text, message, sealed), weak ? ERR_VALUE : OK);
			key[b / 256] ^= (unsigned char)b;
		}
	}
	for (int i = 0; i < 100; i++)
		assert_false(feed_is_weak_key(a_pair().text));
}

static void random_keys_differ(void **state)
{
	char one[SEAL_RANDOM_HEX + 1], two[SEAL_RANDOM_HEX + 1];

	(void)state;
	assert_int_equal(seal_random_hex(one), OK);
	assert_int_equal(seal_random_hex(two), OK);
	assert_int_equal(strspn(one, "0123456789abcdef"), SEAL_RANDOM_HEX);
	assert_string_not_equal(one, two);
	seal_wipe(one, sizeof one);
	for (size_t i = 0; i < sizeof one; i++)
		assert_int_equal(one[i], 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_sealed_opens_with_the_key_alone),
		cmocka_unit_test(every_length_looks_alike),
		cmocka_unit_test(no_letter_can_be_changed),
		cmocka_unit_test(a_key_is_32_bytes_and_nothing_else),
		cmocka_unit_test(a_weak_key_is_known_by_its_looks),
		cmocka_unit_test(random_keys_differ),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
