/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/utf8.h"
#include "core/icu.h"
#include "kiosk_typesetter.h"

/* Own words, a line or two in each language that the screen may come to speak. */
static const struct wording SAMPLES[] = {
	{ .lang = "nb", .text = "Sangstund med Strandkoret. Kaffe, vafler og «blåbær» kl. 11.00–12.30 i Peisestua." },
	{ .lang = "nn", .text = "Kven vil vere med på tur? Vi møtest ved hovudinngangen måndag." },
	{ .lang = "se", .text = "Čállit áigi: đŋšŧž. Boađe mielde, gáfe lea gárvvis." },
	{ .lang = "en", .text = "Sing along with us – coffee & cake, “all welcome” (no sign-up)." },
	{ .lang = "uk", .text = "Сьогодні співаємо разом: їжа, ґанок, є місце об 11:00." },
	{ .lang = "ru", .text = "Сегодня поём вместе, чай и пироги в 11:00." },
	{ .lang = "pl", .text = "Zażółć gęślą jaźń: śpiewamy razem o 11:00." },
	{ .lang = "so", .text = "Maanta waxaan wada heesaynaa 11:00." },
	{ .lang = "lt", .text = "Šiandien dainuojame kartu: ąčęėįšųūž." },
	{ .lang = "tr", .text = "Bugün ışıklı salonda İlkbahar şarkıları: ğüşöç." },
	{ .lang = "vi", .text = "Hôm nay ca hát cùng nhau: Ẵ Ễ Ệ ở phòng sinh hoạt." },
	{ .lang = "de", .text = "Heute singen wir gemeinsam: Grüße, Straße." },
	{ .lang = "fr", .text = "Chantons ensemble aujourd’hui : œuvre, garçon, noël." },
	{ .lang = "es", .text = "Hoy cantamos juntos: ¿mañana también? ¡Sí!" },
	{ .lang = "ti", .text = "ሎሚ ብሓባር ንዝምር፡ ቡን ኣሎ። ሰዓት 11:00 (ኣብ ኣዳራሽ)።" },
	{ .lang = "ar",
	  .rtl = true,
	  .text = "اليوم نغني معا، اتصل على \u2066800 80 000\u2069 بين \u206610:30-15:00\u2069 (الاستقبال)." },
	{ .lang = "fa",
	  .rtl = true,
	  .text = "امروز با هم می‌خوانیم؛ چای و شیرینی، پژواک گچ." },
	{ .lang = "ps", .rtl = true, .text = "نن په ګډه سندرې وايو: ښه راغلاست، ځای، ډوډۍ، ړومبی." },
	{ .lang = "ckb", .rtl = true, .text = "ئەمڕۆ پێکەوە گۆرانی دەڵێین، چا و نان." },
	{ .lang = "ur",
	  .rtl = true,
	  .text = "آج ہم مل کر گائیں گے: چائے، مٹھائی اور باغبانی، \u2066800 80 000\u2069۔" },
};
enum { N_SAMPLES = sizeof(SAMPLES) / sizeof(SAMPLES[0]) };

static struct type_block wrap(const char *text, const char *lang, int width, size_t max_lines)
{
	struct type_style style = { .font_px = 38, .weight = WEIGHT_MEDIUM };
	struct type_block block;

	assert_int_equal(type.setter.set(&type, &arena, text, lang, false, &style, width, max_lines, &block), OK);
	return block;
}

static int width_of(const char *text, bool tabular)
{
	struct type_wish wish = { .lang = "nb", .weight = WEIGHT_BOLD, .font_px = 64, .tabular = tabular };
	struct type_runs runs;

	assert_int_equal(type_runs(&type, text, &wish, &runs), OK);
	return runs.w;
}

/* ---- lines ---- */

