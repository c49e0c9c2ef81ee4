/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the pages behind a sign-up's secret link share. */
#pragma once

#include "central/public_item.h"

/* The sign-up of the {secret} in the address, and what it is for. ERR_NOT_FOUND. */
CHECKED enum err receipt_find(struct request *req, struct signup *signup, struct public_item *item);
/* "/s/SECRET" and WHAT, in the visitor's language. */
const char *receipt_link(struct request *req, const char *what);
