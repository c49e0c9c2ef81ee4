/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What leaves the drawing: QR codes that are read back, panels, pictures, lists. */
#include "kiosk_drawing.h"

#include <SDL2/SDL_image.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/json.h"
#include "kiosk/draw_turn.h"

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

static void assert_text(const struct json *object, const char *name, const char *text)
{
	assert_string_equal(json_text(key(object, name)), text);
}

static void assert_number(const struct json *object, const char *name, int number)
{
	assert_int_equal(json_type(key(object, name)), JSON_NUMBER);
	assert_int_equal((int)json_number(key(object, name)), number);
}

static void assert_null_at(const struct json *object, const char *name)
{
	assert_int_equal(json_type(key(object, name)), JSON_NULL);
}

static const struct wording HOME = { .text = "Hjem \"\\\t\u2066", .lang = "ur", .rtl = true, .font_px = 40 };

static void write_sample_list(struct easel *easel, const char *path)
{
	struct item *item = add_text(easel, (struct rect){ 10, 20, 300, 90 }, &HOME);

	item->id = "button:home";
	item->role = ROLE_BUTTON;
	item->has_hit = true;
	item->hit = (struct rect){ 5, 15, 310, 100 };
	item->bg = 0x00000A;
	item->focus = 3;
	item->spoken = "Hjem, knapp";
	item->action = "home";
	item->state = "selected";
	add_qr(easel, (struct rect){ 650, 220, 300, 300 }, "HTTPS://SOLBAKKEN.EXAMPLE.NO/N/7F3K2");
	item = add_box(easel, (struct rect){ 1, 2, 3, 4 }, PAPER);
	item->has_hit = true;
	item->enabled = false;
	item->decorative = true;
	assert_int_equal(list_write(&easel->display, path, &easel->fault), OK);
}

static void assert_button(const struct json *item, int cap_px)
{
	assert_text(item, "id", "button:home");
	assert_text(item, "role", "button");
	assert_rect(key(item, "rect_px"), (struct rect){ 10, 20, 300, 90 });
	assert_rect(key(item, "hit_px"), (struct rect){ 5, 15, 310, 100 });
	assert_text(item, "text", HOME.text);
	assert_text(item, "lang", "ur");
	assert_text(item, "dir", "rtl");
	assert_number(item, "font_px", 40);
	assert_number(item, "cap_px", cap_px);
	assert_text(item, "fg", "#14262b");
	assert_text(item, "bg", "#00000a");
	assert_true(json_is_true(key(item, "enabled")));
	assert_number(item, "focus", 3);
	assert_text(item, "spoken", "Hjem, knapp");
	assert_text(item, "action", "home");
	assert_int_equal(json_type(key(item, "decorative")), JSON_BOOL);
	assert_text(item, "state", "selected");
	assert_null(json_get(item, "payload"));
}

static void lists_say_what_the_design_promises(void **state)
{
	char path[512];
	struct easel e;
	struct buf bytes;
	struct json *list;
	size_t lines = 0;

	(void)state;
	snprintf(path, sizeof(path), "%s/list.json", folder());
	easel_init(&e, W, H, 0);
	write_sample_list(&e, path);
	read_whole(path, &bytes);
	assert_int_equal(json_read(bytes.bytes, bytes.len, bytes.max, &list, &e.fault), OK);
	for (size_t i = 0; i < bytes.len; i++)
		lines += bytes.bytes[i] == '\n';
	assert_int_equal(lines, 3 + 2);
	assert_text(list, "view", "test");
	assert_int_equal(json_count(key(list, "size_px")), 2);
	assert_true(json_number(key(list, "mm_per_px")) > 0.276711 && json_number(key(list, "mm_per_px")) < 0.276713);
	assert_text(list, "lang", "nb");
	assert_text(list, "dir", "ltr");

	const struct json *item = json_first(key(list, "items"));
	assert_button(item, e.display.items[0].cap_px);
	item = json_next(item);
	assert_text(item, "payload", "HTTPS://SOLBAKKEN.EXAMPLE.NO/N/7F3K2");
	assert_number(item, "version", 2);
	assert_true(json_number(key(item, "module_px")) >= 6);
	assert_null_at(item, "focus");
	item = json_next(item);
	assert_null_at(item, "hit_px");
	assert_null_at(item, "text");
	assert_true(json_is_true(key(item, "decorative")));
	json_del(list);
	buf_free(&bytes);
	easel_free(&e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(qr_codes_are_read_back),
		cmocka_unit_test(modules_are_whole_pixels),
		cmocka_unit_test(every_point_finds_its_way_back),
		cmocka_unit_test(panels_show_the_turned_picture),
		cmocka_unit_test(wrong_sizes_are_refused),
		cmocka_unit_test(pictures_have_the_same_bytes_each_time),
		cmocka_unit_test(lists_say_what_the_design_promises),
	};

	mem_init();
	return cmocka_run_group_tests(tests, data_set_up, NULL);
}
