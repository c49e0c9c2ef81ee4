/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/fetch.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/mem.h"
#include "io/address.h"

enum {
	REDIRECTS_MAX = 5,
	CONNECT_TIMEOUT_S = 10,
	STOP_LOOK_MS = 1000, /* between two looks at a stop that has no file descriptor */
};

struct fetch_session {
	CURLM *multi;
};

/* One hop of one request. */
struct hop {
	const struct fetch_request *request;
	struct fetch_reply *reply;
	CURL *easy;
	char url[2048], origin[300];
	char error[CURL_ERROR_SIZE];
	bool proxied;
	bool address_refused;
	enum err body_err;
};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static CURLcode global = CURLE_FAILED_INIT;

static void start_curl(void)
{
	global = curl_global_init(CURL_GLOBAL_DEFAULT);
}

struct fetch_session *fetch_session_new(void)
{
	pthread_once(&once, start_curl);
	struct fetch_session *session = global == CURLE_OK ? mem_alloc(sizeof *session) : NULL;
	if (!session)
		return NULL;
	session->multi = curl_multi_init();
	if (!session->multi) {
		mem_free(session);
		return NULL;
	}
	return session;
}

void fetch_session_del(struct fetch_session *session)
{
	if (!session)
		return;
	curl_multi_cleanup(session->multi);
	mem_free(session);
}

void fetch_reply_free(struct fetch_reply *reply)
{
	buf_free(&reply->body);
}

static size_t take_body(char *bytes, size_t size, size_t n, void *user)
{
	struct hop *hop = user;

	buf_add(&hop->reply->body, bytes, size * n);
	hop->body_err = hop->reply->body.err;
	return hop->body_err ? 0 : size * n;
}

static void take_text(char *out, size_t size, const char *value, size_t len)
{
	while (len && (*value == ' ' || *value == '\t'))
		value++, len--;
	while (len && (unsigned char)value[len - 1] <= ' ')
		len--;
	if (len >= size)
		len = 0;
	memcpy(out, value, len);
	out[len] = '\0';
}

/* RFC 9110 10.2.3; the form with a date is rare and not taken. */
static int seconds_of(const char *value, size_t len)
{
	char text[12];

	take_text(text, sizeof text, value, len);
	size_t digits = strspn(text, "0123456789");
	return digits && digits < 7 && text[digits] == '\0' ? (int)strtol(text, NULL, 10) : 0;
}

static size_t take_header(char *line, size_t size, size_t n, void *user)
{
	struct hop *hop = user;
	size_t len = size * n;
	const char *colon = memchr(line, ':', len);

	if (!colon) /* the status line of this answer, or of an interim one before it */
		return len;
	size_t name = (size_t)(colon - line), rest = len - name - 1;
	if (name == 4 && strncasecmp(line, "etag", 4) == 0)
		take_text(hop->reply->etag, sizeof hop->reply->etag, colon + 1, rest);
	else if (name == 12 && strncasecmp(line, "content-type", 12) == 0)
		take_text(hop->reply->content_type, sizeof hop->reply->content_type, colon + 1, rest);
	else if (name == 11 && strncasecmp(line, "retry-after", 11) == 0)
		hop->reply->retry_after_s = seconds_of(colon + 1, rest);
	return len;
}

/* Asked with the address that is really connected to, after the name was
 * resolved: a name server that answers otherwise the second time (DNS
 * rebinding) gains nothing. To a proxy the address is the proxy's own. */
