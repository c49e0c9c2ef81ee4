/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/http_server.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/log.h"
#include "base/mem.h"
#include "central/answer.h"
#include "central/assets.h"
#include "central/http_check.h"
#include "central/http_deadline.h"
#include "central/http_listen.h"
#include "central/http_reply.h"
#include "central/negotiate.h"
#include "central/workers.h"
#include "io/clock.h"

enum {
	POOL_SCREENS = 4096, /* bytes a connection; the feed's requests fit */
	POOL_BROWSERS = 32 * 1024,
	IDLE_BROWSERS = 30, /* seconds between requests */
	IDLE_SCREENS = 120,
	WORKERS = 4,
	SLOW_WORKERS = 2,
	JOBS_MAX = 256,
	UPLOADS_MAX = 8, /* at once: their bodies are held before anybody knows who sends them */
	FILES_OWN = 100, /* database, log, epoll … */
	DRAIN_MS = 1200,
};

struct door {
	struct http *http;
	struct MHD_Daemon *daemon;
	struct feed_room room;
	struct deadline_door deadline;
	bool screens;
	int fd;
};

struct http {
	struct central *central;
	struct feeds *feeds;
	struct door browsers, screens;
	struct workers *fast, *slow;
	struct deadlines *deadlines;
	struct db *connections[WORKERS + SLOW_WORKERS];
	struct MHD_Response *bad, *missing, *busy, *closing;
	pthread_mutex_t lock;
	pthread_cond_t idle;
	unsigned exchanges;            /* requests between their first line and their answer's last byte */
	unsigned uploads;              /* of them, those with room for a file */
	atomic_bool stopping, cutting; /* answered still; let go unanswered */
};

/* A request on its way. */
struct exchange {
	struct http *http;
	struct door *door;
	struct MHD_Connection *connection;
	enum { STAGE_NEW, STAGE_READY, STAGE_FEED, STAGE_BODY, STAGE_WORK } stage;
	struct feed_wait wait;
	char *raw; /* the target as it was sent */
	struct arena arena;
	struct target target;
	struct incoming in;
	char address[INET6_ADDRSTRLEN];
	bool uploads;
	struct buf body;
	struct job job;
	struct MHD_Response *response;
	unsigned status;
};

/* ---- life of an exchange ------------------------------------------------ */

static void *exchange_begin(void *owner, const char *uri, struct MHD_Connection *connection)
{
	struct door *door = owner;
	struct exchange *x = mem_alloc(sizeof *x);

	if (!x)
		return NULL;
	x->http = door->http;
	x->door = door;
	x->connection = connection;
	x->raw = mem_strdup(uri);
	deadline_set(connection, DEADLINE_REQUEST);
	arena_init(&x->arena, LIMIT_FORM_BYTES);
	pthread_mutex_lock(&x->http->lock);
	x->http->exchanges++;
	pthread_mutex_unlock(&x->http->lock);
	return x;
}

static void exchange_end(void *owner, struct MHD_Connection *connection, void **state,
			 enum MHD_RequestTerminationCode why)
{
	struct exchange *x = *state;

	(void)owner, (void)why;
	deadline_set(connection, DEADLINE_IDLE);
	*state = NULL;
	if (!x)
		return;
	struct http *http = x->http;
	bool uploads = x->uploads;
	feeds_leave(http->feeds, &x->wait);
	if (x->response)
		MHD_destroy_response(x->response);
	buf_free(&x->body);
	arena_free(&x->arena);
	mem_free(x->raw);
	mem_free(x);
	pthread_mutex_lock(&http->lock);
	http->uploads -= uploads;
	if (--http->exchanges == 0)
		pthread_cond_broadcast(&http->idle);
	pthread_mutex_unlock(&http->lock);
}

static enum MHD_Result queue(struct exchange *x, unsigned status, struct MHD_Response *response)
{
	deadline_set(x->connection, DEADLINE_ANSWER);
	return MHD_queue_response(x->connection, status, response);
}

/* ---- handlers, on a worker ---------------------------------------------- */

static const char *header(const struct exchange *x, const char *name)
{
	return MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, name);
}

