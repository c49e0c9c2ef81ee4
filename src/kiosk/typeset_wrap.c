/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/typeset_wrap.h"

#include <string.h>

#include "base/utf8.h"
#include "core/icu.h"

static const char ELLIPSIS[] = "\u2026";

/* Directional isolates (UAX 9, X5a to X6a) that are open at a line's beginning: each line is ordered by itself, so they
 * are closed at its end and opened again on the next. */
enum { ISOLATES_MAX = 16 };
struct isolates {
	size_t n;
	uint32_t codes[ISOLATES_MAX];
};

struct wrap {
	struct type *type;
	struct arena *arena; /* the lines' */
	const char *text;
	size_t len;
	const struct type_wish *wish;
	enum align align;
	int width;
	struct icu_breaks breaks;
	size_t next; /* the first break that is not behind the line's beginning */
	struct isolates open;
	size_t size; /* of out->lines */
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

static size_t decode(const struct wrap *w, size_t at, uint32_t *code)
{
	size_t n = utf8_decode(w->text + at, w->len - at, code);

	return n ? n : 1;
}

static bool is_space(uint32_t code)
{
	return code == ' ' || (code >= '\t' && code <= '\r') || code == 0x2028 || code == 0x2029 || code == 0x3000;
}

static size_t after_spaces(const struct wrap *w, size_t from, size_t to)
{
	uint32_t code;

	while (from < to) {
		size_t n = decode(w, from, &code);
		if (!is_space(code))
			break;
		from += n;
	}
	return from;
}

static bool is_blank(const struct wrap *w, size_t from, size_t to)
{
	return after_spaces(w, from, to) == to;
}

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

/* Spells the line from FROM to CUT into type->line: no soft hyphens, no spaces at either end, TAIL after the last word.
 */
static void spell(struct wrap *w, size_t from, struct cut cut)
{
	struct buf *out = &w->type->line;
	struct isolates open = w->open;
	size_t solid = 0; /* the length up to the last character that is no space */
	uint32_t code;

	buf_reset(out);
	for (size_t i = 0; i < open.n; i++)
		add_code(out, open.codes[i]);
	from = after_spaces(w, from, cut.to);
	solid = out->len;
	for (size_t at = from; at < cut.to;) {
		at += decode(w, at, &code);
		follow_isolates(&open, code);
		if (code == 0xAD || (code < 0x20 && code != '\t'))
			continue;
		add_code(out, code == '\t' ? ' ' : code);
		if (!is_space(code))
			solid = out->len;
	}
	if (out->bytes && buf_ok(out)) {
		out->len = solid;
		out->bytes[solid] = '\0';
	}
	buf_str(out, cut.tail);
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
	return err;
}

/* ---- where a line may end ---- */

/* The place that no line from FROM can reach: nothing on the wall is narrower than a fifth of an em on average. */
static size_t reach(const struct wrap *w, size_t from, size_t to)
{
	long most = 5L * w->width / (w->wish->font_px > 0 ? w->wish->font_px : 1) + 32;
	uint32_t code;

	while (from < to && most-- > 0)
		from += decode(w, from, &code);
	return from < to ? from : to;
}

/* Finds the last of N cuts that fits, or leaves *FOUND as N. Each longer cut is taken to be wider. */
static enum err widest(struct wrap *w, size_t from, const struct cut *cuts, size_t n, size_t *found)
{
	size_t low = 0, high = n;

	*found = n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		bool fit;
		enum err err = fits(w, from, cuts[middle], &fit);

