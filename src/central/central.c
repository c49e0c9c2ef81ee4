/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/central.h"

#include "central/publisher.h"

const struct setting central_settings[SET_COUNT] = { CENTRAL_SETTINGS(SETTING_ROW) };

enum err central_connect(struct central *central, struct db **out, struct fault *fault)
{
	enum err err = db_open(central->database, out, fault);

	if (!err && central->publisher)
		db_listen(*out, publisher_changed, central->publisher);
	return err;
}
