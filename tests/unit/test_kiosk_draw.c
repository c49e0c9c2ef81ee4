/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is drawn, and where. */
#include "kiosk_drawing.h"

#include "kiosk/draw_canvas.h"

static void assert_same_picture(struct easel *a, struct easel *b)
{
	const SDL_Surface *one = drawing_picture(a->drawing), *other = drawing_picture(b->drawing);

	assert_int_equal(one->w, other->w);
	assert_int_equal(one->h, other->h);
	assert_memory_equal(one->pixels, other->pixels, (size_t)one->h * (size_t)one->pitch);
}

static void same_list_same_picture(void **state)
{
	struct easel a, b;

	(void)state;
	easel_init(&a, W, H, 0);
	easel_init(&b, W, H, 0);
	fill(&a, "09.41");
	fill(&b, "09.41");
	draw(&a, NULL);
	draw(&b, NULL);
	assert_same_picture(&a, &b);
	easel_free(&a);
	easel_free(&b);
}

/* ---- damage ---- */

static void only_what_differs_is_drawn(void **state)
{
	struct easel a, b;
	struct rect damage;

	(void)state;
	easel_init(&a, W, H, 0);
	easel_init(&b, W, H, 0);
	fill(&a, "09.41");
	draw(&a, &damage);
	assert_int_equal(damage.w * damage.h, W * H);
	draw(&a, &damage);
	assert_int_equal(damage.w, 0);
	a.display.n_items = 0;
	fill(&a, "09.42");
	draw(&a, &damage);
	assert_true(damage.w > 0 && damage.x >= 600 && damage.y + damage.h < 230);
	fill(&b, "09.42");
	draw(&b, NULL);
	assert_same_picture(&a, &b);
	/* fewer items: what they left behind is drawn over */
	a.display.n_items = b.display.n_items = 3;
	draw(&a, &damage);
	assert_true(damage.w > 0);
	drawing_del(b.drawing);
	assert_int_equal(drawing_new(W, H, 0, &b.drawing, &b.fault), OK);
	draw(&b, NULL);
	assert_same_picture(&a, &b);
	easel_free(&a);
	easel_free(&b);
}

static void any_part_is_as_in_the_whole(void **state)
{
	struct easel whole, parts;

	(void)state;
	easel_init(&whole, W, H, 0);
	fill(&whole, "09.41");
	draw(&whole, NULL);
	easel_init(&parts, W, H, 0);
	fill(&parts, "09.41");
	/* each item by itself changes colour and changes back: its own rectangle cuts through its neighbours */
	draw(&parts, NULL);
	for (size_t i = 0; i < parts.display.n_items; i++) {
		int32_t fg = parts.display.items[i].fg, bg = parts.display.items[i].bg;
		struct rect damage;

		parts.display.items[i].fg = 0x8E1B26;
		parts.display.items[i].bg = 0xFBE3E4;
		draw(&parts, &damage);
		assert_true(damage.w > 0);
		parts.display.items[i].fg = fg;
		parts.display.items[i].bg = bg;
		draw(&parts, NULL);
		assert_same_picture(&whole, &parts);
	}
	easel_free(&whole);
	easel_free(&parts);
}

/* ---- ink ---- */

static void ink_stays_in_its_line_boxes(void **state)
{
	static const struct wording words[] = {
		{ .lang = "nb", .text = "Åpent hus på Ågård – gjøgjg" },
		{ .lang = "vi", .text = "Ẵ Ễ Ệ ẢỴ ở phòng sinh hoạt" },
		{ .lang = "ti", .text = "ሎሚ ብሓባር ንዝምር፡ ቡን ኣሎ።" },
		{ .lang = "ar", .rtl = true, .text = "إِنَّ الْيَوْمَ نُغَنِّي مَعًا" },
		{ .lang = "ur", .rtl = true, .text = "آج ہم مل کر گائیں گے: مٹھائی پٹھچھی سکھچپج" },
		{ .lang = "ckb", .rtl = true, .text = "ئەمڕۆ پێکەوە گۆرانی دەڵێین" },
		{ .lang = "th", .text = "วันนี้ที่บ้านปู่ กี่ฎุ" },
	};
	struct easel e;

	(void)state;
	easel_init(&e, W, H, 0);
	const SDL_Surface *picture = drawing_picture(e.drawing);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		for (int weight = WEIGHT_REGULAR; weight <= WEIGHT_BOLD; weight += WEIGHT_BOLD) {
			struct wording w = words[i];
			size_t ink = 0;

			w.font_px = 52;
			w.weight = (enum weight)weight;
			e.display.n_items = 0;
			struct item *item = add_text(&e, (struct rect){ 100, 100, 700, 0 }, &w);
			draw(&e, NULL);
			for (int y = 0; y < H; y++) {
				for (int x = 0; x < W; x++) {
					bool inside = x >= item->rect.x && x < item->rect.x + item->rect.w &&
						      y >= item->rect.y && y < item->rect.y + item->rect.h;
					if (pixel(picture, x, y) == BIRCH)
						continue;
					assert_true(inside);
					ink++;
				}
			}
			assert_true(ink > 1000);
		}
	}
	easel_free(&e);
}

