/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/data.h"

#include <limits.h>

#include "io/file.h"

enum err data_read(const char *name, struct buf *out, struct fault *fault)
{
	char path[PATH_MAX];
	enum err err = data_path(name, path, sizeof path, fault);

	if (!err)
		err = file_read(path, out, fault);
	if (err == ERR_NOT_FOUND)
		err = fault_set(fault, ERR_DEVICE, path, "is missing: Oppslag is not wholly installed");
	return err;
}
