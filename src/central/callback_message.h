/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The clear text of a call-back, version 1, as a screen seals it:
 * {"v":1,"phone":"00001234","lang":"nb","about":"need:ID"}. Faults name the field and never what stands in it: they
 * go back to the screen, and into no log. */
#pragma once

#include "base/limits.h"
#include "central/store_signups.h"

enum { CALLBACK_PHONE_SIZE = 17, CALLBACK_LANG_SIZE = 36 };

struct callback_message {
	char phone[CALLBACK_PHONE_SIZE]; /* eight digits, or + and 7 to 15 */
	char lang[CALLBACK_LANG_SIZE];
	enum item_kind kind;
	char about[LIMIT_ID + 1]; /* id of an item of that kind; "": none */
};

/* ERR_SYNTAX, ERR_VALUE, ERR_MISSING, ERR_UNSUPPORTED (another version), ERR_MEMORY. */
CHECKED enum err callback_message_read(const char *clear, struct callback_message *out, struct fault *fault);
