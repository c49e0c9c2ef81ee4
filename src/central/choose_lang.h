/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The language of an answer: this link's choice (?L=TI), the person's own, this
 * browser's choice, its wish, the house's. Pages for staff (/staff…) offer only the
 * languages that have their texts. Sets req->lang and req->link_lang. */
#pragma once

#include "central/answer.h"
#include "central/request.h"

void choose_lang(struct request *req, const struct incoming *in, const struct form_pairs *query);
/* The same for an error's page, when nothing has been read yet but the address. */
void choose_lang_of_target(struct request *req, const struct incoming *in);
