/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the steps of "Ring meg" share: the number as it is shown. */
#pragma once

#include "screen/flow.h"

enum { LOCAL_DIGITS = 8 }; /* of a number in this country */

/* The number in pairs of digits, in a field of RECT, no larger than MOST; CARET: more may be typed. */
void number_put(struct builder *b, struct rect rect, enum size most, bool caret);
/* Of a field of width W. */
int number_height(struct builder *b, int w, enum size most);

/* How many digits of the number stand there. */
int digits_typed(const struct callback *callback);

/* view_callback_after.c: the question before the number is sent, and what became of it. */
void review_put(struct builder *b);
void asked_put(struct builder *b);
/* The screen takes no numbers: whom to call instead. */
void callback_none_put(struct builder *b);