static curl_socket_t open_socket(void *user, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct hop *hop = user;

	(void)purpose;
	if (hop->request->public_only && !hop->proxied && !address_is_public(&address->addr)) {
		hop->address_refused = true;
		return CURL_SOCKET_BAD;
	}
	return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* Whether the name alone says that it is inside; the rest is seen at connect. */
static bool host_is_inside(const char *host)
{
	size_t len = strlen(host);

	return !address_text_is_public(host) || strcasecmp(host, "localhost") == 0 ||
	       (len > 10 && strcasecmp(host + len - 10, ".localhost") == 0) ||
	       (len > 6 && strcasecmp(host + len - 6, ".local") == 0) || strchr(host, '.') == NULL;
}

static enum err split(const char *url, char *scheme, size_t scheme_size, char *host, size_t host_size)
{
	CURLU *parts = curl_url();
	char *s = NULL, *h = NULL;
	enum err err = parts ? ERR_VALUE : ERR_MEMORY;

	if (parts && !curl_url_set(parts, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME) &&
	    !curl_url_get(parts, CURLUPART_SCHEME, &s, 0) && !curl_url_get(parts, CURLUPART_HOST, &h, 0) && *h) {
		snprintf(scheme, scheme_size, "%s", s);
		snprintf(host, host_size, "%s", h);
		err = OK;
	}
	curl_free(s);
	curl_free(h);
	curl_url_cleanup(parts);
	return err;
}

bool url_is_http(const char *url)
{
	char scheme[16], host[256];

	return split(url, scheme, sizeof scheme, host, sizeof host) == OK &&
	       (strcmp(scheme, "http") == 0 || strcmp(scheme, "https") == 0 || strcmp(scheme, "webcal") == 0);
}

void url_origin(const char *url, char *out, size_t size)
{
	CURLU *parts = curl_url();
	char *text = NULL;

	snprintf(out, size, "(no address)");
	if (parts && !curl_url_set(parts, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME)) {
		curl_url_set(parts, CURLUPART_USER, NULL, 0);
		curl_url_set(parts, CURLUPART_PASSWORD, NULL, 0);
		curl_url_set(parts, CURLUPART_PATH, NULL, 0);
		curl_url_set(parts, CURLUPART_QUERY, NULL, 0);
		curl_url_set(parts, CURLUPART_FRAGMENT, NULL, 0);
		if (!curl_url_get(parts, CURLUPART_URL, &text, 0)) {
			size_t len = strlen(text);
			if (len && text[len - 1] == '/')
				text[len - 1] = '\0';
			snprintf(out, size, "%s", text);
		}
	}
	curl_free(text);
	curl_url_cleanup(parts);
}

static bool stopped(const struct fetch_request *request)
{
	return request->stop && atomic_load(request->stop);
}

static const char *environment_proxy(const char *scheme)
{
	/* Upper-case HTTP_PROXY is a CGI header's name: libcurl does not look at it either. */
	const char *proxy = getenv(strcmp(scheme, "https") == 0 ? "https_proxy" : "http_proxy");

	if (!proxy && strcmp(scheme, "https") == 0)
		proxy = getenv("HTTPS_PROXY");
	if (!proxy)
		proxy = getenv("all_proxy");
	if (!proxy)
		proxy = getenv("ALL_PROXY");
	return proxy && *proxy ? proxy : NULL;
}

static void set_proxy(struct hop *hop, const char *scheme)
{
	const char *proxy = hop->request->proxy && *hop->request->proxy ? hop->request->proxy : NULL;

	if (!proxy && hop->request->public_only)
		proxy = environment_proxy(scheme);
	hop->proxied = proxy != NULL;
	if (proxy)
		curl_easy_setopt(hop->easy, CURLOPT_PROXY, proxy);
	/* With public_only it must be certain whose address open_socket sees. */
	if (hop->request->public_only) {
		curl_easy_setopt(hop->easy, CURLOPT_NOPROXY, "");
		if (!proxy)
			curl_easy_setopt(hop->easy, CURLOPT_PROXY, "");
	}
}

static void set_options(struct hop *hop, const char *scheme, struct curl_slist *headers)
{
	const struct fetch_request *request = hop->request;
	CURL *easy = hop->easy;

	curl_easy_setopt(easy, CURLOPT_URL, hop->url);
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(easy, CURLOPT_USERAGENT, request->user_agent);
	curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip");
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L); /* quitting must not wait for a slow name server */
	curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, hop->error);
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(easy, CURLOPT_WRITEDATA, hop);
	curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
	curl_easy_setopt(easy, CURLOPT_HEADERDATA, hop);
	curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, hop);
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_TIMEOUT_S);
	curl_easy_setopt(easy, CURLOPT_TIMEOUT, (long)request->timeout_s + request->wait_s);
	if (request->post)
		curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request->post);
	/* A long poll's connection is silent for most of a minute: firewalls forget those. */
	curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
	curl_easy_setopt(easy, CURLOPT_TCP_KEEPIDLE, 20L);
	curl_easy_setopt(easy, CURLOPT_TCP_KEEPINTVL, 10L);
	set_proxy(hop, scheme);
}

/* An authority of the municipality's own. CURLOPT_CAINFO replaces the system's
 * bundle, so the system's folder of the same authorities is named beside it. */
static enum err add_authority(struct hop *hop, struct fault *fault)
{
	const char *file = hop->request->ca_file;

