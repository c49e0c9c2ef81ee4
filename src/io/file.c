/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static enum err refused(const char *path, const char *doing, struct fault *fault)
{
	int why = errno;
	enum err err = why == ENOENT || why == ENOTDIR ? ERR_NOT_FOUND : ERR_FILE;

	return fault_set(fault, err, path, "%s: %s", doing, strerror(why));
}

static enum err read_all(int fd, const char *path, struct buf *out, struct fault *fault)
{
	char chunk[16384];

	for (;;) {
		ssize_t n = read(fd, chunk, sizeof chunk);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return refused(path, "cannot be read", fault);
		if (n == 0)
			return OK;
		buf_add(out, chunk, (size_t)n);
		if (out->err == ERR_LIMIT)
			return fault_set(fault, ERR_LIMIT, path, "larger than %zu bytes", out->max);
		if (out->err)
			return fault_set(fault, out->err, path, "%s", err_cause(out->err));
	}
}

/* A FIFO at whose other end nobody is fails to be written and is empty to be
 * read: opened in the usual way it would hold us until somebody comes. */
static int open_now(const char *path, int how)
{
	int fd = open(path, how | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

	if (fd < 0 || fcntl(fd, F_SETFL, how) == 0)
		return fd;
	close(fd);
	return -1;
}

enum err file_read(const char *path, struct buf *out, struct fault *fault)
{
	int fd = open_now(path, O_RDONLY);

	if (fd < 0)
		return refused(path, "cannot be opened", fault);
	enum err err = read_all(fd, path, out, fault);
	close(fd);
	return err;
}

static enum err write_all(int fd, const char *path, const char *bytes, size_t len, struct fault *fault)
{
	while (len) {
		ssize_t n = write(fd, bytes, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return refused(path, "cannot be written", fault);
		bytes += n;
		len -= (size_t)n;
	}
	return OK;
}

/* The directory that holds PATH, which OUT has room for. */
static void parent_of(const char *path, char *out)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		memcpy(out, ".", 2);
	else if (slash == path)
		memcpy(out, "/", 2);
	else {
		memcpy(out, path, (size_t)(slash - path));
		out[slash - path] = '\0';
	}
}

/* Without this a rename may be forgotten by a pulled plug. File systems that
 * know no fsync of a directory say EINVAL; there is nothing more to do there. */
static enum err sync_parent(const char *path, struct fault *fault)
{
	char parent[PATH_MAX];

	parent_of(path, parent);
	int fd = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return refused(parent, "cannot be opened", fault);
	enum err err = fsync(fd) < 0 && errno != EINVAL ? refused(parent, "cannot be made safe on disk", fault) : OK;
	close(fd);
	return err;
}

/* The new file, empty and ours alone until it is closed: two programs may keep one folder (a picture is taken
 * while the screen runs), and the second would rename what the first has half written. -1: errno says why. */
static int open_beside(const char *beside)
{
	struct stat ours, there;

	for (;;) {
		int fd = open(beside, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
		if (fd < 0)
			return -1;
		/* Where there are no locks, as on some network file systems, it goes on without. */
		while (flock(fd, LOCK_EX) < 0 && errno == EINTR)
			;
		/* Whoever waited holds a file that was renamed meanwhile, or taken away. */
		if (fstat(fd, &ours) == 0 && lstat(beside, &there) == 0 && ours.st_ino == there.st_ino) {
			/* What a pulled plug left behind may have bytes, and another mode. */
			if (ftruncate(fd, 0) == 0 && fchmod(fd, 0600) == 0)
				return fd;
			close(fd);
			return -1;
		}
		close(fd);
	}
}

static enum err write_safely(int fd, const char *beside, const void *bytes, size_t len, struct fault *fault)
{
	enum err err = write_all(fd, beside, bytes, len, fault);

	if (!err && fsync(fd) < 0)
		err = refused(beside, "cannot be made safe on disk", fault);
	return err;
}

/* A terminal, a pipe, /dev/null: a rename would put a file in its place. */
static bool is_device(const char *path)
{
	struct stat info;

	return stat(path, &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode);
}

static enum err write_to_device(const char *path, const void *bytes, size_t len, struct fault *fault)
{
	int fd = open_now(path, O_WRONLY);

	if (fd < 0)
		return refused(path, "cannot be opened", fault);
	enum err err = write_all(fd, path, bytes, len, fault);
	close(fd);
	return err;
}

static enum err replace(const char *path, const void *bytes, size_t len, struct fault *fault)
{
	char beside[PATH_MAX];

	/* One name only: what a pulled plug left behind is overwritten by the next write, it does not pile up. */
	if ((size_t)snprintf(beside, sizeof beside, "%s.new", path) >= sizeof beside)
		return fault_set(fault, ERR_LIMIT, path, "the path is too long");
	int fd = open_beside(beside);
	enum err err = fd < 0 ? refused(beside, "cannot be made", fault) : write_safely(fd, beside, bytes, len, fault);
	if (!err && rename(beside, path) < 0)
		err = refused(path, "cannot be replaced", fault);
	if (err && fd >= 0)
		unlink(beside);
	if (fd >= 0)
		close(fd);
	if (err)
		return err == ERR_NOT_FOUND ? ERR_FILE : err;
	return sync_parent(path, fault);
}

enum err file_replace(const char *path, const void *bytes, size_t len, struct fault *fault)
{
	char target[PATH_MAX];
	struct stat info;

	if (is_device(path))
		return write_to_device(path, bytes, len, fault);
	/* The link stays, as /dev/stdout must. */
	bool is_link = lstat(path, &info) == 0 && S_ISLNK(info.st_mode);
	return replace(is_link && realpath(path, target) ? target : path, bytes, len, fault);
}

enum err dir_make(const char *path, struct fault *fault)
{
	char part[PATH_MAX];
	size_t len = strlen(path);

	if (len == 0 || len >= sizeof part)
		return fault_set(fault, ERR_VALUE, path, "no usable path");
	for (size_t i = 1; i <= len; i++) {
		if (path[i] != '/' && path[i] != '\0')
			continue;
		memcpy(part, path, i);
		part[i] = '\0';
		if (mkdir(part, 0700) < 0 && errno != EEXIST && errno != EISDIR)
			return refused(part, "cannot be made", fault);
	}
	struct stat info;
	if (stat(path, &info) < 0)
		return refused(path, "cannot be looked at", fault);
	if (!S_ISDIR(info.st_mode))
		return fault_set(fault, ERR_FILE, path, "is not a directory");
	return OK;
}

static enum err program_directory(char *out, size_t size, struct fault *fault)
{
	ssize_t n = readlink("/proc/self/exe", out, size - 1);

	if (n < 0)
		return refused("/proc/self/exe", "cannot be read", fault);
	out[n] = '\0';
	char *slash = strrchr(out, '/');
	if (slash)
		*slash = '\0';
	return OK;
}

enum err data_path(const char *name, char *out, size_t size, struct fault *fault)
{
	static const char *const places[] = { "share", "../share/oppslag" };
	char program[PATH_MAX], directory[PATH_MAX + 32];
	const char *told = getenv("OPPSLAG_DATADIR");
	int n = -1;

	if (told && *told) {
		n = snprintf(out, size, "%s/%s", told, name);
	} else {
		enum err err = program_directory(program, sizeof program, fault);
		if (err)
			return err;
		for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
			snprintf(directory, sizeof directory, "%s/%s", program, places[i]);
			n = snprintf(out, size, "%s/%s", directory, name);
			if (access(directory, X_OK) == 0)
				break;
		}
	}
	if (n < 0 || (size_t)n >= size)
		return fault_set(fault, ERR_LIMIT, name, "the path of the data files is too long");
	return OK;
}
