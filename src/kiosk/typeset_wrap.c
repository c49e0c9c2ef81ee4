/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/typeset_wrap.h"

#include <string.h>
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "core/icu.h"
#include "kiosk/typeset_passage.h"

static const char ELLIPSIS[] = "\u2026";

/* Directional isolates (UAX 9, X5a to X6a) that are open at a line's beginning: each line is ordered by itself, so they
 * are closed at its end and opened again on the next. */
enum { ISOLATES_MAX = 16 };
struct isolates {
	size_t n;
	uint32_t codes[ISOLATES_MAX];
};

/* What the line is wide as far as TO. */
struct mark {
	size_t to;
	int w;
};

struct wrap {
	struct type *type;
	struct arena *arena; /* the lines' */
	struct passage passage;
	const struct type_wish *wish;
	enum align align;
	int width;
	struct icu_breaks breaks;
	size_t next; /* the first break that is not behind the line's beginning */
	struct isolates open;
	struct mark too_wide; /* the newest that did not fit */
	size_t size;          /* of out->lines */
	struct type_block *out;
};

/* Where a line may end and what is added there. */
struct cut {
	size_t to;
	const char *tail;
};

static enum err out_of_memory(struct wrap *w)
{
	return fault_set(&w->type->fault, ERR_MEMORY, "text", "%s", err_cause(ERR_MEMORY));
}

/* ---- what stands in a line ---- */

static void follow_isolates(struct isolates *open, uint32_t code)
{
	if (code >= 0x2066 && code <= 0x2068 && open->n < ISOLATES_MAX)
		open->codes[open->n++] = code;
	else if (code == 0x2069 && open->n > 0)
		open->n--;
}

static void add_code(struct buf *out, uint32_t code)
{
	char bytes[4];

	buf_add(out, bytes, utf8_encode(code, bytes));
}

/* What way CODE goes by itself, or, if it goes none, as it was BEFORE. */
static bool goes_left(uint32_t code, bool before)
{
	UCharDirection way = u_charDirection((UChar32)code);

	return way == U_RIGHT_TO_LEFT || way == U_RIGHT_TO_LEFT_ARABIC || (before && way != U_LEFT_TO_RIGHT);
}

/* A hyphen or an ellipsis goes the way of the word before it, not that of the page: U+200E or U+200F says so. */
static void add_tail(struct wrap *w, const char *tail, bool left)
{
	buf_str(&w->type->line, tail);
	if (*tail && left != w->wish->rtl)
		add_code(&w->type->line, left ? 0x200F : 0x200E);
}

/* Spells the line from FROM to CUT into type->line: no soft hyphens, no spaces at either end, TAIL after the last word.
 */
static void spell(struct wrap *w, size_t from, struct cut cut)
{
	struct buf *out = &w->type->line;
	struct isolates open = w->open;
	size_t solid = 0; /* the length up to the last character that is no space */
	bool left = w->wish->rtl;
	uint32_t code;

	buf_reset(out);
	for (size_t i = 0; i < open.n; i++)
		add_code(out, open.codes[i]);
	from = passage_after_spaces(&w->passage, from, cut.to);
	solid = out->len;
	for (size_t at = from; at < cut.to;) {
		at += passage_decode(&w->passage, at, &code);
		follow_isolates(&open, code);
		if (code == 0xAD || (code < 0x20 && code != '\t'))
			continue;
		add_code(out, code == '\t' ? ' ' : code);
		left = goes_left(code, left);
		if (!code_is_space(code))
			solid = out->len;
	}
	if (out->bytes && buf_ok(out)) {
		out->len = solid;
		out->bytes[solid] = '\0';
	}
	add_tail(w, cut.tail, left);
	for (size_t i = 0; i < open.n; i++)
		add_code(out, 0x2069);
}

static enum err measure(struct wrap *w, size_t from, struct cut cut, struct type_runs *runs)
{
	spell(w, from, cut);
	if (!buf_ok(&w->type->line))
		return fault_set(&w->type->fault, w->type->line.err, "text", "%s", err_cause(w->type->line.err));
	return type_runs(w->type, buf_text(&w->type->line), w->wish, runs);
}