static void no_line_is_wider_than_asked(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_SAMPLES; i++) {
		for (int width = 90; width < 900; width += 97) {
			struct type_style style = { .font_px = 44, .weight = WEIGHT_BOLD };
			struct type_block block;
			int sum = 0;

			assert_int_equal(type.setter.set(&type, &arena, SAMPLES[i].text, SAMPLES[i].lang,
							 SAMPLES[i].rtl, &style, width, 0, &block),
					 OK);
			assert_false(block.truncated);
			assert_true(block.n_lines > 0);
			for (size_t l = 0; l < block.n_lines; l++) {
				assert_in_range(block.lines[l].w, 1, width);
				assert_in_range(block.lines[l].x, 0, width - block.lines[l].w);
				assert_true(block.lines[l].baseline > sum);
				sum = block.lines[l].baseline;
			}
			assert_true(block.h > sum && block.w <= width);
		}
		arena_reset(&arena);
	}
}

/* All characters but spaces, soft hyphens and isolates, in order, so that nothing was lost or doubled by wrapping. */
static void letters_of(const char *text, bool drop_hyphens, struct buf *out)
{
	size_t len = strlen(text);
	uint32_t code;

	for (size_t at = 0, n; at < len; at += n) {
		n = utf8_decode(text + at, len - at, &code);
		assert_true(n > 0);
		if (code != ' ' && code != 0xAD && !(code >= 0x2066 && code <= 0x2069) &&
		    !(drop_hyphens && code == '-'))
			buf_add(out, text + at, n);
	}
}

static void wrapping_loses_no_letter(void **state)
{
	struct buf before, after;

	(void)state;
	for (size_t i = 0; i < N_SAMPLES; i++) {
		struct type_block block = wrap(SAMPLES[i].text, SAMPLES[i].lang, 140, 0);

		buf_init(&before, 1 << 16);
		buf_init(&after, 1 << 16);
		letters_of(SAMPLES[i].text, true, &before);
		for (size_t l = 0; l < block.n_lines; l++)
			letters_of(block.lines[l].text, true, &after);
		assert_string_equal(buf_text(&before), buf_text(&after));
		buf_free(&before);
		buf_free(&after);
	}
}

static void assert_lines(const struct type_block *block, size_t n, const char *const *lines)
{
	assert_int_equal(block->n_lines, n);
	for (size_t i = 0; i < n; i++)
		assert_string_equal(block->lines[i].text, lines[i]);
}

static void soft_hyphens_show_only_where_the_line_breaks(void **state)
{
	struct type_block wide = wrap("fylkes\u00ADtannlege\u00ADkontoret", "nb", 900, 0);
	struct type_block narrow = wrap("fylkes\u00ADtannlege\u00ADkontoret", "nb", 320, 0);
	static const char *const whole[] = { "fylkestannlegekontoret" };
	static const char *const parted[] = { "fylkestannlege-", "kontoret" };

	(void)state;
	assert_lines(&wide, 1, whole);
	assert_lines(&narrow, 2, parted);
}

static void patterns_are_the_last_resort(void **state)
{
	static const char *const roomy[] = { "et", "hyggelig samarbeid" };
	struct type_block block = wrap("et hyggelig samarbeid", "nb", 345, 0);

	(void)state;
	/* "hyg-" would have fitted behind "et" */
	if (block.n_lines == 2 && strcmp(block.lines[0].text, "et") == 0)
		assert_lines(&block, 2, roomy);
	for (size_t i = 0; i < block.n_lines; i++)
		assert_null(strchr(block.lines[i].text, '-'));
	block = wrap("barnehageplasstildelingskontoret", "nb", 420, 0);
	assert_true(block.n_lines >= 2);
	assert_string_equal(block.lines[0].text, "barnehageplass-");
	assert_false(block.truncated);
}