static void capitals_stand_in_the_middle_of_their_line(void **state)
{
	const struct wording w = { .text = "HHH", .lang = "nb", .font_px = 60, .weight = WEIGHT_BOLD };
	struct easel e;
	int top = -1, bottom = -1;

	(void)state;
	easel_init(&e, W, H, 0);
	struct item *item = add_text(&e, (struct rect){ 10, 50, 400, 0 }, &w);
	draw(&e, NULL);
	const SDL_Surface *picture = drawing_picture(e.drawing);
	for (int y = 0; y < H; y++) {
		if (pixel(picture, 20, y) == BIRCH)
			continue;
		top = top < 0 ? y : top;
		bottom = y;
	}
	assert_int_equal(bottom - top + 1, item->cap_px);
	int above = top - item->rect.y, below = item->rect.y + item->rect.h - 1 - bottom;
	assert_in_range(above - below + 10, 8, 12);
	easel_free(&e);
}

static void struck_text_has_a_line_through_it(void **state)
{
	const struct wording w = { .text = "il", .lang = "nb", .font_px = 60 };
	struct easel e;

	(void)state;
	easel_init(&e, W, H, 0);
	struct item *item = add_text(&e, (struct rect){ 10, 50, 400, 0 }, &w);
	item->struck = true;
	draw(&e, NULL);
	int y = item->rect.y + item->lines[0].baseline - 18;
	for (int x = item->rect.x; x < item->rect.x + item->lines[0].w; x++)
		assert_int_equal(pixel(drawing_picture(e.drawing), x, y), INK);
	assert_int_equal(pixel(drawing_picture(e.drawing), item->rect.x + item->lines[0].w + 1, y), BIRCH);
	easel_free(&e);
}

/* ---- shapes ---- */

static void round_shapes_are_symmetric(void **state)
{
	uint32_t pixels[100 * 80] = { 0 };
	struct canvas canvas = { .pixels = pixels, .w = 100, .h = 80, .pitch = 100, .clip = { 0, 0, 100, 80 } };
	uint32_t sum = 0;

	(void)state;
	canvas_round(&canvas, (struct rect){ 0, 0, 100, 80 }, 30, 0xFFFFFF);
	for (int y = 0; y < 80; y++) {
		for (int x = 0; x < 100; x++) {
			assert_int_equal(pixels[y * 100 + x], pixels[y * 100 + 99 - x]);
			assert_int_equal(pixels[y * 100 + x], pixels[(79 - y) * 100 + x]);
		}
	}
	for (int y = 0; y < 30; y++) {
		for (int x = 0; x < 30; x++)
			sum += pixels[y * 100 + x] & 255;
	}
	/* a quarter of a disc of radius 30: 706.86 px */
	assert_in_range(sum, 706 * 255, 708 * 255);
	assert_int_equal(pixels[0], 0);
	canvas_free(&canvas);
}

static void rings_leave_their_middle_alone(void **state)
{
	uint32_t ring[60 * 40] = { 0 }, box[60 * 40] = { 0 };
	struct rect all = { 0, 0, 60, 40 };
	struct canvas a = { .pixels = ring, .w = 60, .h = 40, .pitch = 60, .clip = all };
	struct canvas b = { .pixels = box, .w = 60, .h = 40, .pitch = 60, .clip = all };

	(void)state;
	canvas_ring(&a, all, 12, 4, 0xFFFFFF);
	canvas_round(&b, all, 12, 0xFFFFFF);
	canvas_round(&b, (struct rect){ 4, 4, 52, 32 }, 8, 0x000000);
	for (int i = 0; i < 60 * 40; i++) {
		int off = (int)(ring[i] & 255) - (int)(box[i] & 255);
		assert_in_range(off + 2, 0, 4);
	}
	assert_int_equal(ring[20 * 60 + 30], 0);
	assert_int_equal(ring[20 * 60 + 2], 0xFFFFFF);
	canvas_free(&a);
	canvas_free(&b);
}

