/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/json.h"

#include <cjson/cJSON.h>
#include <pthread.h>
#include <string.h>

#include "base/mem.h"
#include "core/json_strict.h"

static const cJSON *item(const struct json *value)
{
	return (const cJSON *)(const void *)value;
}

static const struct json *wrap(const cJSON *value)
{
	return (const struct json *)(const void *)value;
}

static void set_hooks(void)
{
	cJSON_Hooks hooks = { .malloc_fn = mem_alloc, .free_fn = mem_free };

	cJSON_InitHooks(&hooks);
}

enum err json_read(const char *bytes, size_t len, size_t max, struct json **out, struct fault *fault)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	enum err err = json_strict(bytes, len, max, fault);

	if (err)
		return err;
	pthread_once(&once, set_hooks);
	cJSON *root = cJSON_ParseWithLengthOpts(bytes, len, NULL, 0);
	if (!root)
		return fault_set(fault, ERR_MEMORY, "", "out of memory");
	*out = (struct json *)(void *)root;
	return OK;
}

void json_del(struct json *json)
{
	cJSON_Delete((cJSON *)(void *)json);
}

enum json_type json_type(const struct json *value)
{
	switch (item(value)->type & 0xff) {
	case cJSON_True:
	case cJSON_False:
		return JSON_BOOL;
	case cJSON_Number:
		return JSON_NUMBER;
	case cJSON_String:
		return JSON_STRING;
	case cJSON_Array:
		return JSON_LIST;
	case cJSON_Object:
		return JSON_OBJECT;
	default:
		return JSON_NULL;
	}
}

const char *json_type_name(enum json_type type)
{
	static const char *const names[] = {
		[JSON_NULL] = "null",       [JSON_BOOL] = "true or false", [JSON_NUMBER] = "a number",
		[JSON_STRING] = "a string", [JSON_LIST] = "a list",        [JSON_OBJECT] = "an object",
	};
	return names[type];
}

const struct json *json_first(const struct json *parent)
{
	return parent ? wrap(item(parent)->child) : NULL;
}

const struct json *json_next(const struct json *value)
{
	return wrap(item(value)->next);
}

size_t json_count(const struct json *parent)
{
	size_t n = 0;

	for (const struct json *v = json_first(parent); v; v = json_next(v))
		n++;
	return n;
}

const char *json_key(const struct json *value)
{
	return item(value)->string;
}

const struct json *json_get(const struct json *object, const char *key)
{
	if (!object || json_type(object) != JSON_OBJECT)
		return NULL;
	for (const struct json *v = json_first(object); v; v = json_next(v))
		if (strcmp(json_key(v), key) == 0)
			return v;
	return NULL;
}

const char *json_text(const struct json *value)
{
	return value && json_type(value) == JSON_STRING ? item(value)->valuestring : NULL;
}

double json_number(const struct json *value)
{
	return value && json_type(value) == JSON_NUMBER ? item(value)->valuedouble : 0;
}

bool json_is_true(const struct json *value)
{
	return value && (item(value)->type & 0xff) == cJSON_True;
}

bool json_integer(const struct json *value, int64_t min, int64_t max, int64_t *out)
{
	if (!value || json_type(value) != JSON_NUMBER)
		return false;
	double d = item(value)->valuedouble;
	if (!(d >= (double)min && d <= (double)max))
		return false;
	int64_t whole = (int64_t)d;
	if (d < (double)whole || d > (double)whole)
		return false;
	*out = whole;
	return true;
}

void json_write_string(struct buf *out, const char *s)
{
	static const char from[] = "\"\\\n\r\t", to[] = "\"\\nrt";

	buf_char(out, '"');
	for (;;) {
		size_t plain = 0;
		while ((unsigned char)s[plain] >= 0x20 && s[plain] != '"' && s[plain] != '\\')
			plain++;
		buf_add(out, s, plain);
		s += plain;
		if (!*s)
			break;
		const char *found = strchr(from, *s);
		if (found) {
			buf_char(out, '\\');
			buf_char(out, to[found - from]);
		} else {
			buf_printf(out, "\\u%04x", (unsigned char)*s);
		}
		s++;
	}
	buf_char(out, '"');
}
