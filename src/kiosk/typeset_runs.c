/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/utf8.h"
#include "core/icu.h"
#include "kiosk/typeset.h"

/* A character on its way into a run. */
struct letter {
	uint32_t code;
	char script[5];
	bool mark;         /* goes with the one before: an accent, a joiner */
	bool neutral;      /* no script of its own: a space, a comma, an emoji */
	struct face *face; /* NULL: not drawn */
};

struct parting {
	struct type *type;
	const struct type_wish *wish;
	size_t n; /* letters */
	struct letter *letters;
	bool rtl;           /* of the stretch that is parted */
	char own_script[5]; /* the newest script that was asked for, and its family's face */
	struct face *own;
	struct type_runs *out;
};

enum { UNKNOWN_LETTER = 0x25AF }; /* a box that Noto Sans Symbols 2 has */

static bool is_figure(uint32_t code)
{
	return code >= '0' && code <= '9';
}

static bool is_plain_letter(uint32_t code)
{
	return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
}

/* U+200C and U+200D shape the letters beside them; all else that is not drawn goes. */
static bool is_joiner(uint32_t code)
{
	return code == 0x200C || code == 0x200D;
}

static bool is_left_out(uint32_t code)
{
	return (icu_is_invisible(code) && !is_joiner(code)) || (code >= 0xFE00 && code <= 0xFE0F);
}

static enum err out_of_memory(struct type *type)
{
	return fault_set(&type->fault, ERR_MEMORY, "text", "%s", err_cause(ERR_MEMORY));
}

static void decode(struct parting *p, const char *text, size_t len)
{
	p->n = 0;
	for (size_t at = 0, n; at < len; at += n) {
		struct letter *letter = &p->letters[p->n];

		n = utf8_decode(text + at, len - at, &letter->code);
		if (n == 0)
			return;
		letter->face = NULL;
		if (letter->code < 0x7F && letter->code >= ' ') {
			/* Figures look the same in every language on the wall, and beside each other. */
			bool common = !is_figure(letter->code) && !is_plain_letter(letter->code);
			memcpy(letter->script, common ? "Zyyy" : "Latn", 5);
		} else if (is_left_out(letter->code)) {
			continue;
		} else {
			icu_script(letter->code, letter->script);
		}
		letter->mark = strcmp(letter->script, "Zinh") == 0 || is_joiner(letter->code);
		letter->neutral = letter->mark || strcmp(letter->script, "Zyyy") == 0;
		p->n++;
	}
}

/* UAX 24: what has no script of its own takes that of what stands before it, at the beginning of what follows. */
static void settle_scripts(struct parting *p)
{
	const char *last = "Latn";

	for (size_t i = 0; i < p->n; i++) {
		if (!p->letters[i].neutral) {
			last = p->letters[i].script;
			break;
		}
	}
	for (size_t i = 0; i < p->n; i++) {
		if (p->letters[i].neutral)
			memcpy(p->letters[i].script, last, 5);
		else
			last = p->letters[i].script;
	}
}

static enum err face_for(struct parting *p, const struct letter *letter, struct face **out)
{
	const struct type_wish *wish = p->wish;
	struct type *type = p->type;

	*out = NULL;
	if (!p->own || memcmp(p->own_script, letter->script, 4) != 0) {
		size_t family = fonts_family(type->fonts, wish->lang, letter->script);
		enum err err = fonts_face(type->fonts, family, wish->weight, wish->font_px, &p->own, &type->fault);

		if (err)
			return err;
		memcpy(p->own_script, letter->script, sizeof(p->own_script));
	}
	*out = p->own;
	if (face_has(p->own, letter->code))
		return OK;
	return fonts_face_with(type->fonts, letter->code, wish->weight, wish->font_px, out, &type->fault);
}

/* An accent stays with its letter: in that letter's font, or both in one that has both, or it goes. */
static enum err settle_mark(struct parting *p, struct letter *mark, struct letter *base)
{
	struct face *face;

	if (!base || !base->face)
		return OK;
	if (is_joiner(mark->code) || face_has(base->face, mark->code)) {
		mark->face = base->face;
		return OK;
	}
	enum err err =
		fonts_face_with(p->type->fonts, mark->code, p->wish->weight, p->wish->font_px, &face, &p->type->fault);
	if (err || !face || !face_has(face, base->code))
		return err;
	base->face = face;
	mark->face = face;
	return OK;
}

static enum err settle_letter(struct parting *p, struct letter *letter, const struct letter *before)
{
	if (before && before->face && letter->neutral && face_has(before->face, letter->code)) {
		letter->face = before->face;
		return OK;
	}
	enum err err = face_for(p, letter, &letter->face);
	if (err || letter->face || letter->neutral)
		return err;
	letter->code = UNKNOWN_LETTER;
	return face_for(p, letter, &letter->face);
}