static void equal_colours_stay_equal(void **state)
{
	struct easel e;

	(void)state;
	easel_init(&e, W, H, 0);
	e.display.background = 0x8E1B26;
	struct item *item = add_item(&e, ROLE_PANEL, (struct rect){ 10, 10, 300, 200 });
	item->bg = 0x8E1B26;
	item->radius_px = 70;
	draw(&e, NULL);
	for (int y = 0; y < 220; y++) {
		for (int x = 0; x < 320; x++)
			assert_int_equal(pixel(drawing_picture(e.drawing), x, y), 0x8E1B26);
	}
	easel_free(&e);
}

static void the_edge_bar_is_at_the_start(void **state)
{
	struct easel e;

	(void)state;
	for (int rtl = 0; rtl < 2; rtl++) {
		easel_init(&e, W, H, 0);
		e.display.rtl = rtl;
		struct item *item = add_box(&e, (struct rect){ 100, 100, 200, 100 }, PAPER);
		item->edge = 0x24502F;
		item->edge_px = 14;
		draw(&e, NULL);
		assert_int_equal(pixel(drawing_picture(e.drawing), rtl ? 299 : 100, 150), 0x24502F);
		assert_int_equal(pixel(drawing_picture(e.drawing), rtl ? 286 : 113, 150), 0x24502F);
		assert_int_equal(pixel(drawing_picture(e.drawing), rtl ? 285 : 114, 150), PAPER);
		assert_int_equal(pixel(drawing_picture(e.drawing), rtl ? 100 : 299, 150), 0x8A8474);
		easel_free(&e);
	}
}

static void icons_take_the_lists_colour(void **state)
{
	struct easel e;
	size_t inside = 0;

	(void)state;
	easel_init(&e, W, H, 0);
	struct item *item = add_item(&e, ROLE_ICON, (struct rect){ 100, 100, 120, 80 });
	item->icon = "disc";
	item->fg = 0x24502F;
	draw(&e, NULL);
	for (int y = 0; y < H; y++) {
		for (int x = 0; x < W; x++)
			inside += pixel(drawing_picture(e.drawing), x, y) == 0x24502F;
	}
	/* a disc of diameter 80 in the middle: 5026 px, less its edge */
	assert_in_range(inside, 4600, 5040);
	assert_int_equal(pixel(drawing_picture(e.drawing), 110, 140), BIRCH);
	assert_int_equal(pixel(drawing_picture(e.drawing), 160, 140), 0x24502F);
	easel_free(&e);
}

static void unknown_icons_are_faults(void **state)
{
	struct easel e;

	(void)state;
	easel_init(&e, W, H, 0);
	struct item *item = add_item(&e, ROLE_ICON, (struct rect){ 0, 0, 20, 20 });
	item->icon = "no-such-icon";
	assert_int_equal(drawing_draw(e.drawing, &e.display, NULL, &e.fault), ERR_DEVICE);
	assert_non_null(strstr(e.fault.place, "no-such-icon"));
	item->icon = "../fonts";
	assert_int_equal(drawing_draw(e.drawing, &e.display, NULL, &e.fault), ERR_VALUE);
	e.display.n_items = 0;
	e.display.w++;
	assert_int_equal(drawing_draw(e.drawing, &e.display, NULL, &e.fault), ERR_VALUE);
	easel_free(&e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(same_list_same_picture),
		cmocka_unit_test(only_what_differs_is_drawn),
		cmocka_unit_test(any_part_is_as_in_the_whole),
		cmocka_unit_test(ink_stays_in_its_line_boxes),
		cmocka_unit_test(capitals_stand_in_the_middle_of_their_line),
		cmocka_unit_test(struck_text_has_a_line_through_it),
		cmocka_unit_test(round_shapes_are_symmetric),
		cmocka_unit_test(rings_leave_their_middle_alone),
		cmocka_unit_test(equal_colours_stay_equal),
		cmocka_unit_test(the_edge_bar_is_at_the_start),
		cmocka_unit_test(icons_take_the_lists_colour),
		cmocka_unit_test(unknown_icons_are_faults),
	};

	mem_init();
	return cmocka_run_group_tests(tests, data_set_up, NULL);
}
