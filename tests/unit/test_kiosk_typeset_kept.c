/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the typesetter keeps of what it made before, and what it makes of the
 * screen's own words in every language. */
#include "base/utf8.h"
#include "core/icu.h"
#include "core/lang.h"
#include "kiosk_typesetter.h"

static struct type_block set(struct type *by, const struct wording *words, int width)
{
	struct type_style style = { words->font_px, words->weight, words->align, words->tabular };
	struct type_block block;

	assert_int_equal(by->setter.set(by, &arena, words->text, words->lang, words->rtl, &style, width,
					words->max_lines, &block),
			 OK);
	return block;
}

static bool same(const struct type_block *a, const struct type_block *b)
{
	if (a->n_lines != b->n_lines || a->w != b->w || a->h != b->h || a->truncated != b->truncated)
		return false;
	for (size_t i = 0; i < a->n_lines; i++) {
		const struct line *x = &a->lines[i], *y = &b->lines[i];
		if (x->x != y->x || x->w != y->w || x->baseline != y->baseline || strcmp(x->text, y->text) != 0)
			return false;
	}
	return true;
}

/* ---- what is kept ---- */

static const char TURN[] = "Vil du gå en tur med Astrid? Vi møtes ved hovedinngangen kl. 11.00, og går langs elva.";

/* Each of these is another paragraph than the first, though the words are the same. */
static void what_is_kept_is_what_would_be_made(void **state)
{
	static const struct {
		struct wording words;
		int width;
	} asked[] = {
		{ { .text = TURN, .lang = "nb", .font_px = 38 }, 500 },
		{ { .text = TURN, .lang = "nb", .font_px = 38 }, 460 },
		{ { .text = TURN, .lang = "nb", .font_px = 38, .align = ALIGN_END }, 500 },
		{ { .text = TURN, .lang = "nb", .font_px = 38, .max_lines = 2 }, 500 },
		{ { .text = TURN, .lang = "nb", .font_px = 38, .tabular = true }, 500 },
		{ { .text = TURN, .lang = "nb", .font_px = 38, .weight = WEIGHT_BOLD }, 500 },
		{ { .text = TURN, .lang = "nb", .font_px = 44 }, 500 },
		{ { .text = TURN, .lang = "ur", .font_px = 38 }, 500 },
		{ { .text = TURN, .lang = "nb", .font_px = 38, .rtl = true, .max_lines = 2 }, 500 },
	};
	enum { N = sizeof(asked) / sizeof(asked[0]) };
	struct type_block first[N];

	(void)state;
	for (size_t i = 0; i < N; i++)
		first[i] = set(&type, &asked[i].words, asked[i].width);
	for (size_t i = 1; i < N; i++)
		assert_false(same(&first[0], &first[i]));
	for (size_t i = 0; i < N; i++) {
		struct type fresh;
		struct type_block again = set(&type, &asked[i].words, asked[i].width);

		assert_int_equal(typesetter_start(&fresh, &fault), OK);
		struct type_block alone = set(&fresh, &asked[i].words, asked[i].width);
		assert_true(same(&first[i], &again));
		assert_true(same(&first[i], &alone));
		assert_ptr_not_equal(first[i].lines[0].text, again.lines[0].text); /* each its arena's own */
		type_free(&fresh);
	}
}

/* The face's place is given to others meanwhile; a line that is kept must not be drawn in their font. */
static void lines_outlive_their_faces(void **state)
{
	struct type_wish wish = { .lang = "nb", .font_px = 38 };
	struct type_runs runs;
	struct face *face;

	(void)state;
	assert_int_equal(type_runs(&type, "Sangstund i Peisestua", &wish, &runs), OK);
	uint32_t id = face_id(runs.v[0].face);
	int w = runs.w;
	for (int px = 300; px < 300 + FACES_KEPT + 20; px++)
		assert_int_equal(fonts_face(type.fonts, 0, WEIGHT_REGULAR, px, &face, &fault), OK);
	assert_int_equal(type_runs(&type, "Sangstund i Peisestua", &wish, &runs), OK);
	assert_true(face_is(runs.v[0].face, id));
	assert_int_equal(runs.w, w);
}

static void what_is_kept_is_bounded(void **state)
{
	char text[900];

	(void)state;
	for (int i = 0; i < 4000; i++) {
		struct wording words = { .text = text, .lang = "nb", .font_px = 30 };

		snprintf(text, sizeof(text), "%d %s %s", i, TURN, TURN);
		set(&type, &words, 2000);
		arena_reset(&arena);
		assert_in_range(type.blocks.bytes, 1, TYPE_BLOCKS_BYTES);
		assert_in_range(type.lines.bytes, 1, TYPE_LINES_BYTES);
	}
	assert_true(type.blocks.bytes > TYPE_BLOCKS_BYTES / 2);
	assert_true(type.lines.bytes > TYPE_LINES_BYTES / 2);
}