		if (err)
			return err;
		if (fit) {
			*found = middle;
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return OK;
}

static bool is_figure(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_small(char c)
{
	return c >= 'a' && c <= 'z';
}

/* Where the word of ASCII that ends at TO begins. */
static size_t word_start(const struct wrap *w, size_t to)
{
	while (to > 0 && w->text[to - 1] > ' ')
		to--;
	return to;
}

/* True if all from FROM up to, not with, the last is of one KIND, and the last is a full stop. */
static bool is_shortened(const struct wrap *w, size_t from, size_t to, bool (*kind)(char c))
{
	if (to - from < 2 || to - from > 4 || w->text[to - 1] != '.')
		return false;
	while (from < to - 1 && kind(w->text[from]))
		from++;
	return from == to - 1;
}

/* "800 80 000", "kl. 11", "24. november", "1. etasje" are one thing each, though UAX 14 would part them. */
static bool parts_number(const struct wrap *w, size_t at)
{
	size_t end = at;

	while (end > 0 && w->text[end - 1] == ' ')
		end--;
	if (end == at || end == 0)
		return false;
	size_t from = word_start(w, end);
	if (is_figure(w->text[at]))
		return is_figure(w->text[end - 1]) || is_shortened(w, from, end, is_small);
	return is_small(w->text[at]) && is_shortened(w, from, end, is_figure);
}

static const char *tail_at(const struct wrap *w, size_t at)
{
	return at >= 2 && memcmp(w->text + at - 2, "\u00AD", 2) == 0 ? "-" : "";
}

static enum err cut_at_breaks(struct wrap *w, size_t from, size_t to, bool in_numbers, struct cut *out)
{
	size_t end = reach(w, from, to), n = 0, found;
	struct cut *cuts = ARENA_ARRAY(&w->type->breaks, end - from + 1, struct cut);

	if (!cuts)
		return out_of_memory(w);
	for (size_t i = w->next; i < w->breaks.n && w->breaks.at[i] < end; i++) {
		size_t at = w->breaks.at[i];

		if (at > from && !is_blank(w, from, at) && (in_numbers || !parts_number(w, at)))
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
		size_t n = decode(w, at, &code);
		if (is_space(code))
			return at;
		at += n;
	}
	return to;
}

static bool is_letter(uint32_t code)
{
	char script[5];

	icu_script(code, script);
	return strcmp(script, "Zyyy") != 0 && strcmp(script, "Zinh") != 0;
}

/* Cuts off the quotes and commas around a word. */
static void trim_word(const struct wrap *w, size_t *from, size_t *to)
{
	uint32_t code;
	size_t end = *from;

	while (*from < *to) {
		size_t n = decode(w, *from, &code);
		if (is_letter(code))
			break;
		*from += n;
	}
	for (size_t at = *from; at < *to;) {
		at += decode(w, at, &code);
		if (is_letter(code) || icu_is_invisible(code))
			end = at;
	}
	*to = end > *from ? end : *from;
}

static enum err cut_at_hyphens(struct wrap *w, size_t line, size_t to, struct cut *out)
{
	size_t from = line, n = 0, found;

	trim_word(w, &from, &to);
	size_t len = to - from;
	bool *may = ARENA_ARRAY(&w->type->breaks, len + 1, bool);
	struct cut *cuts = ARENA_ARRAY(&w->type->breaks, len + 1, struct cut);
	if (!may || !cuts)
		return out_of_memory(w);
	enum err err = hyphen_points(w->type->hyphen, w->wish->lang, w->text + from, len, may, &w->type->fault);
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

/* True if CODE belongs to the character before it: an accent, a joiner, what follows a joiner, a skin colour. */
static bool is_bound(uint32_t before, uint32_t code)
{
	char script[5];

	icu_script(code, script);
	return strcmp(script, "Zinh") == 0 || before == 0x200D || (code >= 0x1F3FB && code <= 0x1F3FF) ||
	       (code != 0xAD && icu_is_invisible(code));
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
		size_t length = decode(w, at, &code);

		if (at > from && !is_bound(before, code))
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

/* "post@example.no", "example.no/n/7F3K2": what a hyphen would be read as part of. AT is anywhere in it. */
static bool is_address(const struct wrap *w, size_t at)
{
	size_t from = at, to = at;

	while (from > 0 && !is_space((unsigned char)w->text[from - 1]))
		from--;
	while (to < w->len && !is_space((unsigned char)w->text[to]))
		to++;
	for (size_t i = from; i < to; i++) {
		char c = w->text[i];

		if (c == '@' || ((c == '.' || c == '/') && i > from && i + 1 < to))
			return true;
	}
	return false;
}

static bool is_alphabetic(const struct wrap *w, size_t from, size_t to)
{
	uint32_t code;

	while (from < to) {
		from += decode(w, from, &code);
		if (code >= 0x590 || (!is_letter(code) && !icu_is_invisible(code)))
			return false;
	}
	return true;
}

/* A word too wide for a whole line: patterns, then anywhere. */
static enum err cut_word(struct wrap *w, size_t from, size_t to, struct cut *out)
{
	/* A cut word leaves the space behind it to the next line. */
	size_t word = after_spaces(w, from, to), end = word_end(w, word, to);
	bool address = is_address(w, word);
	enum err err = address ? OK : cut_at_hyphens(w, word, end, out);
	const char *tail = !address && is_alphabetic(w, word, end) ? "-" : "";

	if (!err && !out->to)
		err = cut_anywhere(w, word, reach(w, word, end), tail, out);
	return err;
}

static enum err find_cut(struct wrap *w, size_t from, size_t to, struct cut *out)
{
	bool whole = false;
	enum err err = OK;

	*out = (struct cut){ .tail = "" };
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

		at += decode(w, at, &code);
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
	return w->len;
}

static enum err add_lines(struct wrap *w, size_t max_lines)
{
	for (size_t from = 0; !is_blank(w, from, w->len);) {
		size_t to = paragraph_end(w, from);
		struct cut cut;
		enum err err = find_cut(w, from, to, &cut);

		if (err)
			return err;
		if (w->out->n_lines + 1 == max_lines && !is_blank(w, cut.to, w->len))
			return add_last_line(w, from, to);
		err = add_line(w, from, cut);
		if (err)
			return err;
		from = cut.to;
	}
	return OK;
}

enum err type_wrap(struct type *type, struct arena *arena, const char *text, const struct type_wish *wish,
		   enum align align, int width, size_t max_lines, struct type_block *out)
{
	struct wrap w = { .type = type,
			  .arena = arena,
			  .text = text,
			  .len = strlen(text),
			  .wish = wish,
			  .align = align,
			  .width = width > 0 ? width : 0,
			  .out = out };

	*out = (struct type_block){ 0 };
	if (!utf8_is_valid(text, w.len))
		return fault_set(&type->fault, ERR_SYNTAX, "text", "is not UTF-8");
	if (is_blank(&w, 0, w.len))
		return OK;
	if (!strpbrk(text, "\n\r\v\f") && !strstr(text, "\u2028") && !strstr(text, "\u2029") &&
	    reach(&w, 0, w.len) == w.len) {
		bool whole;
		enum err err = fits(&w, 0, (struct cut){ w.len, "" }, &whole);
		if (err || whole)
			return err ? err : add_line(&w, 0, (struct cut){ w.len, "" });
	}
	arena_reset(&type->breaks);
	if (icu_line_breaks(&type->breaks, wish->lang ? wish->lang : "", text, w.len, &w.breaks))
		return out_of_memory(&w);
	return add_lines(&w, max_lines);
}
