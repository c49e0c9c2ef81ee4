/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen/parts.h"

static int larger(int a, int b)
{
	return a > b ? a : b;
}

/* ---- words */

struct words strong_words(const struct builder *b, const char *s, const char *lang)
{
	return (struct words){
		.s = s, .lang = lang, .weight = WEIGHT_BOLD, .fg = b->theme->ink, .bg = b->theme->background
	};
}

struct words quiet_words(const struct builder *b, const char *s, const char *lang)
{
	return (struct words){
		.s = s, .lang = lang, .weight = WEIGHT_MEDIUM, .fg = b->theme->muted, .bg = b->theme->background
	};
}

struct words text_words(const struct builder *b, const char *s, const char *lang)
{
	return (struct words){
		.s = s, .lang = lang, .weight = WEIGHT_MEDIUM, .fg = b->theme->ink, .bg = b->theme->background
	};
}

struct words title_words(const struct builder *b, const char *s, const char *lang)
{
	return (struct words){
		.s = s,
		.lang = lang,
		.size = SIZE_TITLE,
		.weight = WEIGHT_BOLD,
		.fg = b->theme->heading,
		.bg = b->theme->background,
		.heading = true,
	};
}

/* ---- buttons */

static struct words button_words(const struct builder *b, const struct button *button)
{
	struct pair pair = { b->theme->ink, b->theme->paper };
	if (button->chosen)
		pair = b->theme->chosen;
	else if (button->primary)
		pair = b->theme->primary;
	else if (button->off)
		pair = b->theme->off;
	return (struct words){
		.s = button->label,
		.lang = button->lang,
		.weight = WEIGHT_SEMIBOLD,
		.fg = pair.fg,
		.bg = pair.bg,
		.max_lines = 3,
	};
}

static int sign_px(const struct builder *b)
{
	return b->m.font[SIZE_BODY] * 3 / 2;
}

int button_width(struct builder *b, const struct button *button)
{
	struct words words = button_words(b, button);
	int sign = button->icon && !button->upright ? sign_px(b) + 2 * b->m.unit : 0;
	return larger(b->m.target, words_width(b, &words) + sign + 2 * b->m.pad);
}

/* One line. The line box of the tallest scripts has more air than a button needs. */
int button_height(const struct builder *b)
{
	int line = line_px(b, SIZE_BODY), most = b->m.font[SIZE_BODY] * 11 / 5;
	return larger(b->m.target, (line < most ? line : most) + 2 * b->m.unit);
}

int word_lift(const struct builder *b)
{
	return larger(0, line_px(b, SIZE_BODY) - b->m.font[SIZE_BODY] * 11 / 5) / 3;
}

int button_height_at(struct builder *b, const struct button *button, int w)
{
	struct words words = button_words(b, button);
	int sign = button->icon ? sign_px(b) + 2 * b->m.unit : 0;
	struct type_block block = words_set(b, &words, w - sign - 2 * b->m.unit);
	return block.n_lines > 1 ? larger(button_height(b), block.h + 2 * b->m.unit) : button_height(b);
}

bool button_fits(struct builder *b, const struct button *button, int w, int h)
{
	struct words words = button_words(b, button);
	int sign = button->icon ? sign_px(b) + 2 * b->m.unit : 0;
	struct type_block block = words_set(b, &words, w - sign - 2 * b->m.unit);
	/* One line fits any button; its box may have more air than that. */
	return !block.truncated && (block.n_lines < 2 || block.h <= h);
}

/* Word and sign, as one group in the middle of RECT; a word that would not fit beside the sign has its place too. */
static void button_face(struct builder *b, struct item *item, struct rect rect, const struct button *button)
{
	struct words words = button_words(b, button);
	int unit = b->m.unit, inner = rect.w - 2 * unit;
	bool gives_way = words.s && button->icon && !button->upright && !button_fits(b, button, rect.w, rect.h);
	int sign = button->icon && !gives_way ? sign_px(b) : 0;
	int beside = sign && !button->upright ? sign + 2 * unit : 0;
	struct type_block block = { 0 };
	if (words.s)
		block = words_set(b, &words, inner - beside);
	else
		beside = sign;
	int left = rect.x + (rect.w - block.w - beside) / 2;
	int height = block.h + (button->upright ? sign + unit / 2 : 0);
	int top = rect.y + (rect.h - height) / 2;
	struct rect at = { left, rect.y + (rect.h - sign) / 2, sign, sign };
	int word_x = left + beside, word_y = top;
	if (button->upright) {
		at = (struct rect){ rect.x + (rect.w - sign) / 2, top, sign, sign };
		word_x = left;
		word_y = top + sign + unit / 2;
	} else if (button->icon_last && words.s) {
		word_x = left;
		at.x = left + block.w + 2 * unit;
	}
	words.align = ALIGN_CENTRE;
	if (words.s)
		give_words(b, item, word_x, word_y - word_lift(b), block.w + 1, &words);
	if (sign)
		put_icon(b, print(b, "%s/icon", button->id), at, button->icon, words.fg, words.bg);
}

