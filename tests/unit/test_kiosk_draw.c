/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk_drawing.h"

#include <SDL2/SDL_image.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/json.h"
#include "kiosk/draw_canvas.h"
#include "kiosk/draw_turn.h"

enum { W = 960, H = 540, INK = 0x14262B, PAPER = 0xFFFFFF, BIRCH = 0xF6F2EA };

static uint32_t pixel(const SDL_Surface *surface, int x, int y)
{
	uint32_t value;

	assert_true(x >= 0 && y >= 0 && x < surface->w && y < surface->h);
	memcpy(&value, (const char *)surface->pixels + (ptrdiff_t)y * surface->pitch + (ptrdiff_t)x * 4, 4);
	return value & 0xFFFFFF;
}

static struct item *add_box(struct easel *easel, struct rect rect, int32_t bg)
{
	struct item *item = add_item(easel, ROLE_CARD, rect);

	item->bg = bg;
	item->border = 0x8A8474;
	item->border_px = 3;
	item->radius_px = 16;
	return item;
}

static struct item *add_qr(struct easel *easel, struct rect rect, const char *payload)
{
	struct item *item = add_item(easel, ROLE_QR, rect);

	item->payload = payload;
	item->fg = 0x000000;
	item->bg = PAPER;
	assert_int_equal(easel->type->qr(easel->type->context, &easel->arena, payload, &item->version, &item->modules),
			 OK);
	item->module_px = rect.w / (17 + 4 * item->version + 8);
	return item;
}

/* A little of everything. */
static void fill(struct easel *easel, const char *clock)
{
	const struct wording heading = {
		.text = "Tirsdag 24. november", .lang = "nb", .font_px = 48, .weight = WEIGHT_BOLD
	};
	const struct wording time = {
		.text = clock, .lang = "nb", .font_px = 64, .weight = WEIGHT_BOLD, .tabular = true
	};
	const struct wording arabic = {
		.text = "اتصل على \u2066800 80 000\u2069 الآن", .lang = "ar", .rtl = true, .font_px = 38
	};
	const struct wording name = { .text = "Hage\u00ADgruppa går en lang tur", .lang = "nb", .font_px = 38 };
	struct item *item;

	add_text(easel, (struct rect){ 20, 10, 560, 0 }, &heading);
	add_text(easel, (struct rect){ 700, 10, 240, 0 }, &time)->struck = true;
	item = add_box(easel, (struct rect){ 20, 100, 420, 180 }, PAPER);
	item->edge = 0x24502F;
	item->edge_px = 12;
	add_text(easel, (struct rect){ 50, 110, 360, 0 }, &name);
	add_box(easel, (struct rect){ 460, 100, 200, 90 }, COLOUR_NONE);
	item = add_item(easel, ROLE_ICON, (struct rect){ 480, 110, 64, 64 });
	item->icon = "house";
	add_text(easel, (struct rect){ 20, 300, 600, 0 }, &arabic);
	add_qr(easel, (struct rect){ 650, 220, 300, 300 }, "HTTPS://SOLBAKKEN.EXAMPLE.NO/N/7F3K2");
}

static void draw(struct easel *easel, struct rect *damage)
{
	enum err err = drawing_draw(easel->drawing, &easel->display, damage, &easel->fault);

	if (err)
		print_error("%s: %s\n", easel->fault.place, easel->fault.text);
	assert_int_equal(err, OK);
}

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
	assert_int_equal(drawing_draw(e.drawing, &e.display, NULL, &e.fault), ERR_NOT_FOUND);
	assert_non_null(strstr(e.fault.place, "no-such-icon"));
	item->icon = "../fonts";
	assert_int_equal(drawing_draw(e.drawing, &e.display, NULL, &e.fault), ERR_VALUE);
	e.display.n_items = 0;
	e.display.w++;
	assert_int_equal(drawing_draw(e.drawing, &e.display, NULL, &e.fault), ERR_VALUE);
	easel_free(&e);
}

/* ---- QR codes ---- */