static void what_no_pattern_knows_is_cut_between_letters(void **state)
{
	struct type_block word = wrap("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "en", 200, 0);
	struct type_block address = wrap("post@aktivitetssenteret-solbakken.example.no", "nb", 300, 0);
	struct buf joined;

	(void)state;
	assert_true(word.n_lines > 2);
	size_t len = strlen(word.lines[0].text);
	assert_int_equal(word.lines[0].text[len - 1], '-');
	/* a hyphen in an address would be read as part of it */
	buf_init(&joined, 1000);
	for (size_t i = 0; i < address.n_lines; i++)
		buf_str(&joined, address.lines[i].text);
	assert_string_equal(buf_text(&joined), "post@aktivitetssenteret-solbakken.example.no");
	buf_free(&joined);
}

static void one_letter_too_wide_is_a_fault(void **state)
{
	struct type_block block = wrap("WWW", "nb", 5, 0);

	(void)state;
	assert_true(block.truncated);
	assert_int_equal(block.n_lines, 3);
}

static void where_no_letter_has_room_it_still_ends(void **state)
{
	struct type_block block = wrap("24. november, WWW og WWW", "nb", 1, 0);

	(void)state;
	assert_true(block.truncated);
	assert_in_range(block.n_lines, 10, 30);
}

static void ellipsis_only_where_lines_ran_out(void **state)
{
	const char *text = "En ganske lang tekst som ikke får plass på to linjer uansett";
	struct type_block all = wrap(text, "nb", 400, 0);
	struct type_block cut = wrap(text, "nb", 400, 2);
	struct type_block enough = wrap(text, "nb", 400, all.n_lines);

	(void)state;
	assert_true(all.n_lines > 2);
	assert_false(all.truncated);
	assert_int_equal(cut.n_lines, 2);
	assert_true(cut.truncated);
	size_t len = strlen(cut.lines[1].text);
	assert_true(len > 3);
	assert_string_equal(cut.lines[1].text + len - 3, "\u2026");
	assert_int_equal(enough.n_lines, all.n_lines);
	assert_false(enough.truncated);
	struct type_block short_paragraphs = wrap("En\nTo\nTre", "nb", 400, 2);
	assert_string_equal(short_paragraphs.lines[1].text, "To\u2026");
	assert_true(short_paragraphs.truncated);
}

static void line_breaks_are_kept(void **state)
{
	static const char *const lines[] = { "Kaffe", "", "Kake og te" };
	struct type_block block = wrap("Kaffe\n\n  Kake og te \n", "nb", 900, 0);
	struct type_block crlf = wrap("Kaffe\r\n\r\nKake og te\r\n", "nb", 900, 0);
	struct type_block nothing = wrap(" \n ", "nb", 900, 0);

	(void)state;
	assert_lines(&block, 3, lines);
	assert_lines(&crlf, 3, lines);
	assert_int_equal(nothing.n_lines, 0);
	assert_int_equal(nothing.h, 0);
}

static void numbers_stay_on_one_line(void **state)
{
	static const char *const things[] = { "00 00 12 34", "kl. 11.00", "24. november", "1. etasje" };
	char text[100];

	(void)state;
	for (size_t i = 0; i < sizeof(things) / sizeof(things[0]); i++) {
		snprintf(text, sizeof(text), "Vi ses her %s i Peisestua", things[i]);
		for (int width = 270; width < 700; width += 13) {
			struct type_block block = wrap(text, "nb", width, 0);
			bool whole = false;

			for (size_t l = 0; l < block.n_lines; l++)
				whole = whole || strstr(block.lines[l].text, things[i]);
			assert_true(whole);
			arena_reset(&arena);
		}
	}
	/* where there is no room for the whole thing it is parted after all, at its spaces */
	struct type_block block = wrap("00 00 12 34", "nb", 120, 0);
	assert_string_equal(block.lines[0].text, "00 00");
	assert_false(block.truncated);
}

static void isolates_are_closed_and_opened_again(void **state)
{
	struct type_style style = { .font_px = 38, .weight = WEIGHT_REGULAR };
	struct type_block block;

	(void)state;
	assert_int_equal(type.setter.set(&type, &arena, "\u2066Solbakken bo- og aktivitetssenter\u2069 (قاعة)", "ar",
					 true, &style, 330, 0, &block),
			 OK);
	assert_true(block.n_lines >= 2);
	assert_memory_equal(block.lines[0].text, "\u2066Solbakken", 12);
	size_t len = strlen(block.lines[0].text);
	assert_string_equal(block.lines[0].text + len - 3, "\u2069");
	assert_memory_equal(block.lines[1].text, "\u2066", 3);
}

/* "Frivillighets…" in an Arabic page is not "…Frivillighets", nor the other way about. */
static void what_was_cut_off_is_missed_at_the_words_end(void **state)
{
	static const struct {
		const char *text, *mark;
		bool rtl;
	} cases[] = {
		{ "Frivillighetssentralen i Solbakken", "\u200E", true },
		{ "مركز التطوع في سولباكن للمسنين", "\u200F", false },
		{ "Frivillighetssentralen i Solbakken", "", false },
		{ "مركز التطوع في سولباكن للمسنين", "", true },
	};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct type_style style = { .font_px = 38 };
		struct type_wish wish = { .lang = "ar", .rtl = cases[i].rtl, .font_px = 38 };
		struct type_block block;
		struct type_runs runs;
		char end[8];

		assert_int_equal(
			type.setter.set(&type, &arena, cases[i].text, "ar", cases[i].rtl, &style, 260, 1, &block), OK);
		assert_true(block.truncated);
		snprintf(end, sizeof(end), "…%s", cases[i].mark);
		size_t len = strlen(block.lines[0].text);
		assert_string_equal(block.lines[0].text + len - strlen(end), end);
		assert_int_equal(type_runs(&type, block.lines[0].text, &wish, &runs), OK);
		const char *last = i % 2 ? runs.v[0].text : runs.v[runs.n - 1].text;
		assert_non_null(strstr(last, "…"));
	}
}

