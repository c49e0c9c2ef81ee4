/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dead telephone number on a wall is worse than none: entries say when they
 * were last confirmed, and one press confirms them today. */
#pragma once

#include "central/staff_item.h"

/* How old the confirmation is, as a tag; HAS false: never. */
void confirmed_write(struct request *req, const struct staff *staff, bool has, struct civil confirmed);
/* The button; NAME is heard with it. */
void confirm_button_write(struct request *req, const char *url, const char *name);
/* Telephone and mail, to be touched; both may be NULL. */
void reach_write(struct request *req, const char *phone, const char *email);

struct civil confirm_today(const struct staff *staff);
/* A telephone number as people write it, eight digits in pairs; NULL if there is none. What is none goes to the form.
 */
const char *phone_take(struct request *req, const char *name);
