/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/blackbox.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/utf8.h"
#include "io/file.h"

enum { TAIL = BOX_LINES * BOX_LINE };

static void keep(struct blackbox *box, const char *line, size_t len)
{
	if (box->n == BOX_LINES) {
		memmove(box->lines[0], box->lines[1], sizeof box->lines - sizeof box->lines[0]);
		box->n--;
	}
	len = len < BOX_LINE - 1 ? len : BOX_LINE - 1;
	memcpy(box->lines[box->n], line, len);
	box->lines[box->n++][len] = '\0';
}

/* Where the last whole line of BYTES ends. A file system that was cut off may leave zeros where a line was to be. */
static size_t whole(const char *bytes, size_t len)
{
	const char *zero = memchr(bytes, '\0', len);

	len = zero ? (size_t)(zero - bytes) : len;
	while (len > 0 && bytes[len - 1] != '\n')
		len--;
	return len;
}

static void keep_lines(struct blackbox *box, const char *bytes, size_t len, bool from_start)
{
	const char *at = bytes, *end = bytes + len;

	if (!from_start) { /* the first is half a line */
		at = memchr(bytes, '\n', len);
		at = at ? at + 1 : end;
	}
	while (at < end) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		if (stop > at && utf8_is_valid(at, (size_t)(stop - at)))
			keep(box, at, (size_t)(stop - at));
		at = stop + 1;
	}
}

/* The newest lines of the file, and how it looks like after a cut. */
static void look(struct blackbox *box)
{
	char bytes[TAIL];
	struct stat file;
	int fd = open(box->path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

	if (fd < 0)
		return;
	if (fstat(fd, &file) == 0 && S_ISREG(file.st_mode)) {
		off_t from = file.st_size > TAIL ? file.st_size - TAIL : 0;
		ssize_t n = pread(fd, bytes, sizeof bytes, from);
		size_t good = n > 0 ? whole(bytes, (size_t)n) : 0;
		if (n > 0 && good < (size_t)n && ftruncate(fd, from + (off_t)good) != 0)
			log_line(LOG_WARNING, "black box: its torn last line cannot be taken away: %s",
				 strerror(errno));
		keep_lines(box, bytes, good, from == 0);
	}
	close(fd);
}

void blackbox_open(struct blackbox *box, const char *folder)
{
	struct fault fault;

	memset(box, 0, sizeof *box);
	if (!folder || !*folder)
		return;
	if (strlen(folder) > sizeof box->path - 40) {
		log_line(LOG_WARNING, "black box: the folder's name is too long");
		return;
	}
	if (dir_make(folder, &fault)) {
		log_fault(LOG_WARNING, "black box", &fault);
		box->refused = true;
	}
	snprintf(box->path, sizeof box->path, "%.*s/black-box.txt", PATH_MAX - 40, folder);
	snprintf(box->older, sizeof box->older, "%.*s/black-box.old.txt", PATH_MAX - 40, folder);
	look(box);
}

const char *blackbox_newest(const struct blackbox *box)
{
	return box->n ? box->lines[box->n - 1] : "";
}

/* A full file becomes the older one. Its name need not survive a power cut: then it is only longer. */
static void turn_over(const struct blackbox *box, size_t more)
{
	struct stat file;

	if (lstat(box->path, &file) == 0 && file.st_size + (off_t)more > BOX_FILE_BYTES &&
	    rename(box->path, box->older) != 0 && truncate(box->path, 0) != 0)
		log_line(LOG_WARNING, "black box: it grows: %s", strerror(errno));
}

/* One write, so that a power cut leaves a line or a torn one at the very end. */
static bool append(const struct blackbox *box, const char *line, size_t len)
{
	turn_over(box, len);
	int fd = open(box->path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0644);
	if (fd < 0)
		return false;
	struct stat file;
	bool regular = fstat(fd, &file) == 0 && S_ISREG(file.st_mode);
	errno = regular ? 0 : EINVAL;
	ssize_t n = regular ? write(fd, line, len) : -1;
	bool good = n == (ssize_t)len && fdatasync(fd) == 0;
	/* Half a line, as on a full disk, would be grown together with the next. */
	if (n > 0 && n < (ssize_t)len && ftruncate(fd, file.st_size) == 0)
		errno = ENOSPC;
	int why = errno;
	close(fd);
	errno = why;
	return good;
}

static void put(struct blackbox *box, const char *stamp, const char *text)
{
	char line[BOX_LINE + 1];
	snprintf(line, BOX_LINE, "%s  %s", stamp, text);
	utf8_cut(line);
	size_t len = strlen(line);

	for (size_t i = 0; i < len; i++)
		line[i] = line[i] == '\n' || line[i] == '\r' ? ' ' : line[i];
	keep(box, line, len);
	if (!*box->path)
		return;
	line[len] = '\n';
	bool good = append(box, line, len + 1);
	if (!good && !box->refused)
		log_line(LOG_WARNING, "black box: %s takes nothing: %s", box->path, strerror(errno));
	else if (good && box->refused)
		log_line(LOG_INFO, "black box: %s is written again", box->path);
	box->refused = !good;
}

void blackbox_write(struct blackbox *box, unsigned kind, int64_t now_ms, const char *stamp, const char *text)
{
	struct box_kind *one = &box->kinds[kind < BOX_KINDS ? kind : 0];

	if (one->written == 0 || (now_ms - one->since_ms >= BOX_HOUR_MS && one->left_out == 0)) {
		one->since_ms = now_ms;
		one->written = 0;
	}
	if (one->written == BOX_AN_HOUR) {
		one->left_out++;
		snprintf(one->newest, sizeof one->newest, "%s", text);
		return;
	}
	one->written++;
	put(box, stamp, text);
}

unsigned blackbox_left_out(struct blackbox *box, unsigned kind, int64_t now_ms, char newest[BOX_LINE])
{
	struct box_kind *one = &box->kinds[kind < BOX_KINDS ? kind : 0];
	unsigned n = one->left_out;

	if (n == 0 || now_ms - one->since_ms < BOX_HOUR_MS)
		return 0;
	memcpy(newest, one->newest, BOX_LINE);
	/* The line that says so is the first of the new hour. */
	*one = (struct box_kind){ .since_ms = now_ms };
	return n;
}