struct item *button_put(struct builder *b, struct rect rect, const struct button *button)
{
	struct words words = button_words(b, button);
	struct box box = {
		.bg = words.bg,
		.border = button->off ? words.bg : b->theme->edge,
		.border_px = button->chosen || button->primary ? 0 : b->m.thin,
		.radius = b->m.radius,
	};
	struct item *item = put_box(b, button->id, ROLE_BUTTON, rect, &box);
	if (item && button->off) {
		item->enabled = false;
		item->decorative = false;
		item->spoken = checked(b, arena_strdup(b->arena, button->spoken ? button->spoken : button->label));
	} else {
		make_control(b, item, button->action, button->spoken ? button->spoken : button->label);
	}
	if (item && button->chosen) {
		item->selected = true;
		item->state = "selected";
	}
	if (button->label || button->icon)
		button_face(b, item, rect, button);
	return item;
}

enum { BUTTONS_MOST = 8 };

/* Each button goes into the first row that has room for it. */
struct packed {
	int n, row[BUTTONS_MOST], count[BUTTONS_MOST], used[BUTTONS_MOST];
};

static struct packed pack(struct builder *b, const struct button *buttons, int n, int w)
{
	struct packed packed = { 0 };
	for (int i = 0; i < n && i < BUTTONS_MOST; i++) {
		int row = 0, more = button_width(b, &buttons[i]);
		while (packed.count[row] && packed.used[row] + b->m.gap + more > w)
			row++;
		packed.row[i] = row;
		packed.used[row] += more + (packed.count[row]++ ? b->m.gap : 0);
		packed.n = larger(packed.n, row + 1);
	}
	return packed;
}

int buttons_put(struct builder *b, const struct button *buttons, int n, int x, int y, int w)
{
	struct packed packed = pack(b, buttons, n, w);
	int top = y;
	for (int row = 0; row < packed.n; row++) {
		int at = x, h = button_height(b), spare = larger(0, w - packed.used[row]), left = packed.count[row];
		for (int i = 0; i < n && i < BUTTONS_MOST; i++) {
			if (packed.row[i] != row)
				continue;
			int each = left == 1 ? x + w - at : button_width(b, &buttons[i]) + spare / packed.count[row];
			if (packed.count[row] == 1)
				h = button_height_at(b, &buttons[i], w);
			button_put(b, (struct rect){ at, y, each, h }, &buttons[i]);
			at += each + b->m.gap;
			left--;
		}
		y += h + b->m.gap;
	}
	return y > top ? y - b->m.gap - top : 0;
}

int buttons_height(struct builder *b, const struct button *buttons, int n, int w)
{
	struct mark mark = mark_here(b);
	int h = buttons_put(b, buttons, n, 0, 0, w);
	take_back(b, mark);
	return h;
}

bool calls_back(const struct builder *b)
{
	return b->centre && b->centre->seal_key && !b->model->habits.no_callbacks;
}

struct button call_me_button(const struct builder *b)
{
	return (struct button){ .id = "call-me",
				.label = say(b, TEXT_SCREEN_CALL_ME),
				.icon = "phone",
				.action = "open callback",
				.primary = true };
}

/* ---- chips */

static struct words chip_words(const char *word, struct pair colours)
{
	return (struct words){ .s = word, .weight = WEIGHT_BOLD, .fg = colours.fg, .bg = colours.bg };
}

int chip_height(const struct builder *b)
{
	return line_px(b, SIZE_BODY) + b->m.unit;
}

int chip_width(struct builder *b, const char *word)
{
	struct words words = chip_words(word, (struct pair){ 0, 0 });
	return words_width(b, &words) + 4 * b->m.unit;
}

