/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What holds other values (objects, lists, texts) and the document as a whole,
 * each reader with its writer. The rows are in feed_shapes.c. */
#include "core/feed.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "core/feed_rules.h"
#include "core/feed_shape.h"

#undef refuse_at

/* ---- faults ---- */

/* Returns how much of OUT is used. */
static size_t print_place(const struct place *place, char *out, size_t size)
{
	if (!place)
		return 0;
	size_t at = print_place(place->up, out, size);
	int n = place->name ? snprintf(out + at, size - at, "%s%s", at ? "." : "", place->name)
			    : snprintf(out + at, size - at, "[%zu]", place->index);
	return n < 0 || (size_t)n >= size - at ? size - 1 : at + (size_t)n;
}

enum err refuse_at(struct reader *r, const struct place *place, enum err err, const char *fmt, ...)
{
	char where[sizeof r->fault->place] = "";
	char text[sizeof r->fault->text];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	print_place(place, where, sizeof where);
	return fault_set(r->fault, err, where, "%s", text);
}

enum err refuse_string(struct reader *r, const struct place *place, const char *wanted, const char *s)
{
	char quoted[81];

	snprintf(quoted, sizeof quoted, "%s", s);
	utf8_cut(quoted);
	return refuse_at(r, place, ERR_VALUE, "not %s: \"%s\"%s", wanted, quoted, s[strlen(quoted)] ? "…" : "");
}

enum err refuse_type(struct reader *r, const struct place *place, enum json_type wanted, const struct json *value)
{
	return refuse_at(r, place, ERR_VALUE, "%s is expected, not %s", json_type_name(wanted),
			 json_type_name(json_type(value)));
}

static enum err no_memory(struct reader *r, const struct place *place)
{
	return refuse_at(r, place, ERR_MEMORY, "out of memory");
}

/* ---- values of any type: these three call each other as deep as the shapes go, which is fixed ---- */

static enum err read_field(struct reader *r, const struct field *f, const struct json *value, char *object,
			   const struct place *place);
static void write_field(struct buf *out, const struct field *f, const char *object);
static bool field_is_set(const struct field *f, const char *object);

/* ---- texts ---- */

static enum err read_texts(struct reader *r, const struct field *f, const struct json *value, struct texts *texts,
			   const struct place *place)
{
	if (json_type(value) != JSON_OBJECT)
		return refuse_type(r, place, JSON_OBJECT, value);
	size_t n = json_count(value);
	if (n == 0)
		return refuse_at(r, place, ERR_MISSING, "a text in at least one language is expected");
	if (n > LIMIT_LANGUAGES)
		return refuse_at(r, place, ERR_LIMIT, "%zu languages, at most %d are allowed", n, LIMIT_LANGUAGES);
	struct text *v = ARENA_ARRAY(r->arena, n, struct text);
	if (!v)
		return no_memory(r, place);
	*texts = (struct texts){ n, v };
	for (const struct json *child = json_first(value); child; child = json_next(child), v++) {
		const char *lang = json_key(child);
		if (!feed_is_language(lang))
			return refuse_string(r, place, "a language tag in lower case", lang);
		struct place here = { .up = place, .name = lang };
		v->lang = arena_strdup(r->arena, lang);
		if (!v->lang)
			return no_memory(r, &here);
		enum err err = feed_text_read(r, f, child, &v->s, &here);
		if (err)
			return err;
	}
	return OK;
}

static void write_texts(struct buf *out, const struct texts *texts)
{
	for (size_t i = 0; i < texts->n; i++) {
		buf_char(out, i ? ',' : '{');
		json_write_string(out, texts->v[i].lang);
		buf_char(out, ':');
		json_write_string(out, texts->v[i].s);
	}
	buf_char(out, '}');
}

/* ---- lists ---- */

static enum err read_list(struct reader *r, const struct field *f, const struct json *value, char *object,
			  const struct place *place)
{
	if (json_type(value) != JSON_LIST)
		return refuse_type(r, place, JSON_LIST, value);
	size_t n = json_count(value), i = 0;
	if (n > (size_t)f->max)
		return refuse_at(r, place, ERR_LIMIT, "%zu items, at most %d are allowed", n, f->max);
	if (n < (size_t)f->min)
		return refuse_at(r, place, ERR_MISSING, "empty");
	if (n == 0)
		return OK;
	char *items = arena_array(r->arena, n, f->size);
	if (!items)
		return no_memory(r, place);
	memcpy(object + f->at, &items, sizeof items);
	memcpy(object + f->has, &n, sizeof n);
	for (const struct json *child = json_first(value); child; child = json_next(child), i++) {
		struct place here = { .up = place, .index = i };
		enum err err = read_field(r, f->item, child, items + i * f->size, &here);
		if (err)
			return err;
	}
	return OK;
}

static size_t list_of(const struct field *f, const char *object, const char **items)
{
	size_t n;

	memcpy(&n, object + f->has, sizeof n);
	memcpy(items, object + f->at, sizeof *items);
	return n;
}

static void write_list(struct buf *out, const struct field *f, const char *object)
{
	const char *items;
	size_t n = list_of(f, object, &items);

	buf_char(out, '[');
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_char(out, ',');
		write_field(out, f->item, items + i * f->size);
	}
	buf_char(out, ']');
}