/* ---- the screen's own words ---- */

static void look_for_glyphs(const char *text, const struct type_wish *wish)
{
	struct type_runs runs;
	size_t drawn = 0, wanted = 0;
	uint32_t code;

	assert_int_equal(type_runs(&type, text, wish, &runs), OK);
	for (size_t r = 0; r < runs.n; r++) {
		const char *run = runs.v[r].text;

		for (size_t at = 0, len = strlen(run); at < len;) {
			at += utf8_decode(run + at, len - at, &code);
			assert_int_not_equal(code, 0x25AF);
			assert_true(face_has(runs.v[r].face, code) || code == 0x200C || code == 0x200D);
			drawn += code != 0x200C && code != 0x200D;
		}
	}
	for (size_t at = 0, len = strlen(text); at < len;) {
		at += utf8_decode(text + at, len - at, &code);
		wanted += !icu_is_invisible(code);
	}
	if (drawn != wanted)
		print_error("%s: \"%s\": %zu of %zu characters\n", wish->lang, text, drawn, wanted);
	assert_int_equal(drawn, wanted);
}

static void every_text_of_every_language_has_its_glyphs(void **state)
{
	(void)state;
	assert_true(lang_count() >= 20);
	for (size_t i = 0; i < lang_count(); i++) {
		const struct lang *lang = lang_at(i);
		struct type_wish wish = {
			.lang = lang_code(lang), .rtl = lang_is_rtl(lang), .weight = WEIGHT_MEDIUM, .font_px = 38
		};

		look_for_glyphs(lang_autonym(lang), &wish);
		for (int id = 0; id < TEXT_COUNT; id++)
			look_for_glyphs(lang_text(lang, (enum text_id)id), &wish);
	}
}

struct ink {
	int top, bottom;
};

static struct ink ink_of(const struct line *line, const struct type_wish *wish)
{
	struct ink ink = { 1 << 20, -(1 << 20) };
	struct type_runs runs;
	const struct mask *mask;

	assert_int_equal(type_runs(&type, line->text, wish, &runs), OK);
	for (size_t i = 0; i < runs.n; i++) {
		assert_int_equal(type_cache_mask(type.cache, &runs.v[i], &mask, &fault), OK);
		if (mask->h == 0)
			continue;
		ink.top = mask->y < ink.top ? mask->y : ink.top;
		ink.bottom = mask->y + mask->h > ink.bottom ? mask->y + mask->h : ink.bottom;
	}
	ink.top += line->baseline;
	ink.bottom += line->baseline;
	return ink;
}

static void look_at_ink(const char *text, const struct type_wish *wish)
{
	struct wording words = {
		.text = text, .lang = wish->lang, .rtl = wish->rtl, .font_px = wish->font_px, .weight = wish->weight
	};
	struct type_block block = set(&type, &words, wish->font_px * 14);
	int from = 0;

	for (size_t i = 0; i < block.n_lines; i++) {
		struct ink ink = ink_of(&block.lines[i], wish);

		if (ink.bottom < ink.top)
			continue;
		if (ink.top < from || ink.bottom > block.h)
			print_error("%s %d px \"%s\": ink %d to %d, not within %d to %d\n", wish->lang, wish->font_px,
				    block.lines[i].text, ink.top, ink.bottom, from, block.h);
		assert_true(ink.top >= from && ink.bottom <= block.h);
		from = ink.bottom; /* the next line's ink stands clear of it */
	}
}

/* No line's ink leaves the block or meets the next line's, whatever the size. */
static void no_ink_is_cut_in_any_language(void **state)
{
	static const int sizes[] = { 25, 44, 96 };

	(void)state;
	for (size_t i = 0; i < lang_count(); i++) {
		const struct lang *lang = lang_at(i);

		for (int id = (int)(i % 3); id < TEXT_COUNT; id += 3) {
			const char *text = lang_text(lang, (enum text_id)id);
			struct type_wish wish = { .lang = lang_code(lang),
						  .rtl = lang_is_rtl(lang),
						  .weight = id % 2 ? WEIGHT_BOLD : WEIGHT_MEDIUM,
						  .font_px = sizes[(size_t)id / 3 % 3] };

			if (lang_has_staff(lang) && strlen(text) > 300)
				continue;
			look_at_ink(text, &wish);
			arena_reset(&arena);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_kept_is_what_would_be_made),
		cmocka_unit_test(lines_outlive_their_faces),
		cmocka_unit_test(what_is_kept_is_bounded),
		cmocka_unit_test(every_text_of_every_language_has_its_glyphs),
		cmocka_unit_test(no_ink_is_cut_in_any_language),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