static void gather(struct exchange *x, enum method method)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const struct sockaddr *client = info ? info->client_addr : NULL;
	const void *address = NULL;

	if (client && client->sa_family == AF_INET)
		address = &((const struct sockaddr_in *)(const void *)client)->sin_addr;
	else if (client && client->sa_family == AF_INET6)
		address = &((const struct sockaddr_in6 *)(const void *)client)->sin6_addr;
	if (address)
		inet_ntop(client->sa_family, address, x->address, sizeof x->address);
	x->in = (struct incoming){
		.method = method,
		.target = x->raw,
		.address = x->address,
		.host = header(x, "Host"),
		.cookie = header(x, "Cookie"),
		.accept_language = header(x, "Accept-Language"),
		.content_type = header(x, "Content-Type"),
		.origin = header(x, "Origin"),
		.fetch_site = header(x, "Sec-Fetch-Site"),
		.forwarded_for = header(x, "X-Forwarded-For"),
		.idempotency_key = header(x, "Idempotency-Key"),
	};
}

static void take_answer(struct exchange *x, struct answer *answer, enum err err)
{
	x->response = err ? NULL : reply_answer(answer);
	x->status = err ? 503 : (unsigned)answer->status;
	answer_free(answer);
}

static void run_job(struct job *job, void *own)
{
	struct exchange *x = (struct exchange *)(void *)((char *)job - offsetof(struct exchange, job));
	struct answer answer;

	x->in.body = buf_text(&x->body);
	x->in.body_len = x->body.len;
	if (!atomic_load(&x->http->cutting)) {
		enum err err = request_run(x->http->central, own, clock_utc(), &x->in, &answer);
		take_answer(x, &answer, err);
	}
	MHD_resume_connection(x->connection);
}

static enum MHD_Result hand_over(struct exchange *x)
{
	struct workers *workers = x->target.route->flags & ROUTE_SLOW ? x->http->slow : x->http->fast;

	x->stage = STAGE_WORK;
	x->job.run = run_job;
	deadline_set(x->connection, DEADLINE_ANSWER);
	MHD_suspend_connection(x->connection);
	if (!workers_do(workers, &x->job))
		MHD_resume_connection(x->connection);
	return MHD_YES;
}

static enum MHD_Result refuse(struct exchange *x, int status, const char *allow)
{
	struct answer answer;

	take_answer(x, &answer, request_refuse(x->http->central, &x->in, status, allow, &answer));
	return queue(x, x->status, x->response ? x->response : x->http->busy);
}

/* ---- the first call ----------------------------------------------------- */

static enum MHD_Result begin_asset(struct exchange *x, struct asset *asset)
{
	bool gzip = asset->gzip && accepts_gzip(header(x, "Accept-Encoding"));

	return queue(x, 200, asset->response[gzip]);
}

static bool take_upload(struct exchange *x)
{
	struct http *http = x->http;

	pthread_mutex_lock(&http->lock);
	x->uploads = http->uploads < UPLOADS_MAX;
	http->uploads += x->uploads;
	pthread_mutex_unlock(&http->lock);
	return x->uploads;
}

static enum MHD_Result begin_page(struct exchange *x, enum method method)
{
	const char *length = header(x, "Content-Length");
	enum err err = target_find(&x->arena, method, x->raw, &x->target);

	gather(x, method);
	if (err == ERR_REFUSED)
		return refuse(x, 405, x->target.allow);
	if (err)
		return refuse(x, err == ERR_NOT_FOUND ? 404 : 400, NULL);
	if (length && (strlen(length) > 9 || strtoul(length, NULL, 10) > x->target.body_max))
		return refuse(x, 413, NULL);
	if (method == METHOD_POST && x->target.route->flags & ROUTE_UPLOAD && !take_upload(x))
		return refuse(x, 503, NULL);
	if (x->uploads)
		deadline_set(x->connection, DEADLINE_FILE);
	buf_init(&x->body, x->target.body_max);
	x->stage = STAGE_BODY;
	return MHD_YES;
}

static const char feed_path[] = "/feed/v1/";

static bool is_feed(const struct exchange *x)
{
	return strncmp(x->raw, feed_path, sizeof feed_path - 1) == 0;
}