int chip_put(struct builder *b, const char *id, int x, int y, const char *word, struct pair colours)
{
	struct words words = chip_words(word, colours);
	int w = chip_width(b, word);
	put_box(b, id, ROLE_PANEL, (struct rect){ x, y, w, chip_height(b) },
		&(struct box){ .bg = colours.bg, .radius = b->m.unit });
	put_words(b, print(b, "%s/word", id), x + 2 * b->m.unit, y + b->m.unit / 2, w - 4 * b->m.unit + 1, &words);
	return w;
}

/* ---- headings */

int section_put(struct builder *b, const char *id, int x, int y, int w, const char *title, const char *count,
		const struct button *button)
{
	struct words head = title_words(b, title, NULL), small = quiet_words(b, count, NULL);
	head.size = SIZE_HEADING;
	head.max_lines = 3;
	int wide = button ? button_width(b, button) : 0;
	int left = w - (wide ? wide + b->m.gap : 0);
	int height = larger(button ? button_height(b) : 0, line_px(b, SIZE_HEADING));
	struct type_block block = words_set(b, &head, left);
	height = larger(height, block.h);
	put_words(b, id, x, y + (height - block.h) / 2, left, &head);
	if (count && block.w + 3 * b->m.unit + words_width(b, &small) <= left) {
		int drop = (line_px(b, SIZE_HEADING) - line_px(b, SIZE_BODY)) * 3 / 4;
		put_words(b, print(b, "%s/count", id), x + block.w + 3 * b->m.unit, y + (height - block.h) / 2 + drop,
			  left - block.w - 3 * b->m.unit, &small);
	}
	if (button)
		button_put(b,
			   (struct rect){ x + w - wide, y + (height - button_height(b)) / 2, wide, button_height(b) },
			   button);
	return height;
}

/* ---- messages */

bool above_put(struct builder *b, const char *icon, struct pair colours, const char *title)
{
	struct rect area = b->above;
	struct words words = title_words(b, title, NULL);
	words.align = ALIGN_CENTRE;
	int text = title ? words_height(b, &words, area.w) + 3 * b->m.unit : 0;
	int most = 42 * b->m.unit, side = area.h - text - 4 * b->m.unit;
	side = side < most ? side : most;
	if (side < 12 * b->m.unit)
		return false;
	int y = area.y + (area.h - side - text) / 2;
	put_round(b, "above", area.x + (area.w - side) / 2, y, side, icon, colours);
	if (title)
		put_words(b, "above/title", area.x, y + side + 3 * b->m.unit, area.w, &words);
	return true;
}

void emblem_put(struct builder *b, struct rect *area, const char *icon, struct pair colours)
{
	int text = 29 * b->m.font[SIZE_BODY], beside = area->w - text - 5 * b->m.unit;
	int most = 42 * b->m.unit, side = beside < area->h * 3 / 5 ? beside : area->h * 3 / 5;
	side = side < most ? side : most;
	if (b->m.portrait || side < 24 * b->m.unit)
		return;
	put_round(b, "emblem", area->x + area->w - (beside + side) / 2, area->y + (area->h - side) / 2, side, icon,
		  colours);
	area->w = text;
}

void emblem_below(struct builder *b, struct rect area, int end, const char *icon, struct pair colours)
{
	int room = area.y + area.h - end, most = 42 * b->m.unit, side = room - 12 * b->m.unit;
	side = side < most ? side : most;
	if (b->m.portrait && side >= 20 * b->m.unit)
		put_round(b, "emblem", area.x + (area.w - side) / 2, end + (room - side) / 2, side, icon, colours);
}

void message_put(struct builder *b, struct rect area, const char *icon, const char *title, const char *text)
{
	int unit = b->m.unit, round = area.h > 70 * unit ? 26 * unit : 14 * unit;
	int most = 28 * b->m.font[SIZE_BODY];
	int w = area.w < most ? area.w : most;
	int x = area.x + (area.w - w) / 2, y = 0;
	struct mark mark = mark_here(b);
	struct words head = title_words(b, title, NULL), words = text_words(b, text, NULL);
	head.align = words.align = ALIGN_CENTRE;
	words.size = SIZE_NAME;
	if (!b->m.compact) {
		put_round(b, "message", area.x + (area.w - round) / 2, y, round, icon, b->theme->tint[TINT_SAND]);
		y += round + 3 * unit;
	}
	if (title)
		y += put_words(b, "message/title", x, y, w, &head) + 2 * unit;
	if (text)
		y += put_words(b, "message/text", x, y, w, &words);
	int room = area.h - y;
	move_since(b, mark, 0, area.y + (room > 0 ? room * 2 / 5 : 0));
}
