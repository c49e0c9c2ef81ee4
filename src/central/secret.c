/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/secret.h"

#include <pthread.h>
#include <sodium.h>
#include <string.h>

/* Without what looks alike, so that an id can be read aloud from a log. */
static const char id_letters[] = "abcdefghijkmnpqrstuvwxyz23456789";

enum err secret_init(void)
{
	return sodium_init() < 0 ? ERR_DEVICE : OK;
}

void id_new(char *out)
{
	unsigned char random[ID_SIZE - 1];

	randombytes_buf(random, sizeof random);
	for (size_t i = 0; i < sizeof random; i++)
		out[i] = id_letters[random[i] % 32];
	out[ID_SIZE - 1] = '\0';
}

bool id_is_made(const char *s)
{
	return strlen(s) == ID_SIZE - 1 && strspn(s, id_letters) == ID_SIZE - 1;
}

unsigned random_below(unsigned n)
{
	return randombytes_uniform(n);
}

void hash_bytes_hex(const char *purpose, const void *bytes, size_t len, char *out)
{
	unsigned char hash[32];
	crypto_generichash_state state;

	crypto_generichash_init(&state, NULL, 0, sizeof hash);
	/* The NUL between keeps purpose and value apart. */
	crypto_generichash_update(&state, (const unsigned char *)purpose, strlen(purpose) + 1);
	crypto_generichash_update(&state, bytes, len);
	crypto_generichash_final(&state, hash, sizeof hash);
	sodium_bin2hex(out, HASH_SIZE, hash, sizeof hash);
}

void hash_hex(const char *purpose, const char *s, char *out)
{
	hash_bytes_hex(purpose, s, strlen(s), out);
}

void id_derive(const char *purpose, const char *s, char *out)
{
	unsigned char hash[32];
	char hex[HASH_SIZE];

	hash_hex(purpose, s, hex);
	sodium_hex2bin(hash, sizeof hash, hex, HASH_SIZE - 1, NULL, NULL, NULL);
	for (size_t i = 0; i < ID_SIZE - 1; i++)
		out[i] = id_letters[hash[i] % 32];
	out[ID_SIZE - 1] = '\0';
}

bool secret_equal(const char *a, const char *b)
{
	size_t len = strlen(a);

	return len == strlen(b) && sodium_memcmp(a, b, len) == 0;
}

enum err password_hash(const char *password, char *out)
{
	_Static_assert(PASSWORD_HASH_SIZE >= crypto_pwhash_STRBYTES, "libsodium's hashes fit");
	int failed = crypto_pwhash_str_alg(out, password, strlen(password), crypto_pwhash_OPSLIMIT_INTERACTIVE,
					   crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13);
	return failed ? ERR_MEMORY : OK;
}

static pthread_once_t nobody_once = PTHREAD_ONCE_INIT;
static char nobody[PASSWORD_HASH_SIZE];

static void make_nobody(void)
{
	char password[ID_SIZE];

	id_new(password);
	if (password_hash(password, nobody))
		nobody[0] = '\0';
}

bool password_matches(const char *hash, const char *password)
{
	if (hash)
		return crypto_pwhash_str_verify(hash, password, strlen(password)) == 0;
	pthread_once(&nobody_once, make_nobody);
	(void)!crypto_pwhash_str_verify(nobody, password, strlen(password));
	return false;
}
