/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/callback_message.h"

#include <stdio.h>
#include <string.h>

#include "core/feed_rules.h"
#include "core/json.h"
#include "io/seal.h"

static const char place[] = "sealed";

static bool is_phone(const char *s)
{
	size_t plus = s[0] == '+', n = strspn(s + plus, "0123456789");

	if (s[plus + n] != '\0')
		return false;
	return plus ? n >= 7 && n <= 15 : n == 8;
}

/* The text of a field that has to be there. */
static enum err take(const struct json *root, const char *name, size_t size, char *out, struct fault *fault)
{
	const struct json *value = json_get(root, name);
	const char *s = json_text(value);

	if (!value)
		return fault_set(fault, ERR_MISSING, place, "%s: missing", name);
	if (!s || strlen(s) >= size)
		return fault_set(fault, ERR_VALUE, place, "%s: no text of at most %zu bytes", name, size - 1);
	snprintf(out, size, "%s", s);
	return OK;
}

/* "need:ID", "activity:ID" or "". */
static enum err read_about(const char *s, struct callback_message *out, struct fault *fault)
{
	static const char need[] = "need:", activity[] = "activity:";
	const char *id = "";

	out->kind = ITEM_NEED;
	if (strncmp(s, need, sizeof need - 1) == 0) {
		id = s + sizeof need - 1;
	} else if (strncmp(s, activity, sizeof activity - 1) == 0) {
		out->kind = ITEM_ACTIVITY;
		id = s + sizeof activity - 1;
	}
	if (*s && !feed_is_id(id))
		return fault_set(fault, ERR_VALUE, place, "about: neither need:ID nor activity:ID");
	memcpy(out->about, id, strlen(id) + 1); /* feed_is_id: at most LIMIT_ID */
	return OK;
}

static enum err read_fields(const struct json *root, struct callback_message *out, struct fault *fault)
{
	char about[sizeof "activity:" + LIMIT_ID] = "";
	int64_t version;

	if (json_type(root) != JSON_OBJECT)
		return fault_set(fault, ERR_SYNTAX, place, "no JSON object");
	if (!json_integer(json_get(root, "v"), 1, 1, &version))
		return fault_set(fault, ERR_UNSUPPORTED, place, "v: this program reads version 1");
	if (json_count(root) != 4)
		return fault_set(fault, ERR_VALUE, place, "other fields than v, phone, lang and about");
	enum err err = take(root, "phone", sizeof out->phone, out->phone, fault);
	if (!err)
		err = take(root, "lang", sizeof out->lang, out->lang, fault);
	if (!err)
		err = take(root, "about", sizeof about, about, fault);
	if (!err && !is_phone(out->phone))
		err = fault_set(fault, ERR_VALUE, place, "phone: neither 8 digits, nor + and 7 to 15");
	if (!err && !feed_is_language(out->lang))
		err = fault_set(fault, ERR_VALUE, place, "lang: not a language tag in lower case");
	return err ? err : read_about(about, out, fault);
}

enum err callback_message_read(const char *clear, struct callback_message *out, struct fault *fault)
{
	struct json *root = NULL;

	*out = (struct callback_message){ 0 };
	/* The reader's own words would quote what it stumbled over. */
	enum err err = json_read(clear, strlen(clear), SEAL_CLEAR, &root, NULL);
	if (err)
		return fault_set(fault, err == ERR_MEMORY ? ERR_MEMORY : ERR_SYNTAX, place, "not well-formed JSON");
	err = read_fields(root, out, fault);
	json_del(root);
	return err;
}