/* ---- objects ---- */

/* Where KEY's row is. Fields mostly come in the rows' order, so the search begins at HINT. */
static size_t find_row(const struct shape *shape, const char *key, size_t hint)
{
	for (size_t i = 0; i < shape->n; i++) {
		size_t at = hint + i < shape->n ? hint + i : hint + i - shape->n;
		if (strcmp(shape->fields[at].name, key) == 0)
			return at;
	}
	return shape->n;
}

static enum err read_object(struct reader *r, const struct shape *shape, const struct json *value, char *object,
			    const struct place *place)
{
	uint64_t seen = 0;
	size_t hint = 0;

	if (json_type(value) != JSON_OBJECT)
		return refuse_type(r, place, JSON_OBJECT, value);
	for (const struct json *child = json_first(value); child; child = json_next(child)) {
		size_t i = find_row(shape, json_key(child), hint);
		if (i == shape->n)
			continue;
		struct place here = { .up = place, .name = shape->fields[i].name };
		enum err err = read_field(r, &shape->fields[i], child, object, &here);
		if (err)
			return err;
		seen |= (uint64_t)1 << i;
		hint = i + 1;
	}
	for (size_t i = 0; i < shape->n; i++) {
		struct place here = { .up = place, .name = shape->fields[i].name };
		if (shape->fields[i].required && !(seen >> i & 1))
			return refuse_at(r, &here, ERR_MISSING, "missing");
	}
	return shape->finish ? shape->finish(r, object, place) : OK;
}

static void write_object(struct buf *out, const struct shape *shape, const char *object)
{
	bool first = true;

	buf_char(out, '{');
	for (size_t i = 0; i < shape->n; i++) {
		const struct field *f = &shape->fields[i];
		if (!f->required && !field_is_set(f, object))
			continue;
		buf_str(out, first ? "\"" : ",\"");
		buf_str(out, f->name);
		buf_str(out, "\":");
		write_field(out, f, object);
		first = false;
	}
	buf_char(out, '}');
}

static bool object_is_set(const struct shape *shape, const char *object)
{
	for (size_t i = 0; i < shape->n; i++)
		if (field_is_set(&shape->fields[i], object))
			return true;
	return false;
}

/* ---- any field ---- */

static enum err read_field(struct reader *r, const struct field *f, const struct json *value, char *object,
			   const struct place *place)
{
	enum err err;

	switch (f->type) {
	case FIELD_OBJECT:
		return read_object(r, f->shape, value, object + f->at, place);
	case FIELD_LIST:
		return read_list(r, f, value, object, place);
	case FIELD_TEXTS:
		return read_texts(r, f, value, (struct texts *)(void *)(object + f->at), place);
	default:
		err = feed_value_read(r, f, value, object + f->at, place);
		if (!err && f->has)
			*(bool *)(object + f->has) = true;
		return err;
	}
}

static void write_field(struct buf *out, const struct field *f, const char *object)
{
	switch (f->type) {
	case FIELD_OBJECT:
		write_object(out, f->shape, object + f->at);
		break;
	case FIELD_LIST:
		write_list(out, f, object);
		break;
	case FIELD_TEXTS:
		write_texts(out, (const struct texts *)(const void *)(object + f->at));
		break;
	default:
		feed_value_write(out, f, object + f->at);
	}
}

static bool field_is_set(const struct field *f, const char *object)
{
	const char *items;

	switch (f->type) {
	case FIELD_OBJECT:
		return object_is_set(f->shape, object + f->at);
	case FIELD_LIST:
		return list_of(f, object, &items) > 0;
	case FIELD_TEXTS:
		return ((const struct texts *)(const void *)(object + f->at))->n > 0;
	default:
		return f->has ? *(const bool *)(object + f->has) : feed_value_is_set(f, object + f->at);
	}
}

/* ---- the document ---- */

/* A feed of another version says so before anything in it is judged by this one's rules. */
static enum err read_format_first(struct reader *r, const struct json *root)
{
	const struct field *format = &feed_shape.fields[0];
	const struct json *value = json_get(root, format->name);
	struct place here = { .name = format->name };

	if (json_type(root) != JSON_OBJECT)
		return refuse_type(r, NULL, JSON_OBJECT, root);
	if (!value)
		return refuse_at(r, &here, ERR_MISSING, "missing");
	return feed_value_read(r, format, value, NULL, &here);
}

enum err feed_read(struct arena *arena, const char *bytes, size_t len, struct centre **out, struct fault *fault)
{
	struct fault ignored;
	struct reader r = { .arena = arena, .fault = fault ? fault : &ignored };
	struct json *root;
	enum err err = json_read(bytes, len, LIMIT_FEED_BYTES, &root, r.fault);

	if (err)
		return err;
	struct centre *centre = ARENA_NEW(arena, struct centre);
	err = centre ? read_format_first(&r, root) : no_memory(&r, NULL);
	if (!err)
		err = read_object(&r, &feed_shape, root, (char *)centre, NULL);
	json_del(root);
	if (!err)
		*out = centre;
	return err;
}

enum err feed_write(const struct centre *centre, struct buf *out)
{
	write_object(out, &feed_shape, (const char *)centre);
	return out->err;
}