static void alignment_is_of_the_layout_not_of_the_direction(void **state)
{
	static const enum align aligns[] = { ALIGN_START, ALIGN_CENTRE, ALIGN_END };

	(void)state;
	for (size_t i = 0; i < 6; i++) {
		struct type_style style = { .font_px = 38, .align = aligns[i % 3] };
		bool rtl = i >= 3;
		struct type_block block;

		assert_int_equal(type.setter.set(&type, &arena, "Kaffe", "nb", rtl, &style, 500, 0, &block), OK);
		int room = 500 - block.lines[0].w;
		int x = i % 3 == 1 ? room / 2 : i % 3 == 2 ? room : 0;
		assert_int_equal(block.lines[0].x, x);
	}
}

/* ---- runs ---- */

static void arabic_leaves_numbers_as_they_are(void **state)
{
	struct type_wish wish = { .lang = "ar", .rtl = true, .font_px = 44 };
	struct type_runs runs;
	int seen = 0;

	(void)state;
	assert_int_equal(
		type_runs(&type, "اتصل \u2066800 80 000\u2069 بين \u206610:30-15:00\u2069 (قاعة)", &wish, &runs), OK);
	for (size_t i = 0; i < runs.n; i++) {
		if (strcmp(runs.v[i].text, "10:30-15:00") == 0)
			assert_int_equal(seen++, 0); /* further left: it is read later */
		else if (strcmp(runs.v[i].text, "800 80 000") == 0)
			assert_int_equal(seen++, 1);
		else
			assert_true(runs.v[i].rtl);
		if (i > 0)
			assert_int_equal(runs.v[i].x, runs.v[i - 1].x + runs.v[i - 1].w);
	}
	assert_int_equal(seen, 2);
	assert_string_equal(runs.v[runs.n - 1].script, "Arab");
}

