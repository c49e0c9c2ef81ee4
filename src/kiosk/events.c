/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/events.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/log.h"
#include "core/json.h"

enum { LINE_MAX_BYTES = 8000 };

void journal_none(struct journal *journal)
{
	*journal = (struct journal){ .fd = -1 };
	buf_init(&journal->line, LINE_MAX_BYTES);
}

enum err journal_open(struct journal *journal, const char *path, int64_t start_ms, struct fault *fault)
{
	struct stat info;
	bool fifo = stat(path, &info) == 0 && S_ISFIFO(info.st_mode);
	/* For writing alone a FIFO would wait for its reader, and end us when the reader goes. */
	int flags = fifo ? O_RDWR | O_NONBLOCK : O_WRONLY | O_CREAT | O_TRUNC | O_APPEND;

	journal_none(journal);
	journal->fd = open(path, flags | O_CLOEXEC | O_NOCTTY, 0600);
	if (journal->fd < 0)
		return fault_set(fault, ERR_FILE, path, "cannot be written: %s", strerror(errno));
	journal->start_ms = start_ms;
	journal->left = fifo ? SIZE_MAX : LIMIT_REPLAY_BYTES;
	return OK;
}

void journal_close(struct journal *journal)
{
	if (journal->fd >= 0)
		close(journal->fd);
	buf_free(&journal->line);
	journal_none(journal);
}

static void add_field(struct buf *line, const struct field *field)
{
	if (field->type == FIELD_TEXT && !field->text)
		return;
	buf_char(line, ',');
	json_write_string(line, field->key);
	buf_char(line, ':');
	switch (field->type) {
	case FIELD_TEXT:
		json_write_string(line, field->text);
		break;
	case FIELD_INT:
		buf_printf(line, "%" PRId64, field->integer);
		break;
	case FIELD_BOOL:
		buf_str(line, field->integer ? "true" : "false");
		break;
	case FIELD_NUMBER:
		buf_printf(line, "%.6g", field->number);
		break;
	}
}

static void write_line(struct journal *journal)
{
	const struct buf *line = &journal->line;

	if (!buf_ok(line))
		return;
	if (line->len > journal->left) {
		log_line(LOG_WARNING, "the log of events is full (%d bytes) and ends here", LIMIT_REPLAY_BYTES);
	} else {
		journal->left -= line->len;
		ssize_t n;
		do
			n = write(journal->fd, line->bytes, line->len);
		while (n < 0 && errno == EINTR);
		if (n == (ssize_t)line->len || (n < 0 && errno == EAGAIN))
			return;
		log_line(LOG_WARNING, "the log of events ends here: %s", n < 0 ? strerror(errno) : "the disk is full");
	}
	close(journal->fd);
	journal->fd = -1;
}

void journal_fields(struct journal *journal, int64_t now_ms, const char *kind, size_t n, const struct field *fields)
{
	if (journal->fd < 0)
		return;
	buf_reset(&journal->line);
	buf_printf(&journal->line, "{\"t_ms\":%" PRId64 ",\"kind\":", now_ms - journal->start_ms);
	json_write_string(&journal->line, kind);
	for (size_t i = 0; i < n; i++)
		add_field(&journal->line, &fields[i]);
	buf_str(&journal->line, "}\n");
	write_line(journal);
}