static enum err fits(struct wrap *w, size_t from, struct cut cut, bool *out)
{
	struct type_runs runs = { 0 };
	enum err err = measure(w, from, cut, &runs);

	*out = !err && runs.w <= w->width;
	if (!err && !*out)
		w->too_wide = (struct mark){ cut.to, runs.w };
	return err;
}

/* ---- where a line may end ---- */

/* The place that no line from FROM can reach: nothing on the wall is narrower than a fifth of an em on average. */
static size_t reach(const struct wrap *w, size_t from, size_t to)
{
	long most = 5L * w->width / (w->wish->font_px > 0 ? w->wish->font_px : 1) + 32;
	uint32_t code;

	while (from < to && most-- > 0)
		from += passage_decode(&w->passage, from, &code);
	return from < to ? from : to;
}

/* The last of the cuts from LOW up to, not with, HIGH that ought to fit: width grows nearly with the letters between
 * FITTING and WIDE. Shaping a line to measure it is what wrapping costs. */
static size_t likely(const struct wrap *w, const struct cut *cuts, size_t low, size_t high, struct mark fitting,
		     struct mark wide)
{
	double grows = (double)(wide.w - fitting.w), letters = (double)wide.to - (double)fitting.to;
	double to = (double)fitting.to + letters * (double)(w->width - fitting.w) / grows;

	while (high - low > 1 && (double)cuts[high - 1].to > to)
		high--;
	return high - 1;
}

/* Finds the last of N cuts that fits, or leaves *FOUND as N. Each longer cut is taken to be wider. */
static enum err widest(struct wrap *w, size_t from, const struct cut *cuts, size_t n, size_t *found)
{
	enum { GUESSES = 4 }; /* then by halves */
	size_t low = 0, high = n;
	struct mark fitting = { from, 0 }, wide = w->too_wide;

	*found = n;
	for (int i = 0; low < high; i++) {
		bool guess = i < GUESSES && wide.w > fitting.w && wide.to > fitting.to;
		size_t at = guess ? likely(w, cuts, low, high, fitting, wide) : low + (high - low) / 2;
		struct type_runs runs = { 0 };
		enum err err = measure(w, from, cuts[at], &runs);

		if (err)
			return err;
		if (runs.w <= w->width) {
			*found = at;
			low = at + 1;
			fitting = (struct mark){ cuts[at].to, runs.w };
		} else {
			high = at;
			wide = (struct mark){ cuts[at].to, runs.w };
		}
	}
	return OK;
}

static const char *tail_at(const struct wrap *w, size_t at)
{
	return at >= 2 && memcmp(w->passage.text + at - 2, "\u00AD", 2) == 0 ? "-" : "";
}

static enum err cut_at_breaks(struct wrap *w, size_t from, size_t to, bool in_numbers, struct cut *out)
{
	size_t end = reach(w, from, to), n = 0, found;
	struct cut *cuts = ARENA_ARRAY(&w->type->breaks, end - from + 1, struct cut);

	if (!cuts)
		return out_of_memory(w);
	for (size_t i = w->next; i < w->breaks.n && w->breaks.at[i] < end; i++) {
		size_t at = w->breaks.at[i];

		if (at > from && !passage_is_blank(&w->passage, from, at) &&
		    (in_numbers || !passage_parts_number(&w->passage, at)))
			cuts[n++] = (struct cut){ at, tail_at(w, at) };
	}
	enum err err = widest(w, from, cuts, n, &found);
	if (!err && found < n)
		*out = cuts[found];
	return err;
}

/* The end of the word that begins at FROM, without the spaces behind it. */
static size_t word_end(const struct wrap *w, size_t from, size_t to)
{
	uint32_t code;

	for (size_t i = w->next; i < w->breaks.n; i++) {
		if (w->breaks.at[i] > from && w->breaks.at[i] < to) {
			to = w->breaks.at[i];
			break;
		}
	}
	for (size_t at = from; at < to;) {
		size_t n = passage_decode(&w->passage, at, &code);
		if (code_is_space(code))
			return at;
		at += n;
	}
	return to;
}

