/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Are you still there?" A touch anywhere goes on where one was. */
#include "screen/alone.h"

/* What looks like the button is a part of the one that the whole panel is. */
static void answer_put(struct builder *b, struct alone *alone)
{
	struct pair colours = b->theme->primary;
	struct words words = { .s = say(b, TEXT_SCREEN_STILL_YES),
			       .size = SIZE_HEADING,
			       .weight = WEIGHT_BOLD,
			       .align = ALIGN_CENTRE,
			       .fg = colours.fg,
			       .bg = colours.bg };
	int most = b->body.w - 2 * b->m.pad, text = words_width(b, &words) + 1, w = text < most ? text : most;
	int h = words_height(b, &words, w) + 4 * b->m.unit, x = b->body.x + (b->body.w - w) / 2;
	put_box(b, "still/yes", ROLE_PANEL, (struct rect){ x - 2 * b->m.pad, alone->y, w + 4 * b->m.pad, h },
		&(struct box){ .bg = colours.bg, .radius = b->m.radius });
	put_words(b, "still/yes/word", x, alone->y + 2 * b->m.unit, w, &words);
	alone->y += h;
}

enum { WITH_SIGN = 1, WITH_ANSWER = 2 };

static bool put(struct builder *b, int with)
{
	struct alone alone = alone_begin(b, (struct pair){ b->theme->ink, b->theme->background });
	if (with & WITH_SIGN) {
		alone_round(b, &alone, "touch", b->theme->tint[TINT_SAND]);
		alone_space(b, &alone, 3);
	}
	alone_words(b, &alone, "still/title", say(b, TEXT_SCREEN_STILL_TITLE), SIZE_TITLE, WEIGHT_BOLD);
	alone_space(b, &alone, 2);
	alone_words(b, &alone, "still/how", say(b, TEXT_SCREEN_STILL_HOW), SIZE_NAME, WEIGHT_MEDIUM);
	if (with & WITH_ANSWER) {
		alone_space(b, &alone, 4);
		answer_put(b, &alone);
	}
	alone_space(b, &alone, 4);
	alone_words(b, &alone, "still/else", say(b, TEXT_SCREEN_STILL_ELSE), SIZE_BODY, WEIGHT_MEDIUM);
	return alone_end(b, &alone);
}

enum err view_still(struct builder *b)
{
	const char *spoken = join(b, " ", say(b, TEXT_SCREEN_STILL_TITLE), say(b, TEXT_SCREEN_STILL_HOW),
				  say(b, TEXT_SCREEN_STILL_ELSE));
	alone_control(b, "still", "stay", spoken);
	alone_enlarge(b, SIZE_TITLE, say(b, TEXT_SCREEN_STILL_TITLE), b->m.font[SIZE_BODY] * 5 / 2);
	if (!put(b, WITH_SIGN | WITH_ANSWER) && !put(b, WITH_ANSWER))
		put(b, 0);
	return b->err;
}
