/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/qr.h"

#include <errno.h>
#include <qrencode.h>
#include <string.h>

static enum err check(const char *payload, struct fault *fault)
{
	size_t len = strlen(payload);

	if (len == 0 || len > QR_PAYLOAD_MAX)
		return fault_set(fault, ERR_LIMIT, "QR code", "%zu characters, 1 to %d can be held", len,
				 QR_PAYLOAD_MAX);
	for (size_t i = 0; i < len; i++) {
		if (payload[i] < 0x20 || payload[i] > 0x7E)
			return fault_set(fault, ERR_VALUE, "QR code", "character %zu is not printable ASCII", i + 1);
	}
	return OK;
}

static enum err copy_modules(struct arena *arena, const QRcode *code, const unsigned char **out, struct fault *fault)
{
	size_t n = (size_t)code->width * (size_t)code->width;
	unsigned char *modules = arena_alloc(arena, n);

	if (!modules)
		return fault_set(fault, ERR_MEMORY, "QR code", "%s", err_cause(ERR_MEMORY));
	for (size_t i = 0; i < n; i++)
		modules[i] = code->data[i] & 1;
	*out = modules;
	return OK;
}

enum err qr_make(struct arena *arena, const char *payload, int *version, const unsigned char **modules,
		 struct fault *fault)
{
	enum err err = check(payload, fault);

	*version = 0;
	*modules = NULL;
	if (err)
		return err;
	/* Case is kept; libqrencode itself parts the text into numeric, alphanumeric and byte segments. */
	QRcode *code = QRcode_encodeString(payload, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
	if (!code && errno == ENOMEM)
		return fault_set(fault, ERR_MEMORY, "QR code", "%s", err_cause(ERR_MEMORY));
	if (!code)
		return fault_set(fault, ERR_LIMIT, "QR code", "does not fit in a QR code");
	if (code->version > QR_VERSION_MAX)
		err = fault_set(fault, ERR_LIMIT, "QR code", "needs version %d, at most %d is readable on a wall",
				code->version, QR_VERSION_MAX);
	else
		err = copy_modules(arena, code, modules, fault);
	if (!err)
		*version = code->version;
	QRcode_free(code);
	return err;
}