static enum MHD_Result begin_feed(struct exchange *x)
{
	const char *from = x->raw + sizeof feed_path - 1;
	size_t len = strcspn(from, "?");
	char centre[LIMIT_ID + 1] = "";

	x->stage = STAGE_FEED;
	if (len < sizeof centre)
		memcpy(centre, from, len);
	return feeds_answer(x->http->feeds, x->connection, centre, &x->door->room, &x->wait);
}

/* A proxy may send the absolute form, RFC 9112 3.2.2. */
static void strip_origin(char *raw)
{
	char *at = strncasecmp(raw, "http://", 7) == 0    ? raw + 7
		   : strncasecmp(raw, "https://", 8) == 0 ? raw + 8
							  : NULL;

	if (!at)
		return;
	at += strcspn(at, "/?");
	memmove(raw, at, strlen(at) + 1);
}

/* GET, HEAD and POST; others that HTTP knows are refused by each address, the rest is nothing that we do. */
static bool take_method(const char *name, enum method *out, unsigned *status)
{
	static const char *const known[] = { "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT" };

	*status = 501;
	*out = strcmp(name, "POST") == 0 ? METHOD_POST : METHOD_GET;
	if (*out == METHOD_POST || strcmp(name, "GET") == 0 || strcmp(name, "HEAD") == 0)
		return true;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strcmp(name, known[i]) == 0)
			*status = 405;
	return false;
}

/* GET: everything but handlers is answered from memory. */
static enum MHD_Result begin_get(struct exchange *x)
{
	deadline_set(x->connection, DEADLINE_ANSWER);
	if (is_feed(x))
		return begin_feed(x);
	if (x->door->screens)
		return queue(x, 404, x->http->missing);
	struct asset *asset = assets_find(x->http->central->assets, x->raw);
	if (asset)
		return begin_asset(x, asset);
	enum MHD_Result result = begin_page(x, METHOD_GET);
	return x->stage == STAGE_BODY ? hand_over(x) : result;
}

static bool is_for_machines(struct exchange *x)
{
	return target_find(&x->arena, METHOD_POST, x->raw, &x->target) == OK && x->target.route->flags & ROUTE_MACHINE;
}

/* A screen sends call-backs to where it has its feed from. */
static enum MHD_Result begin_post(struct exchange *x)
{
	if (x->door->screens && !is_for_machines(x))
		return queue(x, 404, x->http->missing);
	if (!is_feed(x))
		return begin_page(x, METHOD_POST);
	gather(x, METHOD_POST);
	return refuse(x, 405, "GET, HEAD");
}

/* The first call. An answer that is queued in it closes the connection behind itself, which suits a refusal; what is
 * fine waits for the second call. */
static enum MHD_Result begin(struct exchange *x, const char *method_name, const char *version)
{
	struct http *http = x->http;
	enum method method;
	unsigned status = x->raw ? http_check(x->connection, version, x->raw) : 503;

	if (http->stopping)
		return queue(x, 503, http->closing);
	if (status)
		return queue(x, status, status == 503 ? http->busy : http->bad);
	strip_origin(x->raw);
	if (!take_method(method_name, &method, &status)) {
		(void)!target_find(&x->arena, METHOD_GET, x->raw, &x->target);
		gather(x, METHOD_GET);
		return refuse(x, (int)status, x->target.allow ? x->target.allow : "GET, HEAD");
	}
	if (method == METHOD_POST)
		return begin_post(x);
	x->stage = STAGE_READY;
	return MHD_YES;
}

/* ---- further calls ------------------------------------------------------ */

static enum MHD_Result read_body(struct exchange *x, const char *bytes, size_t *len)
{
	if (*len == 0) {
		if (x->body.err)
			return refuse(x, x->body.err == ERR_LIMIT ? 413 : 503, NULL);
		return hand_over(x);
	}
	/* Above the maximum the rest is read and dropped; libmicrohttpd takes no answer in the middle of a body. */
	buf_add(&x->body, bytes, *len);
	*len = 0;
	return MHD_YES;
}

