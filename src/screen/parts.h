/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What several views are made of: the band with the clock, the furniture, headings
 * with a way on, buttons, chips, pagers, pages of cards. */
#pragma once

#include "screen/build.h"

/* Furniture takes the page's foot or its start side, the header the page's top. */
void furniture_reserve(struct builder *b);
void furniture_put(struct builder *b);
/* A view without furniture: the whole panel is its page, and its body too. */
void furniture_leave(struct builder *b);
/* What a view holds: words, with a pager at their foot; or cards and buttons. In
 * reach mode these get the lowest band, and what is above it stays free for words. */
enum content_kind { CONTENT_WORDS, CONTENT_CONTROLS };
/* The highest place for a control. */
int band_top(const struct builder *b);
/* The band with TITLE and the clock; a line below it says when the feed is old. */
void header_put(struct builder *b, const char *title, const char *title_lang, enum content_kind kind);
/* The band of the home view: centre, weekday and date, a large clock. */
void header_put_home(struct builder *b);

/* Words as facts, paragraphs and headings use them; LANG NULL: the screen's. */
struct words strong_words(const struct builder *b, const char *s, const char *lang);
struct words quiet_words(const struct builder *b, const char *s, const char *lang);
struct words text_words(const struct builder *b, const char *s, const char *lang);
struct words title_words(const struct builder *b, const char *s, const char *lang);

struct button {
	const char *id, *label;
	const char *lang; /* of the label; NULL: the screen's */
	const char *icon; /* NULL: none */
	bool icon_last;   /* after the word */
	bool upright;     /* icon above the word */
	bool chosen, primary, off;
	const char *action;
	const char *spoken; /* NULL: the label */
};
/* Both lengths without the box's edge. */
int button_width(struct builder *b, const struct button *button);
int button_height(const struct builder *b);
/* The same of a button W wide, whose words may need several lines. */
int button_height_at(struct builder *b, const struct button *button, int w);
/* Whether its words fit into W x H, beside its sign. */
bool button_fits(struct builder *b, const struct button *button, int w, int h);
/* How far above the middle the words of a button stand: Nastaliq hangs low in its tall lines. */
int word_lift(const struct builder *b);
/* Without label and icon: the box alone, for a caller that puts its face. */
struct item *button_put(struct builder *b, struct rect rect, const struct button *button);

/* N of them in rows that they fill, as many beside each other as fit. Returns the height; buttons_height puts nothing.
 */
int buttons_put(struct builder *b, const struct button *buttons, int n, int x, int y, int w);
int buttons_height(struct builder *b, const struct button *buttons, int n, int w);
/* At most CLOSE_MOST of them without their signs, in one row or two, whichever is lowest: words take several lines, but
 * none is broken. Returns the height. */
enum { CLOSE_MOST = 3 };
int buttons_close_put(struct builder *b, const struct button *buttons, int n, struct rect at);
/* "Ring meg", where the centre calls back. */
bool calls_back(const struct builder *b);
struct button call_me_button(const struct builder *b);

/* A word in a small coloured box; returns its width. Height: chip_height. */
int chip_put(struct builder *b, const char *id, int x, int y, const char *word, struct pair colours);
int chip_width(struct builder *b, const char *word);
int chip_height(const struct builder *b);

/* "I dag  3 av 7  [Hele uka]": COUNT and BUTTON may be NULL. Returns the height. */
int section_put(struct builder *b, const char *id, int x, int y, int w, const char *title, const char *count,
		const struct button *button);

/* Puts card number I with its corner at X, Y; at least MIN_H tall. Returns the height. */
typedef int card_fn(struct builder *b, const void *cards, size_t i, int x, int y, int w, int min_h);

/* As many cards as fit in AREA one above the other, at most MOST, with less air
 * where that lets one more in; returns how many. *END is where the last one ends. */
size_t stack_put(struct builder *b, card_fn *card, const void *cards, size_t n, size_t most, struct rect area,
		 int *end);
/* One page of cards in AREA, with a pager when there are more. */
void pages_put(struct builder *b, struct rect area, card_fn *card, const void *cards, size_t n);
/* The least height in which each of them can be shown, on cards W wide. */
int pages_least(struct builder *b, int w, card_fn *card, const void *cards, size_t n);

/* Below; at the end side, one button above the other; or in the corner, side by side. */
enum pager_kind { PAGER_FOOT, PAGER_COLUMN, PAGER_CORNER, PAGER_KINDS };
struct pager {
	enum pager_kind kind;
	struct rect rect;
};
/* Takes the pager's place from AREA. False if there is not room enough for it. */
bool pager_split(struct builder *b, enum pager_kind kind, struct rect *area, struct pager *pager);
/* What its buttons leave above them at the end side; without height where they do not stand there. */
struct rect pager_free(const struct builder *b, const struct pager *pager);
/* Page PAGE (from 0) of N (0: unknown), MORE after it. NEXT_LABEL: NULL for "next page". */
void pager_put(struct builder *b, const struct pager *pager, int page, int n, bool more, const char *next_label);

/* A large pictogram where text leaves room beside it, which is then taken from
 * AREA; nothing where there is none, or the panel stands. */
void emblem_put(struct builder *b, struct rect *area, const char *icon, struct pair colours);

/* The same on a panel that stands, below text that ends at END. */
void emblem_below(struct builder *b, struct rect area, int end, const char *icon, struct pair colours);

/* A large pictogram with TITLE (may be NULL) in what reach mode leaves above the
 * controls. False: there is no room. */
bool above_put(struct builder *b, const char *icon, struct pair colours, const char *title);

/* A calm message in the middle of AREA, with a pictogram. */
void message_put(struct builder *b, struct rect area, const char *icon, const char *title, const char *text);

/* view_technician.c: where the screen feels fingers, over all that is shown. */
void raw_put(struct builder *b);
