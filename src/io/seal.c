/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/seal.h"

#include <sodium.h>
#include <string.h>

_Static_assert(SEAL_SEALED == SEAL_CLEAR + crypto_box_SEALBYTES, "a sealed box has the size that the wire says");
_Static_assert(SEAL_KEY == crypto_box_PUBLICKEYBYTES, "a public key of X25519");
_Static_assert(SEAL_KEY == crypto_box_SECRETKEYBYTES, "a secret key of X25519");

enum { VARIANT = sodium_base64_VARIANT_URLSAFE_NO_PADDING };

/* Exactly SIZE bytes out of a text of LENGTH letters. libsodium refuses bits that are left over. */
static bool base64_read(const char *text, size_t length, unsigned char *out, size_t size)
{
	size_t got = 0;

	return strlen(text) == length && sodium_base642bin(out, size, text, length, NULL, &got, NULL, VARIANT) == 0 &&
	       got == size;
}

enum err seal_new_key(unsigned char public_key[SEAL_KEY], unsigned char secret_key[SEAL_KEY])
{
	if (sodium_init() < 0)
		return ERR_DEVICE;
	crypto_box_keypair(public_key, secret_key);
	return OK;
}

void seal_key_text(const unsigned char public_key[SEAL_KEY], char out[SEAL_KEY_TEXT + 1])
{
	sodium_bin2base64(out, SEAL_KEY_TEXT + 1, public_key, SEAL_KEY, VARIANT);
}

bool seal_key_read(const char *text, unsigned char out[SEAL_KEY])
{
	return base64_read(text, SEAL_KEY_TEXT, out, SEAL_KEY);
}

enum err seal_message(const char *public_key_text, const char *clear, char out[SEAL_TEXT + 1])
{
	unsigned char key[SEAL_KEY], padded[SEAL_CLEAR], sealed[SEAL_SEALED];
	size_t len = strlen(clear);

	out[0] = '\0';
	if (sodium_init() < 0)
		return ERR_DEVICE;
	if (!seal_key_read(public_key_text, key))
		return ERR_VALUE;
	if (len > SEAL_CLEAR || (len > 0 && clear[len - 1] == ' '))
		return ERR_LIMIT;
	memset(padded, ' ', sizeof padded);
	memcpy(padded, clear, len);
	/* It refuses keys of small order (RFC 7748 section 6.1), such as all zeroes. */
	int failed = crypto_box_seal(sealed, padded, sizeof padded, key);
	sodium_memzero(padded, sizeof padded);
	if (failed)
		return ERR_VALUE;
	sodium_bin2base64(out, SEAL_TEXT + 1, sealed, sizeof sealed, VARIANT);
	return OK;
}

enum err seal_open(const unsigned char public_key[SEAL_KEY], const unsigned char secret_key[SEAL_KEY], const char *text,
		   char out[SEAL_CLEAR + 1])
{
	unsigned char sealed[SEAL_SEALED];
	size_t len = SEAL_CLEAR;

	out[0] = '\0';
	if (sodium_init() < 0)
		return ERR_DEVICE;
	if (!base64_read(text, SEAL_TEXT, sealed, sizeof sealed))
		return ERR_SYNTAX;
	if (crypto_box_seal_open((unsigned char *)out, sealed, sizeof sealed, public_key, secret_key) ||
	    memchr(out, '\0', SEAL_CLEAR)) {
		sodium_memzero(out, SEAL_CLEAR + 1);
		return ERR_VALUE;
	}
	while (len > 0 && out[len - 1] == ' ')
		len--;
	out[len] = '\0';
	return OK;
}

void seal_wipe(void *at, size_t size)
{
	sodium_memzero(at, size);
}

enum err seal_random_hex(char out[SEAL_RANDOM_HEX + 1])
{
	unsigned char random[SEAL_RANDOM_HEX / 2];

	out[0] = '\0';
	if (sodium_init() < 0)
		return ERR_DEVICE;
	randombytes_buf(random, sizeof random);
	sodium_bin2hex(out, SEAL_RANDOM_HEX + 1, random, sizeof random);
	return OK;
}