static void every_character_has_a_glyph(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_SAMPLES; i++) {
		for (int weight = 0; weight < WEIGHT_COUNT; weight++) {
			struct type_wish wish = { SAMPLES[i].lang, SAMPLES[i].rtl, (enum weight)weight, 38, false };
			struct type_runs runs;
			size_t drawn = 0, wanted = 0;
			uint32_t code;

			assert_int_equal(type_runs(&type, SAMPLES[i].text, &wish, &runs), OK);
			for (size_t r = 0; r < runs.n; r++) {
				size_t len = strlen(runs.v[r].text);

				for (size_t at = 0; at < len; at += utf8_decode(runs.v[r].text + at, len - at, &code)) {
					utf8_decode(runs.v[r].text + at, len - at, &code);
					assert_true(face_has(runs.v[r].face, code) || code == 0x200C);
					assert_int_not_equal(code, 0x25AF);
					drawn++;
				}
			}
			for (size_t at = 0, len = strlen(SAMPLES[i].text); at < len;) {
				at += utf8_decode(SAMPLES[i].text + at, len - at, &code);
				wanted += !icu_is_invisible(code) || code == 0x200C;
			}
			assert_int_equal(drawn, wanted);
		}
	}
}

static void what_no_font_has_is_left_out_or_boxed(void **state)
{
	struct type_wish wish = { .lang = "nb", .font_px = 38 };
	struct type_runs runs;

	(void)state;
	assert_int_equal(type_runs(&type, "Sang \U0001F3B6\uFE0F!", &wish, &runs), OK);
	assert_int_equal(runs.n, 1);
	assert_string_equal(runs.v[0].text, "Sang !");
	/* Linear A: nobody installs it for a care home */
	assert_int_equal(type_runs(&type, "\U00010600", &wish, &runs), OK);
	assert_int_equal(runs.n, 1);
	assert_string_equal(runs.v[0].text, "\u25AF");
}

static void figures_of_one_width(void **state)
{
	(void)state;
	assert_int_equal(width_of("11.11", true), width_of("08.48", true));
	assert_int_not_equal(width_of("11.11", false), width_of("08.48", false));
}

static void capitals_are_as_high_as_said(void **state)
{
	(void)state;
	for (int px = 20; px <= 120; px += 9) {
		struct type_wish wish = { .lang = "nb", .font_px = px };
		struct type_runs runs;
		const struct mask *mask;

		assert_int_equal(type_runs(&type, "H", &wish, &runs), OK);
		assert_int_equal(type_cache_mask(type.cache, &runs.v[0], &mask, &fault), OK);
		assert_int_equal(mask->h, type.setter.cap_px(&type, "nb", px));
		assert_int_equal(mask->y, -mask->h);
		assert_in_range(mask->h, px * 68 / 100, px * 78 / 100);
		assert_int_equal(type.setter.cap_px(&type, "ar", px), mask->h);
	}
	assert_in_range(type.setter.line_px(&type, "nb", 40), 56, 56);
	assert_true(type.setter.line_px(&type, "ur", 40) > type.setter.line_px(&type, "ar", 40));
}

/* ---- bounds ---- */

static void caches_stay_within_their_bounds(void **state)
{
	struct type_runs runs;
	const struct mask *mask;

	(void)state;
	for (int px = 20; px < 20 + FACES_KEPT + 40; px++) {
		struct type_wish wish = { .lang = "nb", .font_px = px };

		assert_int_equal(type_runs(&type, px % 8 ? "H" : "Solbakken bo- og aktivitetssenter", &wish, &runs),
				 OK);
		assert_int_equal(type_cache_mask(type.cache, &runs.v[0], &mask, &fault), OK);
		assert_true(type_cache_bytes(type.cache) <= TYPE_CACHE_BYTES);
	}
	assert_true(type_cache_bytes(type.cache) > TYPE_CACHE_BYTES / 2);
}

static void huge_texts_are_set(void **state)
{
	struct buf text;

	(void)state;
	buf_init(&text, LIMIT_TEXT * 4 + 1);
	for (int i = 0; i < LIMIT_TEXT; i++)
		buf_str(&text, i % 9 == 8 ? "\u3002" : "ሎ");
	struct type_block block = wrap(buf_text(&text), "ti", 800, 0);
	assert_true(block.n_lines > 100);
	block = wrap(buf_text(&text), "ti", 800, 3);
	assert_int_equal(block.n_lines, 3);
	/* One word, as somebody may lean on a key. */
	buf_reset(&text);
	for (int i = 0; i < LIMIT_TEXT; i++)
		buf_char(&text, 'W');
	block = wrap(buf_text(&text), "nb", 800, 0);
	assert_true(block.n_lines > 100);
	buf_free(&text);
}