static enum err cut_at_hyphens(struct wrap *w, size_t line, size_t to, struct cut *out)
{
	size_t from = line, n = 0, found;

	passage_trim_word(&w->passage, &from, &to);
	size_t len = to - from;
	/* Asked again for what is left of it at each line, in an arena that is only emptied after the last one. */
	if (len > HYPHEN_WORD_BYTES)
		return OK;
	bool *may = ARENA_ARRAY(&w->type->breaks, len + 1, bool);
	struct cut *cuts = ARENA_ARRAY(&w->type->breaks, len + 1, struct cut);
	if (!may || !cuts)
		return out_of_memory(w);
	enum err err = hyphen_points(w->type->hyphen, w->wish->lang, w->passage.text + from, len, may, &w->type->fault);
	for (size_t i = 1; i < len; i++) {
		if (may[i])
			cuts[n++] = (struct cut){ from + i, "-" };
	}
	if (!err)
		err = widest(w, line, cuts, n, &found);
	if (!err && found < n)
		*out = cuts[found];
	return err;
}

/* Between any two characters, each cut with TAIL. */
static enum err cut_anywhere(struct wrap *w, size_t from, size_t to, const char *tail, struct cut *out)
{
	struct cut *cuts = ARENA_ARRAY(&w->type->breaks, to - from + 1, struct cut);
	uint32_t before = 0, code = 0;
	size_t n = 0, found;

	if (!cuts)
		return out_of_memory(w);
	for (size_t at = from; at < to; before = code) {
		size_t length = passage_decode(&w->passage, at, &code);

		if (at > from && !code_is_bound(before, code))
			cuts[n++] = (struct cut){ at, tail };
		at += length;
	}
	cuts[n++] = (struct cut){ to, tail };
	enum err err = widest(w, from, cuts, n, &found);
	if (!err)
		*out = cuts[found < n ? found : 0];
	if (!err && found == n)
		w->out->truncated = true;
	return err;
}

/* A word too wide for a whole line: patterns, then anywhere. */
static enum err cut_word(struct wrap *w, size_t from, size_t to, struct cut *out)
{
	/* A cut word leaves the space behind it to the next line. */
	size_t word = passage_after_spaces(&w->passage, from, to), end = word_end(w, word, to);
	bool address = passage_is_address(&w->passage, word);
	enum err err = address ? OK : cut_at_hyphens(w, word, end, out);
	const char *tail = !address && passage_is_alphabetic(&w->passage, word, end) ? "-" : "";

	if (!err && !out->to)
		err = cut_anywhere(w, word, reach(w, word, end), tail, out);
	return err;
}

static enum err find_cut(struct wrap *w, size_t from, size_t to, struct cut *out)
{
	bool whole = false;
	enum err err = OK;

	*out = (struct cut){ .tail = "" };
	w->too_wide = (struct mark){ 0 };
	if (reach(w, from, to) == to)
		err = fits(w, from, (struct cut){ to, "" }, &whole);
	if (whole)
		*out = (struct cut){ to, "" };
	if (!err && !out->to)
		err = cut_at_breaks(w, from, to, false, out);
	if (!err && !out->to)
		err = cut_at_breaks(w, from, to, true, out);
	if (!err && !out->to)
		err = cut_word(w, from, to, out);
	return err;
}

/* ---- lines ---- */

static enum err grow(struct wrap *w)
{
	struct line *lines;

	if (w->out->n_lines < w->size)
		return OK;
	w->size = w->size ? w->size * 2 : 4;
	lines = ARENA_ARRAY(w->arena, w->size, struct line);
	if (!lines)
		return out_of_memory(w);
	if (w->out->n_lines > 0)
		memcpy(lines, w->out->lines, w->out->n_lines * sizeof(*lines));
	w->out->lines = lines;
	return OK;
}

static int aligned(const struct wrap *w, int line_w)
{
	int room = w->width - line_w;

	return w->align == ALIGN_CENTRE ? room / 2 : w->align == ALIGN_END ? room : 0;
}