static enum err settle_faces(struct parting *p)
{
	struct letter *base = NULL;

	for (size_t i = 0; i < p->n; i++) {
		struct letter *letter = &p->letters[i];
		enum err err = letter->mark ? settle_mark(p, letter, base) : settle_letter(p, letter, base);

		if (err)
			return err;
		if (!letter->mark)
			base = letter;
	}
	return OK;
}

static bool is_solo(const struct parting *p, const struct letter *letter)
{
	return p->wish->tabular && is_figure(letter->code);
}

/* The letter after the last of the run that begins at FROM. */
static size_t run_end(const struct parting *p, size_t from)
{
	const struct letter *first = &p->letters[from];
	size_t to = from + 1;

	if (is_solo(p, first))
		return to;
	for (; to < p->n; to++) {
		const struct letter *letter = &p->letters[to];

		if (letter->face && (letter->face != first->face || is_solo(p, letter) ||
				     memcmp(letter->script, first->script, 4) != 0))
			break;
	}
	return to;
}

static enum err add_run(struct parting *p, size_t from, size_t to)
{
	struct type *type = p->type;
	struct type_run *run = &p->out->v[p->out->n];
	char *text = arena_alloc(&type->runs, (to - from) * 4 + 1);
	size_t len = 0;

	if (!text)
		return out_of_memory(type);
	for (size_t i = from; i < to; i++) {
		if (p->letters[i].face)
			len += utf8_encode(p->letters[i].code, text + len);
	}
	*run = (struct type_run){ .text = text,
				  .rtl = p->rtl,
				  .face = p->letters[from].face,
				  .weight = p->wish->weight,
				  .font_px = p->wish->font_px };
	memcpy(run->script, p->letters[from].script, sizeof(run->script));
	enum err err = type_cache_width(type->cache, run, &run->w, &type->fault);
	p->out->n++;
	return err;
}

static enum err add_runs(struct parting *p)
{
	size_t first = p->out->n;

	for (size_t from = 0, to; from < p->n; from = to) {
		to = from + 1;
		if (!p->letters[from].face)
			continue;
		to = run_end(p, from);
		enum err err = add_run(p, from, to);
		if (err)
			return err;
	}
	if (!p->rtl || p->out->n == first)
		return OK;
	for (size_t i = first, j = p->out->n - 1; i < j; i++, j--) {
		struct type_run run = p->out->v[i];
		p->out->v[i] = p->out->v[j];
		p->out->v[j] = run;
	}
	return OK;
}

/* SDL_ttf hands no OpenType features on to HarfBuzz, so Inter's tnum is out of reach: figures of one width are figures
 * each in the middle of a cell as wide as the widest. */
static void place(struct parting *p)
{
	int x = 0;

	for (size_t i = 0; i < p->out->n; i++) {
		struct type_run *run = &p->out->v[i];
		int cell = p->wish->tabular && is_figure((unsigned char)run->text[0]) ? face_figure(run->face) : run->w;

		run->x = x + (cell - run->w) / 2;
		x += cell;
	}
	p->out->w = x;
}

static enum err part_line(struct parting *p, const char *line)
{
	struct type *type = p->type;
	size_t len = strlen(line);
	struct icu_runs stretches;

	arena_reset(&type->runs);
	if (icu_bidi_runs(&type->runs, line, len, p->wish->rtl, &stretches))
		return out_of_memory(type);
	p->letters = ARENA_ARRAY(&type->runs, len + 1, struct letter);
	p->out->v = ARENA_ARRAY(&type->runs, len + 1, struct type_run);
	if (!p->letters || !p->out->v)
		return out_of_memory(type);
	for (size_t i = 0; i < stretches.n; i++) {
		p->rtl = stretches.v[i].rtl;
		decode(p, line + stretches.v[i].from, stretches.v[i].to - stretches.v[i].from);
		settle_scripts(p);
		enum err err = settle_faces(p);
		if (!err)
			err = add_runs(p);
		if (err)
			return err;
	}
	place(p);
	return OK;
}

enum err type_runs(struct type *type, const char *line, const struct type_wish *wish, struct type_runs *out)
{
	struct parting p = { .type = type, .wish = wish, .out = out };

	*out = (struct type_runs){ 0 };
	if (lines_take(&type->lines, line, wish, out))
		return OK;
	enum err err = part_line(&p, line);
	if (!err)
		lines_keep(&type->lines, line, wish, out);
	return err;
}