	if (!file || !*file)
		return OK;
	if (access(file, R_OK) < 0)
		return fault_set(fault, ERR_FILE, file, "the file of the additional authority cannot be read");
	curl_easy_setopt(hop->easy, CURLOPT_CAINFO, file);
	curl_easy_setopt(hop->easy, CURLOPT_CAPATH, "/etc/ssl/certs");
	return OK;
}

static enum err add_header(struct curl_slist **headers, const char *line)
{
	struct curl_slist *longer = curl_slist_append(*headers, line);

	if (!longer)
		return ERR_MEMORY;
	*headers = longer;
	return OK;
}

static enum err make_headers(const struct fetch_request *request, struct curl_slist **headers)
{
	char line[200];
	enum err err = OK;

	if (request->etag && *request->etag) {
		snprintf(line, sizeof line, "If-None-Match: %s", request->etag);
		err = add_header(headers, line);
	}
	if (!err && request->wait_s > 0) {
		snprintf(line, sizeof line, "Prefer: wait=%d", request->wait_s);
		err = add_header(headers, line);
	}
	if (!err && request->post) {
		snprintf(line, sizeof line, "Content-Type: %s", request->post_type);
		err = add_header(headers, line);
	}
	if (!err && request->idempotency_key) {
		snprintf(line, sizeof line, "Idempotency-Key: %s", request->idempotency_key);
		err = add_header(headers, line);
	}
	return err;
}

/* Runs the transfer to its end, to a stop, or to a fault of curl itself. */
static enum err run(struct hop *hop, CURLM *multi, CURLcode *result)
{
	const struct fetch_request *request = hop->request;
	struct curl_waitfd extra = { .fd = request->stop_fd, .events = CURL_WAIT_POLLIN };
	unsigned int extras = request->stop && request->stop_fd > 0 ? 1 : 0;
	int timeout = request->stop && !extras ? STOP_LOOK_MS : 60000;
	int running = 1;

	while (running) {
		if (stopped(request))
			return ERR_NETWORK;
		if (curl_multi_perform(multi, &running) != CURLM_OK)
			return ERR_NETWORK;
		if (running && curl_multi_poll(multi, &extra, extras, timeout, NULL) != CURLM_OK)
			return ERR_NETWORK;
	}
	int left;
	const CURLMsg *message = curl_multi_info_read(multi, &left);
	if (!message || message->msg != CURLMSG_DONE)
		return ERR_NETWORK;
	*result = message->data.result;
	return OK;
}

/* Says a transfer's end in words. */
static enum err judge(const struct hop *hop, enum err ran, CURLcode result, struct fault *fault)
{
	if (stopped(hop->request))
		return fault_set(fault, ERR_NETWORK, hop->origin, "given up, since the program ends");
	if (hop->address_refused)
		return fault_set(fault, ERR_REFUSED, hop->origin, "the name leads to an address inside the network");
	if (hop->body_err == ERR_LIMIT)
		return fault_set(fault, ERR_LIMIT, hop->origin, "the answer is larger than %zu bytes",
				 hop->request->max_bytes);
	if (hop->body_err)
		return fault_set(fault, hop->body_err, hop->origin, "%s", err_cause(hop->body_err));
	if (ran)
		return fault_set(fault, ran, hop->origin, "libcurl cannot go on");
	if (result == CURLE_OUT_OF_MEMORY)
		return fault_set(fault, ERR_MEMORY, hop->origin, "%s", err_cause(ERR_MEMORY));
	/* libcurl adds how many milliseconds these took; a fault that lasts must read the same each time. */
	if (result == CURLE_COULDNT_CONNECT)
		return fault_set(fault, ERR_NETWORK, hop->origin, "no connection");
	if (result == CURLE_OPERATION_TIMEDOUT)
		return fault_set(fault, ERR_NETWORK, hop->origin, "timed out");
	if (result != CURLE_OK)
		return fault_set(fault, ERR_NETWORK, hop->origin, "%s",
				 *hop->error ? hop->error : curl_easy_strerror(result));
	return OK;
}

static enum err transfer(struct hop *hop, CURLM *multi, const char *scheme, struct fault *fault)
{
	struct curl_slist *headers = NULL;
	CURLcode result = CURLE_OK;
	enum err err = make_headers(hop->request, &headers);

