/* SPDX-License-Identifier: GPL-3.0-or-later */
/* config/feed.schema.json and the reader's rows name the same fields with the
 * same requirements and maxima. (That the schema judges whole documents as the
 * reader does is shown by tests/feed/test_schema.py.) */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "core/centre.h"
#include "core/feed_shape.h"
#include "guarded.h"

static const struct json *schema;

/* Follows "$ref": "#/$defs/NAME". */
static const struct json *resolve(const struct json *node)
{
	const char *ref = json_text(json_get(node, "$ref"));

	if (!ref)
		return node;
	assert_int_equal(strncmp(ref, "#/$defs/", 8), 0);
	const struct json *found = json_get(json_get(schema, "$defs"), ref + 8);
	if (!found)
		fail_msg("the schema has no %s", ref);
	return found;
}

static bool lists(const struct json *list, const char *word)
{
	for (const struct json *v = json_first(list); v; v = json_next(v))
		if (strcmp(json_text(v), word) == 0)
			return true;
	return false;
}

static void assert_number(const struct json *node, const char *key, double wanted, const char *field)
{
	const struct json *value = json_get(node, key);
	double there = value ? json_number(value) : 0;

	if (there < wanted || there > wanted)
		fail_msg("%s: the schema's %s is %g, the reader's %g", field, key, there, wanted);
}

static void compare_shape(const struct shape *shape, const struct json *node, const char *name);

static void compare_words(const struct json *node, const struct field *f)
{
	const struct json *words = json_get(node, "enum");
	size_t n = 0;

	for (const struct json *v = json_first(words); v; v = json_next(v), n++)
		if (f->type == FIELD_KIND && kind_parse(json_text(v)) == KIND_COUNT)
			fail_msg("no kind: %s", json_text(v));
	assert_int_equal(n, f->type == FIELD_KIND ? KIND_COUNT : f->type == FIELD_STATUS ? 2 : 3);
}

static void compare_string(const struct json *node, const struct field *f, const char *name)
{
	static const int maxima[FIELD_TYPE_COUNT] = {
		[FIELD_PHONE] = LIMIT_PHONE, [FIELD_EMAIL] = LIMIT_EMAIL, [FIELD_WEB] = LIMIT_WEB
	};

	if (strcmp(json_text(json_get(node, "type")), "string") != 0)
		fail_msg("%s: no string in the schema", name);
	if (f->max || maxima[f->type])
		assert_number(node, "maxLength", f->max ? f->max : maxima[f->type], name);
}

static void compare_field(const struct field *f, const struct json *node, const char *name)
{
	node = resolve(node);
	switch (f->type) {
	case FIELD_OBJECT:
		compare_shape(f->shape, node, name);
		break;
	case FIELD_LIST:
		assert_number(node, "maxItems", f->max, name);
		assert_number(node, "minItems", f->min, name);
		compare_field(f->item, json_get(node, "items"), name);
		break;
	case FIELD_TEXTS:
		assert_number(node, "maxProperties", LIMIT_LANGUAGES, name);
		assert_number(json_get(node, "additionalProperties"), "maxLength", f->max, name);
		break;
	case FIELD_INTEGER:
		assert_number(node, "minimum", f->min, name);
		assert_number(node, "maximum", f->max, name);
		break;
	case FIELD_VERSION:
	case FIELD_FORMAT:
		break;
	case FIELD_BOOL:
		assert_string_equal(json_text(json_get(node, "type")), "boolean");
		break;
	case FIELD_KIND:
	case FIELD_STATUS:
	case FIELD_LEVEL:
		compare_words(node, f);
		break;
	default:
		compare_string(node, f, name);
	}
}

static void compare_shape(const struct shape *shape, const struct json *node, const char *name)
{
	const struct json *properties = json_get(node, "properties");
	char place[200];

	if (json_count(properties) != shape->n)
		fail_msg("%s: %zu fields in the schema, %zu in the reader", name, json_count(properties), shape->n);
	for (size_t i = 0; i < shape->n; i++) {
		const struct field *f = &shape->fields[i];
		const struct json *property = json_get(properties, f->name);
		snprintf(place, sizeof place, "%s.%s", name, f->name);
		if (!property)
			fail_msg("%s is not in the schema", place);
		if (lists(json_get(node, "required"), f->name) != f->required)
			fail_msg("%s: required here, not there", place);
		if (!json_text(json_get(property, "description")))
			fail_msg("%s has no description", place);
		compare_field(f, property, place);
	}
}

static void schema_and_reader_have_the_same_fields(void **state)
{
	struct guarded file;
	struct fault fault;
	struct json *root;

	(void)state;
	guarded_load(&file, "config/feed.schema.json");
	if (json_read(file.bytes, file.len, file.len, &root, &fault) != OK)
		fail_msg("%s: %s", fault.place, fault.text);
	schema = root;
	compare_shape(&feed_shape, root, "feed");
	json_del(root);
	guarded_free(&file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(schema_and_reader_have_the_same_fields),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