static void assert_decodes(const char *path, const char *payload)
{
	char *const argv[] = {
		"zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable", (char *)(uintptr_t)path, NULL
	};
	extern char **environ;
	posix_spawn_file_actions_t actions;
	char out[512];
	size_t len = 0;
	int ends[2], status;
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
	posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", 1, 0);
	posix_spawn_file_actions_addclose(&actions, ends[0]);
	assert_int_equal(posix_spawnp(&pid, "zbarimg", &actions, NULL, argv, environ), 0);
	posix_spawn_file_actions_destroy(&actions);
	close(ends[1]);
	for (ssize_t n; len < sizeof(out) - 1 && (n = read(ends[0], out + len, sizeof(out) - 1 - len)) > 0;)
		len += (size_t)n;
	close(ends[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	out[len] = '\0';
	assert_int_equal(status, 0);
	assert_int_equal(out[len - 1], '\n');
	out[len - 1] = '\0';
	assert_string_equal(out, payload);
}

/* Each pixel the mean of four, as a phone far away sees it. */
static void write_half(const SDL_Surface *picture, const char *path)
{
	SDL_Surface *half =
		SDL_CreateRGBSurfaceWithFormat(0, picture->w / 2, picture->h / 2, 32, SDL_PIXELFORMAT_RGB888);

	assert_non_null(half);
	for (int y = 0; y < half->h; y++) {
		for (int x = 0; x < half->w; x++) {
			uint32_t sum = 0;

			for (int i = 0; i < 4; i++)
				sum += pixel(picture, 2 * x + i % 2, 2 * y + i / 2) >> 8 & 255;
			((uint32_t *)half->pixels)[y * half->pitch / 4 + x] = sum / 4 * 0x010101u;
		}
	}
	assert_int_equal(IMG_SavePNG(half, path), 0);
	SDL_FreeSurface(half);
}

static void qr_codes_are_read_back(void **state)
{
	static const char *const payloads[] = {
		"HTTPS://SOLBAKKEN.EXAMPLE.NO/N/7F3K2",
		"HTTPS://SOLBAKKEN.EXAMPLE.NO/A/7F3K2/20261124T1100?L=TI",
		"https://a-long-name-of-a-municipality.example.no:8443/A/7F3K2/20261124T1100?L=CKB",
	};
	char path[512];
	struct easel e;

	(void)state;
	snprintf(path, sizeof(path), "%s/qr.png", folder());
	for (size_t i = 0; i < sizeof(payloads) / sizeof(payloads[0]); i++) {
		easel_init(&e, W, H, 0);
		struct item *item = add_qr(&e, (struct rect){ 100, 20, 500, 500 }, payloads[i]);
		item->module_px = 6;
		draw(&e, NULL);
		assert_int_equal(picture_write(e.drawing, path, &e.fault), OK);
		assert_decodes(path, payloads[i]);
		write_half(drawing_picture(e.drawing), path);
		assert_decodes(path, payloads[i]);
		easel_free(&e);
	}
}

static void modules_are_whole_pixels(void **state)
{
	struct easel e;

	(void)state;
	easel_init(&e, W, H, 0);
	struct item *item = add_qr(&e, (struct rect){ 31, 17, 400, 400 }, "HTTPS://SOLBAKKEN.EXAMPLE.NO/N/7F3K2");
	draw(&e, NULL);
	int n = 17 + 4 * item->version, px = item->module_px;
	int left = 31 + (400 - n * px) / 2, top = 17 + (400 - n * px) / 2;
	assert_true(px >= 6 && left - 31 >= 4 * px);
	for (int y = 17; y < 417; y++) {
		for (int x = 31; x < 431; x++) {
			int across = x - left, down = y - top;
			bool dark = across >= 0 && down >= 0 && across < n * px && down < n * px &&
				    item->modules[down / px * n + across / px];

			assert_int_equal(pixel(drawing_picture(e.drawing), x, y), dark ? 0x000000 : PAPER);
		}
	}
	easel_free(&e);
}

/* ---- the panel ---- */

static void every_point_finds_its_way_back(void **state)
{
	(void)state;
	for (int rotation = 0; rotation < 360; rotation += 90) {
		struct turn turn = { 160, 90, rotation };
		struct rect all = { 0, 0, turn_width(&turn), turn_height(&turn) };
		struct rect there = turn_rect(&turn, all);

		assert_int_equal(there.w, 160);
		assert_int_equal(there.h, 90);
		for (int y = 0; y < 90; y++) {
			for (int x = 0; x < 160; x++) {
				int up_x, up_y;

				turn_back(&turn, x, y, &up_x, &up_y);
				there = turn_rect(&turn, (struct rect){ up_x, up_y, 1, 1 });
				assert_int_equal(there.x, x);
				assert_int_equal(there.y, y);
			}
		}
	}
	struct turn turn = { 160, 90, 90 };
	int x, y;
	/* turned clockwise, the picture's top is at the panel's right side */
	turn_back(&turn, 159, 0, &x, &y);
	assert_int_equal(x, 0);
	assert_int_equal(y, 0);
}

static void panels_show_the_turned_picture(void **state)
{
	static const Uint32 formats[] = { SDL_PIXELFORMAT_RGB888, SDL_PIXELFORMAT_BGR888, SDL_PIXELFORMAT_RGB24 };

	(void)state;
	for (int i = 0; i < 12; i++) {
		struct easel e;
		struct rect part = { 33, 21, 400, 290 }, there;
		int rotation = i / 3 * 90;

		easel_init(&e, W, H, rotation);
		assert_int_equal(drawing_width(e.drawing), rotation % 180 ? H : W);
		if (rotation % 180 == 0)
			fill(&e, "09.41");
		else
			add_box(&e, (struct rect){ 50, 60, 300, 700 }, 0x24502F);
		draw(&e, NULL);
		SDL_Surface *panel = SDL_CreateRGBSurfaceWithFormat(0, W, H, 32, formats[i % 3]);
		assert_non_null(panel);
		assert_int_equal(drawing_present(e.drawing, NULL, panel, NULL, &e.fault), OK);
		SDL_FillRect(panel, &(SDL_Rect){ 33, 33, 50, 50 }, 0);
		assert_int_equal(drawing_present(e.drawing, &part, panel, &there, &e.fault), OK);
		assert_int_equal(there.w * there.h, 400 * 290);
		SDL_FillRect(panel, &(SDL_Rect){ 0, 0, 1, 1 }, 0);
		assert_int_equal(drawing_present(e.drawing, &(struct rect){ 0, 0, 5000, 5000 }, panel, NULL, &e.fault),
				 OK);
		SDL_Surface *seen = SDL_ConvertSurfaceFormat(panel, SDL_PIXELFORMAT_RGB888, 0);
		for (int y = 0; y < H; y++) {
			for (int x = 0; x < W; x++) {
				int up_x, up_y;

				drawing_to_picture(e.drawing, x, y, &up_x, &up_y);
				assert_int_equal(pixel(seen, x, y), pixel(drawing_picture(e.drawing), up_x, up_y));
			}
		}
		SDL_FreeSurface(seen);
		SDL_FreeSurface(panel);
		easel_free(&e);
	}
}

static void wrong_sizes_are_refused(void **state)
{
	struct drawing *drawing;
	struct fault fault;

	(void)state;
	assert_int_equal(drawing_new(0, 100, 0, &drawing, &fault), ERR_VALUE);
	assert_int_equal(drawing_new(100, 20000, 0, &drawing, &fault), ERR_VALUE);
	assert_int_equal(drawing_new(100, 100, 45, &drawing, &fault), ERR_VALUE);
	assert_null(drawing);
}

/* ---- files ---- */

static void read_whole(const char *path, struct buf *out)
{
	buf_init(out, 16 << 20);
	assert_int_equal(file_read(path, out, NULL), OK);
}

static void pictures_have_the_same_bytes_each_time(void **state)
{
	char one[512], other[512];
	struct easel a, b;
	struct buf first, second;

	(void)state;
	snprintf(one, sizeof(one), "%s/one.png", folder());
	snprintf(other, sizeof(other), "%s/other.png", folder());
	easel_init(&a, W, H, 0);
	easel_init(&b, W, H, 0);
	fill(&a, "09.41");
	fill(&b, "09.41");
	draw(&a, NULL);
	draw(&b, NULL);
	assert_int_equal(picture_write(a.drawing, one, &a.fault), OK);
	assert_int_equal(picture_write(b.drawing, other, &b.fault), OK);
	read_whole(one, &first);
	read_whole(other, &second);
	assert_int_equal(first.len, second.len);
	assert_memory_equal(first.bytes, second.bytes, first.len);
	buf_free(&first);
	buf_free(&second);
	SDL_Surface *read_back = IMG_Load(one);
	assert_non_null(read_back);
	SDL_Surface *seen = SDL_ConvertSurfaceFormat(read_back, SDL_PIXELFORMAT_RGB888, 0);
	for (int y = 0; y < H; y++) {
		for (int x = 0; x < W; x++)
			assert_int_equal(pixel(seen, x, y), pixel(drawing_picture(a.drawing), x, y));
	}
	SDL_FreeSurface(seen);
	SDL_FreeSurface(read_back);
	assert_int_equal(err_exit_code(picture_write(a.drawing, "/nowhere/at/all.png", &a.fault)), 3);
	easel_free(&a);
	easel_free(&b);
}

static const struct json *key(const struct json *object, const char *name)
{
	const struct json *value = json_get(object, name);

	assert_non_null(value);
	return value;
}

static void assert_rect(const struct json *list, struct rect rect)
{
	const int want[] = { rect.x, rect.y, rect.w, rect.h };
	size_t n = 0;

	for (const struct json *value = json_first(list); value; value = json_next(value))
		assert_int_equal((int)json_number(value), want[n++]);
	assert_int_equal(n, 4);
}

static void lists_say_what_the_design_promises(void **state)
{
	char path[512];
	struct easel e;
	struct buf bytes;
	struct json *list;
	const struct wording w = { .text = "Hjem \"\\\t\u2066", .lang = "ur", .rtl = true, .font_px = 40 };

	(void)state;
	snprintf(path, sizeof(path), "%s/list.json", folder());
	easel_init(&e, W, H, 0);
	struct item *item = add_text(&e, (struct rect){ 10, 20, 300, 90 }, &w);
	item->id = "button:home";
	item->role = ROLE_BUTTON;
	item->has_hit = true;
	item->hit = (struct rect){ 5, 15, 310, 100 };
	item->bg = 0x00000A;
	item->focus = 3;
	item->spoken = "Hjem, knapp";
	item->action = "home";
	item->state = "selected";
	add_qr(&e, (struct rect){ 650, 220, 300, 300 }, "HTTPS://SOLBAKKEN.EXAMPLE.NO/N/7F3K2");
	item = add_box(&e, (struct rect){ 1, 2, 3, 4 }, PAPER);
	item->has_hit = true;
	item->enabled = false;
	item->decorative = true;
	assert_int_equal(list_write(&e.display, path, &e.fault), OK);
	read_whole(path, &bytes);
	assert_int_equal(json_read(bytes.bytes, bytes.len, bytes.max, &list, &e.fault), OK);
	size_t lines = 0;
	for (size_t i = 0; i < bytes.len; i++)
		lines += bytes.bytes[i] == '\n';
	assert_int_equal(lines, 3 + 2);

	assert_string_equal(json_text(key(list, "view")), "test");
	assert_int_equal(json_count(key(list, "size_px")), 2);
	assert_true(json_number(key(list, "mm_per_px")) > 0.276711 && json_number(key(list, "mm_per_px")) < 0.276713);
	assert_string_equal(json_text(key(list, "lang")), "nb");
	assert_string_equal(json_text(key(list, "dir")), "ltr");
	const struct json *one = json_first(key(list, "items"));
	assert_string_equal(json_text(key(one, "id")), "button:home");
	assert_string_equal(json_text(key(one, "role")), "button");
	assert_rect(key(one, "rect_px"), (struct rect){ 10, 20, 300, 90 });
	assert_rect(key(one, "hit_px"), (struct rect){ 5, 15, 310, 100 });
	assert_string_equal(json_text(key(one, "text")), w.text);
	assert_string_equal(json_text(key(one, "lang")), "ur");
	assert_string_equal(json_text(key(one, "dir")), "rtl");
	assert_int_equal((int)json_number(key(one, "font_px")), 40);
	assert_int_equal((int)json_number(key(one, "cap_px")), e.display.items[0].cap_px);
	assert_string_equal(json_text(key(one, "fg")), "#14262b");
	assert_string_equal(json_text(key(one, "bg")), "#00000a");
	assert_true(json_is_true(key(one, "enabled")));
	assert_int_equal((int)json_number(key(one, "focus")), 3);
	assert_string_equal(json_text(key(one, "spoken")), "Hjem, knapp");
	assert_string_equal(json_text(key(one, "action")), "home");
	assert_int_equal(json_type(key(one, "decorative")), JSON_BOOL);
	assert_string_equal(json_text(key(one, "state")), "selected");
	assert_null(json_get(one, "payload"));
	one = json_next(one);
	assert_string_equal(json_text(key(one, "payload")), "HTTPS://SOLBAKKEN.EXAMPLE.NO/N/7F3K2");
	assert_int_equal((int)json_number(key(one, "version")), 2);
	assert_true(json_number(key(one, "module_px")) >= 6);
	assert_int_equal(json_type(key(one, "focus")), JSON_NULL);
	one = json_next(one);
	assert_int_equal(json_type(key(one, "hit_px")), JSON_NULL);
	assert_int_equal(json_type(key(one, "text")), JSON_NULL);
	assert_true(json_is_true(key(one, "decorative")));
	json_del(list);
	buf_free(&bytes);
	easel_free(&e);
}

static int set_up(void **state)
{
	(void)state;
	make_data_folder();
	return 0;
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
		cmocka_unit_test(qr_codes_are_read_back),
		cmocka_unit_test(modules_are_whole_pixels),
		cmocka_unit_test(every_point_finds_its_way_back),
		cmocka_unit_test(panels_show_the_turned_picture),
		cmocka_unit_test(wrong_sizes_are_refused),
		cmocka_unit_test(pictures_have_the_same_bytes_each_time),
		cmocka_unit_test(lists_say_what_the_design_promises),
	};

	mem_init();
	return cmocka_run_group_tests(tests, set_up, NULL);
}