	if (err) {
		curl_slist_free_all(headers);
		return fault_set(fault, err, hop->origin, "%s", err_cause(err));
	}
	set_options(hop, scheme, headers);
	err = add_authority(hop, fault);
	if (!err) {
		if (curl_multi_add_handle(multi, hop->easy) == CURLM_OK) {
			enum err ran = run(hop, multi, &result);
			err = judge(hop, ran, result, fault);
			curl_multi_remove_handle(multi, hop->easy);
		} else {
			err = fault_set(fault, ERR_MEMORY, hop->origin, "%s", err_cause(ERR_MEMORY));
		}
	}
	curl_slist_free_all(headers);
	return err;
}

/* The answer's status, and where a redirect leads ("" in NEXT: nowhere). */
static enum err take_end(const struct hop *hop, char *next, size_t size, struct fault *fault)
{
	long status = 0;
	const char *redirect = NULL;

	curl_easy_getinfo(hop->easy, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(hop->easy, CURLINFO_REDIRECT_URL, &redirect);
	hop->reply->status = (int)status;
	/* 303 after a POST: look elsewhere, by GET, which is not what was asked for. */
	if (!redirect || (hop->request->post && status == 303))
		return OK;
	if (strlen(redirect) >= size)
		return fault_set(fault, ERR_LIMIT, hop->origin, "a redirect to too long an address");
	memcpy(next, redirect, strlen(redirect) + 1);
	return OK;
}

/* Checks the address, fetches it, and writes where a redirect leads to NEXT ("": nowhere). */
static enum err follow(struct hop *hop, CURLM *multi, bool secure, char *next, size_t size, struct fault *fault)
{
	char scheme[16], host[256];
	enum err err = split(hop->url, scheme, sizeof scheme, host, sizeof host);

	*next = '\0';
	url_origin(hop->url, hop->origin, sizeof hop->origin);
	if (err || (strcmp(scheme, "http") != 0 && strcmp(scheme, "https") != 0))
		return fault_set(fault, err == ERR_MEMORY ? err : ERR_VALUE, hop->origin,
				 "not an http or https address");
	if (secure && strcmp(scheme, "https") != 0)
		return fault_set(fault, ERR_REFUSED, hop->origin, "a redirect leads from https to http");
	if (hop->request->public_only && host_is_inside(host))
		return fault_set(fault, ERR_REFUSED, hop->origin, "an address inside the network");
	hop->easy = curl_easy_init();
	if (!hop->easy)
		return fault_set(fault, ERR_MEMORY, hop->origin, "%s", err_cause(ERR_MEMORY));
	err = transfer(hop, multi, scheme, fault);
	if (!err)
		err = take_end(hop, next, size, fault);
	curl_easy_cleanup(hop->easy);
	return err;
}

static void clear(const struct fetch_request *request, struct fetch_reply *reply)
{
	buf_free(&reply->body);
	*reply = (struct fetch_reply){ 0 };
	buf_init(&reply->body, request->max_bytes);
}

static enum err fetch_hops(const struct fetch_request *request, CURLM *multi, struct fetch_reply *reply,
			   struct fault *fault)
{
	static const char webcal[] = "webcal://";
	bool is_webcal = strncasecmp(request->url, webcal, sizeof webcal - 1) == 0;
	char next[sizeof((struct hop *)0)->url];
	bool secure = false;

	if ((size_t)snprintf(next, sizeof next, "%s%s", is_webcal ? "https://" : "",
			     request->url + (is_webcal ? sizeof webcal - 1 : 0)) >= sizeof next)
		return fault_set(fault, ERR_LIMIT, NULL, "the address is longer than %zu bytes", sizeof next - 1);
	for (int i = 0; i <= REDIRECTS_MAX; i++) {
		struct hop hop = { .request = request, .reply = reply };
		memcpy(hop.url, next, sizeof hop.url);
		clear(request, reply);
		enum err err = follow(&hop, multi, secure, next, sizeof next, fault);
		if (err || !*next)
			return err;
		secure = secure || strncasecmp(hop.url, "https:", 6) == 0;
	}
	return fault_set(fault, ERR_NETWORK, NULL, "more than %d redirects", REDIRECTS_MAX);
}

enum err fetch(const struct fetch_request *request, struct fetch_reply *reply, struct fault *fault)
{
	struct fetch_session *session = request->session;

	*reply = (struct fetch_reply){ 0 };
	buf_init(&reply->body, request->max_bytes);
	if (!session)
		session = fetch_session_new();
	if (!session)
		return fault_set(fault, ERR_MEMORY, NULL, "%s", err_cause(ERR_MEMORY));
	enum err err = fetch_hops(request, session->multi, reply, fault);
	if (!request->session)
		fetch_session_del(session);
	return err;
}
