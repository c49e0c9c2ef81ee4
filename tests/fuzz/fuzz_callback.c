/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The clear text of a call-back, as anybody who has a centre's public key can
 * seal it: what is taken is a number, a language and an item's id; what is said
 * about the rest quotes none of it. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "central/callback_message.h"
#include "core/feed_rules.h"
#include "io/seal.h"

static void check_taken(const struct callback_message *m)
{
	size_t plus = m->phone[0] == '+', n = strlen(m->phone + plus);

	if (strspn(m->phone + plus, "0123456789") != n || (plus ? n < 7 || n > 15 : n != 8))
		abort();
	if (!feed_is_language(m->lang) || (*m->about && !feed_is_id(m->about)))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct callback_message message;
	struct fault fault = { 0 };
	char clear[SEAL_CLEAR + 1] = "";

	if (len > SEAL_CLEAR || memchr(bytes, 0, len))
		return 0;
	if (len)
		memcpy(clear, bytes, len);
	if (callback_message_read(clear, &message, &fault) == OK)
		check_taken(&message);
	else if (strcmp(fault.place, "sealed") != 0 || strpbrk(fault.text, "\"{"))
		abort();
	return 0;
}