static enum MHD_Result handle(void *owner, struct MHD_Connection *connection, const char *url, const char *method,
			      const char *version, const char *bytes, size_t *len, void **state)
{
	struct exchange *x = *state;

	(void)owner, (void)url, (void)connection;
	if (!x)
		return MHD_NO;
	switch (x->stage) {
	case STAGE_NEW:
		return begin(x, method, version);
	case STAGE_READY:
	case STAGE_FEED:
		if (*len) {
			*len = 0; /* a body that nobody asked for */
			return MHD_YES;
		}
		return x->stage == STAGE_READY ? begin_get(x) : begin_feed(x);
	case STAGE_BODY:
		return read_body(x, bytes, len);
	default:
		return x->response ? queue(x, x->status, x->response) : queue(x, 503, x->http->busy);
	}
}

/* ---- start -------------------------------------------------------------- */

PRINTF_LIKE(2, 0) static void mhd_log(void *owner, const char *format, va_list args)
{
	char line[300];

	(void)owner;
	vsnprintf(line, sizeof line, format, args);
	line[strcspn(line, "\n")] = '\0';
	log_line(LOG_DEBUG, "http: %s", line);
}

#if MHD_VERSION >= 0x00097701
#define STRICT MHD_OPTION_CLIENT_DISCIPLINE_LVL
#else
#define STRICT MHD_OPTION_STRICT_FOR_CLIENT
#endif

static enum err open_door(struct http *http, struct door *door, int fd, bool screens, unsigned connections,
			  struct fault *fault)
{
	door->fd = fd;
	door->http = http;
	door->screens = screens;
	door->deadline = (struct deadline_door){ http->deadlines, screens ? IDLE_SCREENS : IDLE_BROWSERS };
	door->room.max = screens ? connections : connections / 2;
	door->daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0,
					NULL, NULL, handle, door, MHD_OPTION_EXTERNAL_LOGGER, mhd_log, NULL,
					MHD_OPTION_LISTEN_SOCKET, door->fd, MHD_OPTION_CONNECTION_LIMIT, connections,
					MHD_OPTION_CONNECTION_MEMORY_LIMIT,
					(size_t)(screens ? POOL_SCREENS : POOL_BROWSERS), MHD_OPTION_CONNECTION_TIMEOUT,
					(unsigned)door->deadline.idle_s, STRICT, 1, MHD_OPTION_NOTIFY_CONNECTION,
					deadline_notify, &door->deadline, MHD_OPTION_NOTIFY_COMPLETED, exchange_end,
					NULL, MHD_OPTION_URI_LOG_CALLBACK, exchange_begin, door, MHD_OPTION_END);
	if (!door->daemon)
		return fault_set(fault, ERR_DEVICE, screens ? "listen-screens" : "listen",
				 "the HTTP server does not start");
	return OK;
}

static enum err start_workers(struct http *http, struct fault *fault)
{
	void *own[WORKERS + SLOW_WORKERS];

	for (size_t i = 0; i < WORKERS + SLOW_WORKERS; i++) {
		enum err err = central_connect(http->central, &http->connections[i], fault);
		if (err)
			return err;
		own[i] = http->connections[i];
	}
	enum err err = workers_start(WORKERS, own, JOBS_MAX, &http->fast);
	if (!err)
		err = workers_start(SLOW_WORKERS, own + WORKERS, JOBS_MAX, &http->slow);
	return err ? fault_set(fault, err, "workers", "threads do not start") : OK;
}

static enum err make_responses(struct http *http, struct fault *fault)
{
	bool fine = true;

	http->bad = reply_plain("malformed request\n", "close", 0);
	http->missing = reply_plain("only feeds are here\n", NULL, 0);
	http->busy = reply_plain("busy, try again\n", NULL, 5);
	http->closing = reply_plain("the server is stopping\n", "close", 2);
	for (size_t i = 0; i < assets_count(http->central->assets) && fine; i++) {
		struct asset *asset = assets_at(http->central->assets, i);
		asset->response[0] = reply_asset(asset, false);
		asset->response[1] = asset->gzip ? reply_asset(asset, true) : NULL;
		fine = asset->response[0] && (asset->response[1] || !asset->gzip);
	}
	fine = fine && http->bad && http->missing && http->busy && http->closing;
	return fine ? OK : fault_set(fault, ERR_MEMORY, "http", "out of memory");
}