/* The line box as the language has it, made taller where a run's ink asks for it. */
static enum err line_height(struct wrap *w, const struct type_runs *runs, int *above, int *h)
{
	enum err err = type_line_box(w->type, w->wish, h, above);
	int below = *h - *above;

	for (size_t i = 0; i < runs->n && !err; i++) {
		struct type_ink ink = { 0 };

		err = type_cache_ink(w->type->cache, &runs->v[i], &ink, &w->type->fault);
		*above = ink.above > *above ? ink.above : *above;
		below = ink.below > below ? ink.below : below;
	}
	*h = *above + below;
	return err;
}

static enum err add_line(struct wrap *w, size_t from, struct cut cut)
{
	struct type_runs runs = { 0 };
	int above = 0, h = 0;
	enum err err = measure(w, from, cut, &runs);

	if (!err)
		err = line_height(w, &runs, &above, &h);
	if (!err)
		err = grow(w);
	if (err)
		return err;
	struct line *line = &w->out->lines[w->out->n_lines];
	line->text = arena_copy(w->arena, buf_text(&w->type->line), w->type->line.len);
	if (!line->text)
		return out_of_memory(w);
	line->x = aligned(w, runs.w);
	line->w = runs.w;
	line->baseline = w->out->h + above;
	w->out->n_lines++;
	w->out->h += h;
	w->out->w = runs.w > w->out->w ? runs.w : w->out->w;
	for (size_t at = from; at < cut.to;) {
		uint32_t code;

		at += passage_decode(&w->passage, at, &code);
		follow_isolates(&w->open, code);
	}
	return OK;
}

static enum err add_last_line(struct wrap *w, size_t from, size_t to)
{
	struct cut cut = { from, ELLIPSIS };
	enum err err = cut_anywhere(w, from, reach(w, from, to), ELLIPSIS, &cut);

	w->out->truncated = true;
	return err ? err : add_line(w, from, cut);
}

static size_t paragraph_end(struct wrap *w, size_t from)
{
	while (w->next < w->breaks.n && w->breaks.at[w->next] <= from)
		w->next++;
	for (size_t i = w->next; i < w->breaks.n; i++) {
		if (w->breaks.must[i])
			return w->breaks.at[i];
	}
	return w->passage.len;
}

static enum err add_lines(struct wrap *w, size_t max_lines)
{
	for (size_t from = 0; !passage_is_blank(&w->passage, from, w->passage.len);) {
		size_t to = paragraph_end(w, from);
		struct cut cut;
		enum err err = find_cut(w, from, to, &cut);

		if (err)
			return err;
		if (w->out->n_lines + 1 == max_lines && !passage_is_blank(&w->passage, cut.to, w->passage.len))
			return add_last_line(w, from, to);
		err = add_line(w, from, cut);
		if (err)
			return err;
		from = cut.to;
	}
	return OK;
}

enum err type_wrap(struct type *type, struct arena *arena, const struct block_wish *wish, struct type_block *out)
{
	const char *text = wish->text, *lang = wish->type.lang;
	struct wrap w = { .type = type,
			  .arena = arena,
			  .passage = { text, strlen(text) },
			  .wish = &wish->type,
			  .align = wish->align,
			  .width = wish->width > 0 ? wish->width : 0,
			  .out = out };

	*out = (struct type_block){ 0 };
	if (!utf8_is_valid(text, w.passage.len))
		return fault_set(&type->fault, ERR_SYNTAX, "text", "is not UTF-8");
	if (passage_is_blank(&w.passage, 0, w.passage.len))
		return OK;
	if (!strpbrk(text, "\n\r\v\f") && !strstr(text, "\u2028") && !strstr(text, "\u2029") &&
	    reach(&w, 0, w.passage.len) == w.passage.len) {
		bool whole;
		enum err err = fits(&w, 0, (struct cut){ w.passage.len, "" }, &whole);
		if (err || whole)
			return err ? err : add_line(&w, 0, (struct cut){ w.passage.len, "" });
	}
	arena_reset(&type->breaks);
	if (icu_line_breaks(&type->breaks, lang ? lang : "", text, w.passage.len, &w.breaks))
		return out_of_memory(&w);
	return add_lines(&w, wish->max_lines);
}