/* ---- the list of fonts ---- */

struct bad_list {
	const char *bytes, *place, *text;
};

static void bad_lists_are_named(void **state)
{
	static const struct bad_list bad[] = {
		{ "", "f: line 1", "names no font" },
		{ "regular /x\n", "f: line 1", "not `WEIGHT FILE` under a family" },
		{ "family a 100 Latn *\n", "f: line 1", "not `family" },
		{ "\nfamily a 20 Latn * p\n", "f: line 2", "percent" },
		{ "family a 100 Lat * p\n", "f: line 1", "four-letter" },
		{ "family a 100 Latn * p\n  regular fonts/x\n", "f: line 2", "begin with /" },
		{ "family a 100 Latn * p\n  bold /x\n  bold /y\n", "f: line 3", "twice" },
		{ "family a 100 Latn * p\n  heavy /x\n", "f: line 2", "begins with none" },
		{ "hyphens nb p\n", "f: line 1", "not `hyphens" },
		{ "family a 100 Latn * p q r s\n", "f: line 1", "too many words" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct font_list list;

		assert_int_equal(font_list_read(&list, "f", bad[i].bytes, &fault), ERR_VALUE);
		assert_string_equal(fault.place, bad[i].place);
		assert_non_null(strstr(fault.text, bad[i].text));
		font_list_free(&list);
	}
}

static void missing_fonts_are_named_with_their_package(void **state)
{
	struct font_list list;

	(void)state;
	assert_int_equal(
		font_list_read(&list, "f", "family a 100 Latn * fonts-none\n  regular /nowhere/a.otf # why\n", &fault),
		OK);
	assert_int_equal(font_list_look(&list, &fault), ERR_DEVICE);
	assert_int_equal(err_exit_code(ERR_DEVICE), 3);
	assert_string_equal(fault.place, "/nowhere/a.otf");
	assert_non_null(strstr(fault.text, "fonts-none"));
	font_list_free(&list);
	assert_int_equal(
		font_list_read(&list, "f", "family a 100 Latn * ?fonts-none\n  regular /nowhere/a.otf\n", &fault), OK);
	assert_int_equal(font_list_look(&list, &fault), OK);
	assert_null(list.families[0].files[WEIGHT_REGULAR]);
	font_list_free(&list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_line_is_wider_than_asked),
		cmocka_unit_test(wrapping_loses_no_letter),
		cmocka_unit_test(soft_hyphens_show_only_where_the_line_breaks),
		cmocka_unit_test(patterns_are_the_last_resort),
		cmocka_unit_test(what_no_pattern_knows_is_cut_between_letters),
		cmocka_unit_test(one_letter_too_wide_is_a_fault),
		cmocka_unit_test(where_no_letter_has_room_it_still_ends),
		cmocka_unit_test(ellipsis_only_where_lines_ran_out),
		cmocka_unit_test(line_breaks_are_kept),
		cmocka_unit_test(numbers_stay_on_one_line),
		cmocka_unit_test(isolates_are_closed_and_opened_again),
		cmocka_unit_test(what_was_cut_off_is_missed_at_the_words_end),
		cmocka_unit_test(alignment_is_of_the_layout_not_of_the_direction),
		cmocka_unit_test(arabic_leaves_numbers_as_they_are),
		cmocka_unit_test(every_character_has_a_glyph),
		cmocka_unit_test(what_no_font_has_is_left_out_or_boxed),
		cmocka_unit_test(figures_of_one_width),
		cmocka_unit_test(capitals_are_as_high_as_said),
		cmocka_unit_test(caches_stay_within_their_bounds),
		cmocka_unit_test(huge_texts_are_set),
		cmocka_unit_test(bad_lists_are_named),
		cmocka_unit_test(missing_fonts_are_named_with_their_package),
	};

	mem_init();
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