enum err http_start(struct central *central, struct feeds *feeds, const struct listener listeners[2], struct http **out,
		    struct fault *fault)
{
	unsigned files = files_raise();
	unsigned browsers = files > 4 * LIMIT_BROWSERS ? LIMIT_BROWSERS : files / 4;
	unsigned screens = files > browsers + 2 * FILES_OWN ? files - browsers - FILES_OWN : FILES_OWN;
	struct http *http = mem_alloc(sizeof *http);

	if (!http)
		return fault_set(fault, ERR_MEMORY, "http", "out of memory");
	*http = (struct http){ .central = central, .feeds = feeds, .browsers.fd = -1, .screens.fd = -1 };
	pthread_mutex_init(&http->lock, NULL);
	pthread_cond_init(&http->idle, NULL);
	enum err err = make_responses(http, fault);
	if (!err)
		err = start_workers(http, fault);
	if (!err && deadlines_start(settings_int(central->settings, SET_REQUEST_SECONDS), &http->deadlines))
		err = fault_set(fault, ERR_MEMORY, "http", "its threads do not start");
	if (!err)
		err = open_door(http, &http->browsers, listeners[0].fd, false, browsers, fault);
	if (!err && listeners[1].fd >= 0)
		err = open_door(http, &http->screens, listeners[1].fd, true,
				screens > LIMIT_WAITING_SCREENS ? LIMIT_WAITING_SCREENS : screens, fault);
	if (err)
		http_stop(http);
	else
		*out = http;
	return err;
}

/* ---- stop: libmicrohttpd aborts the process if a suspended connection is left when its daemon stops ---- */

static void drain(struct http *http)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_nsec += DRAIN_MS % 1000 * 1000000L;
	until.tv_sec += DRAIN_MS / 1000 + until.tv_nsec / 1000000000L;
	until.tv_nsec %= 1000000000L;
	pthread_mutex_lock(&http->lock);
	while (http->exchanges && pthread_cond_timedwait(&http->idle, &http->lock, &until) == 0)
		;
	if (http->exchanges)
		log_line(LOG_INFO, "%u requests were cut off at the end", http->exchanges);
	pthread_mutex_unlock(&http->lock);
}

static void close_door(struct door *door)
{
	if (door->daemon)
		MHD_stop_daemon(door->daemon);
	if (door->fd >= 0)
		close(door->fd);
}

static void free_responses(struct http *http)
{
	enum { OWN = 4 };
	struct MHD_Response *own[OWN] = { http->bad, http->missing, http->busy, http->closing };

	for (size_t i = 0; i < OWN; i++)
		if (own[i])
			MHD_destroy_response(own[i]);
	for (size_t i = 0; i < assets_count(http->central->assets); i++)
		for (int form = 0; form < 2; form++)
			if (assets_at(http->central->assets, i)->response[form])
				MHD_destroy_response(assets_at(http->central->assets, i)->response[form]);
}

void http_stop(struct http *http)
{
	struct door *doors[] = { &http->browsers, &http->screens };
	struct workers *workers[] = { http->fast, http->slow };

	atomic_store(&http->stopping, true);
	for (int i = 0; i < 2; i++)
		if (doors[i]->daemon)
			MHD_quiesce_daemon(doors[i]->daemon);
	feeds_close(http->feeds);
	drain(http);
	/* Who still sends slowly or reads slowly is cut off. With the workers ended and the polls let go nobody is
	 * suspended any more, and nobody can be again. */
	atomic_store(&http->cutting, true);
	for (int i = 0; i < 2; i++)
		if (workers[i])
			workers_end(workers[i]);
	for (int i = 0; i < 2; i++)
		close_door(doors[i]);
	deadlines_stop(http->deadlines);
	for (int i = 0; i < 2; i++)
		if (workers[i])
			workers_del(workers[i]);
	for (size_t i = 0; i < WORKERS + SLOW_WORKERS; i++)
		db_close(http->connections[i]);
	free_responses(http);
	pthread_cond_destroy(&http->idle);
	pthread_mutex_destroy(&http->lock);
	mem_free(http);
}
