/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every page of the central: method, path, role, fields, flags, handler. {name}
 * is one part of the path, an id; {centre} is checked against the user. Rows of
 * the same path stand together. The feed and the assets are answered before
 * this table is looked at (server.c), because they never touch the database. */
#pragma once

#include "central/route.h"

/* clang-format off */
#define ROUTES(X) \
	/* sessions and the server itself (pages_session.c) */ \
	X(GET,  "/health",         ANYBODY, fields_none,     ROUTE_PLAIN,                  page_health) \
	X(POST, "/language",       ANYBODY, fields_language, ROUTE_NO_MUST,                post_language) \
	X(GET,  "/staff/login",    ANYBODY, fields_login,    ROUTE_PLAIN,                  page_login) \
	X(POST, "/staff/login",    ANYBODY, fields_login,    ROUTE_SLOW,                   post_login) \
	X(POST, "/staff/logout",   STAFF,   fields_none,     ROUTE_NO_MUST,                post_logout) \
	X(GET,  "/staff/password", STAFF,   fields_none,     ROUTE_NO_MUST,                page_password) \
	X(POST, "/staff/password", STAFF,   fields_password, ROUTE_SLOW | ROUTE_NO_MUST,   post_password) \
	/* staff pages (staff_*.c) */ \
	X(GET,  "/staff",                                              STAFF, fields_none,          ROUTE_PLAIN, page_home) \
	X(GET,  "/staff/c/{centre}",                                   STAFF, fields_none,          ROUTE_PLAIN, page_centre) \
	X(GET,  "/staff/c/{centre}/activities",                        STAFF, fields_list,          ROUTE_PLAIN, page_activities) \
	X(GET,  "/staff/c/{centre}/new/activity",                      STAFF, fields_none,          ROUTE_PLAIN, page_activity_new) \
	X(POST, "/staff/c/{centre}/new/activity",                      STAFF, fields_activity_new,  ROUTE_PLAIN, post_activity_new) \
	X(GET,  "/staff/c/{centre}/activities/{id}",                   STAFF, fields_none,          ROUTE_PLAIN, page_activity) \
	X(GET,  "/staff/c/{centre}/activities/{id}/edit",              STAFF, fields_none,          ROUTE_PLAIN, page_activity_edit) \
	X(POST, "/staff/c/{centre}/activities/{id}/edit",              STAFF, fields_activity,      ROUTE_PLAIN, post_activity_edit) \
	X(GET,  "/staff/c/{centre}/activities/{id}/cancel",            STAFF, fields_none,          ROUTE_PLAIN, page_cancel_series) \
	X(POST, "/staff/c/{centre}/activities/{id}/cancel",            STAFF, fields_cancel_series, ROUTE_PLAIN, post_cancel_series) \
	X(POST, "/staff/c/{centre}/activities/{id}/resume",            STAFF, fields_none,          ROUTE_PLAIN, post_resume_series) \
	X(GET,  "/staff/c/{centre}/activities/{id}/remove",            STAFF, fields_none,          ROUTE_PLAIN, page_remove_activity) \
	X(POST, "/staff/c/{centre}/activities/{id}/remove",            STAFF, fields_remove,        ROUTE_PLAIN, post_remove_activity) \
	X(GET,  "/staff/c/{centre}/activities/{id}/signups",           STAFF, fields_none,          ROUTE_PLAIN, page_activity_signups) \
	X(GET,  "/staff/c/{centre}/activities/{id}/at/{start}/change", STAFF, fields_none,          ROUTE_PLAIN, page_change_time) \
	X(POST, "/staff/c/{centre}/activities/{id}/at/{start}/change", STAFF, fields_change_time,   ROUTE_PLAIN, post_change_time) \
	X(GET,  "/staff/c/{centre}/activities/{id}/at/{start}/cancel", STAFF, fields_none,          ROUTE_PLAIN, page_cancel_time) \
	X(POST, "/staff/c/{centre}/activities/{id}/at/{start}/cancel", STAFF, fields_cancel_time,   ROUTE_PLAIN, post_cancel_time) \
	X(POST, "/staff/c/{centre}/activities/{id}/at/{start}/undo",   STAFF, fields_none,          ROUTE_PLAIN, post_undo_time) \
	X(GET,  "/staff/c/{centre}/activities/{id}/at/{start}/signups", STAFF, fields_none,         ROUTE_PLAIN, page_time_signups) \
	X(GET,  "/staff/c/{centre}/needs",                             STAFF, fields_none,          ROUTE_PLAIN, page_needs) \
	X(GET,  "/staff/c/{centre}/new/need",                          STAFF, fields_none,          ROUTE_PLAIN, page_need_new) \
	X(POST, "/staff/c/{centre}/new/need",                          STAFF, fields_need_new,      ROUTE_PLAIN, post_need_new) \
	X(GET,  "/staff/c/{centre}/needs/{id}",                        STAFF, fields_none,          ROUTE_PLAIN, page_need) \
	X(POST, "/staff/c/{centre}/needs/{id}",                        STAFF, fields_need,          ROUTE_PLAIN, post_need) \
	X(GET,  "/staff/c/{centre}/needs/{id}/remove",                 STAFF, fields_none,          ROUTE_PLAIN, page_remove_need) \
	X(POST, "/staff/c/{centre}/needs/{id}/remove",                 STAFF, fields_remove,        ROUTE_PLAIN, post_remove_need) \
	X(GET,  "/staff/c/{centre}/needs/{id}/signups",                STAFF, fields_none,          ROUTE_PLAIN, page_need_signups) \
	X(GET,  "/staff/c/{centre}/notices",                            STAFF, fields_none,          ROUTE_PLAIN, page_notices) \
	X(GET,  "/staff/c/{centre}/new/notice",                         STAFF, fields_none,          ROUTE_PLAIN, page_notice_new) \
	X(POST, "/staff/c/{centre}/new/notice",                         STAFF, fields_notice_new,    ROUTE_PLAIN, post_notice_new) \
	X(GET,  "/staff/c/{centre}/notices/{id}",                       STAFF, fields_none,          ROUTE_PLAIN, page_notice) \
	X(POST, "/staff/c/{centre}/notices/{id}",                       STAFF, fields_notice,        ROUTE_PLAIN, post_notice) \
	X(GET,  "/staff/c/{centre}/notices/{id}/remove",                STAFF, fields_none,          ROUTE_PLAIN, page_remove_notice) \
	X(POST, "/staff/c/{centre}/notices/{id}/remove",                STAFF, fields_remove,        ROUTE_PLAIN, post_remove_notice) \
	X(GET,  "/staff/c/{centre}/organisations",                      STAFF, fields_none,          ROUTE_PLAIN, page_organisations) \
	X(GET,  "/staff/c/{centre}/new/organisation",                   STAFF, fields_none,          ROUTE_PLAIN, page_organisation_new) \
	X(POST, "/staff/c/{centre}/new/organisation",                   STAFF, fields_organisation_new, ROUTE_PLAIN, post_organisation_new) \
	X(GET,  "/staff/c/{centre}/organisations/{id}",                 STAFF, fields_none,          ROUTE_PLAIN, page_organisation) \
	X(POST, "/staff/c/{centre}/organisations/{id}",                 STAFF, fields_organisation,  ROUTE_PLAIN, post_organisation) \
	X(GET,  "/staff/c/{centre}/organisations/{id}/remove",          STAFF, fields_none,          ROUTE_PLAIN, page_remove_organisation) \
	X(POST, "/staff/c/{centre}/organisations/{id}/remove",          STAFF, fields_remove,        ROUTE_PLAIN, post_remove_organisation) \
	X(POST, "/staff/c/{centre}/organisations/{id}/confirm",         STAFF, fields_none,          ROUTE_PLAIN, post_confirm_organisation) \
	X(GET,  "/staff/c/{centre}/contacts",                           STAFF, fields_none,          ROUTE_PLAIN, page_contacts) \
	X(GET,  "/staff/c/{centre}/new/contact",                        STAFF, fields_none,          ROUTE_PLAIN, page_contact_new) \
	X(POST, "/staff/c/{centre}/new/contact",                        STAFF, fields_contact_new,   ROUTE_PLAIN, post_contact_new) \
	X(GET,  "/staff/c/{centre}/contacts/{id}",                      STAFF, fields_none,          ROUTE_PLAIN, page_contact) \
	X(POST, "/staff/c/{centre}/contacts/{id}",                      STAFF, fields_contact,       ROUTE_PLAIN, post_contact) \
	X(GET,  "/staff/c/{centre}/contacts/{id}/remove",               STAFF, fields_none,          ROUTE_PLAIN, page_remove_contact) \
	X(POST, "/staff/c/{centre}/contacts/{id}/remove",               STAFF, fields_remove,        ROUTE_PLAIN, post_remove_contact) \
	X(POST, "/staff/c/{centre}/contacts/{id}/confirm",              STAFF, fields_none,          ROUTE_PLAIN, post_confirm_contact) \
	X(GET,  "/staff/c/{centre}/signups",                           STAFF, fields_none,          ROUTE_PLAIN, page_signups) \
	X(POST, "/staff/c/{centre}/signups/{id}/answered",             STAFF, fields_tick,          ROUTE_PLAIN, post_signup_answered) \
	X(POST, "/staff/c/{centre}/signups/{id}/told",                 STAFF, fields_tick,          ROUTE_PLAIN, post_signup_told) \
	X(POST, "/staff/c/{centre}/signups/{id}/stays",                STAFF, fields_tick,          ROUTE_PLAIN, post_signup_stays) \
	X(POST, "/staff/c/{centre}/signups/{id}/remove",               STAFF, fields_tick,          ROUTE_PLAIN, post_signup_remove) \
	X(GET,  "/staff/c/{centre}/settings",                           STAFF, fields_none,          ROUTE_PLAIN, page_settings) \
	X(POST, "/staff/c/{centre}/settings",                           STAFF, fields_centre,        ROUTE_PLAIN, post_settings) \
	X(GET,  "/staff/c/{centre}/audit",                              STAFF, fields_none,          ROUTE_PLAIN, page_audit) \
	X(GET,  "/staff/users",                                         ADMINISTRATOR, fields_none,          ROUTE_PLAIN, page_users) \
	X(GET,  "/staff/new-user",                                      ADMINISTRATOR, fields_none,          ROUTE_PLAIN, page_user_new) \
	X(POST, "/staff/new-user",                                      ADMINISTRATOR, fields_user_new,      ROUTE_SLOW, post_user_new) \
	X(GET,  "/staff/users/{id}",                                    ADMINISTRATOR, fields_none,          ROUTE_PLAIN, page_user) \
	X(POST, "/staff/users/{id}",                                    ADMINISTRATOR, fields_user,          ROUTE_PLAIN, post_user) \
	X(POST, "/staff/users/{id}/password",                           ADMINISTRATOR, fields_none,          ROUTE_SLOW, post_user_password) \
	X(GET,  "/staff/users/{id}/remove",                             ADMINISTRATOR, fields_none,          ROUTE_PLAIN, page_remove_user) \
	X(POST, "/staff/users/{id}/remove",                             ADMINISTRATOR, fields_none,          ROUTE_PLAIN, post_remove_user) \
	/* calendars that a centre takes activities from (calendars_*.c) */ \
	X(GET,  "/staff/c/{centre}/calendars",                         STAFF, fields_none,          ROUTE_PLAIN, page_calendars) \
	X(GET,  "/staff/c/{centre}/new/calendar",                      STAFF, fields_none,          ROUTE_PLAIN, page_calendar_new) \
	X(POST, "/staff/c/{centre}/new/calendar",                      STAFF, fields_calendar,      ROUTE_SLOW,  post_calendar_new) \
	X(GET,  "/staff/c/{centre}/new/calendar-file",                 STAFF, fields_none,          ROUTE_PLAIN, page_calendar_copy) \
	X(POST, "/staff/c/{centre}/new/calendar-file",                 STAFF, fields_calendar_copy, ROUTE_SLOW | ROUTE_UPLOAD, post_calendar_copy) \
	X(GET,  "/staff/c/{centre}/calendars/{id}",                    STAFF, fields_none,          ROUTE_PLAIN, page_calendar) \
	X(POST, "/staff/c/{centre}/calendars/{id}/refresh",            STAFF, fields_none,          ROUTE_SLOW,  post_calendar_refresh) \
	X(GET,  "/staff/c/{centre}/calendars/{id}/remove",             STAFF, fields_none,          ROUTE_PLAIN, page_calendar_remove) \
	X(POST, "/staff/c/{centre}/calendars/{id}/remove",             STAFF, fields_remove,        ROUTE_PLAIN, post_calendar_remove) \
	/* call-backs: what screens send (callback_post.c), and those who call (staff_callbacks.c) */ \
	X(POST, "/callbacks/v1",                                       ANYBODY, fields_none,        ROUTE_MACHINE, post_callback) \
	X(GET,  "/staff/c/{centre}/callbacks",                         STAFF, fields_none,          ROUTE_PLAIN, page_callbacks) \
	X(POST, "/staff/c/{centre}/callbacks/{id}/done",               STAFF, fields_tick,          ROUTE_PLAIN, post_callback_done) \
	X(POST, "/staff/c/{centre}/callbacks/{id}/remove",             STAFF, fields_none,          ROUTE_PLAIN, post_callback_remove) \
	/* visitors' pages (public_*.c) */ \
	X(GET,  "/",                                                   ANYBODY, fields_none,        ROUTE_PLAIN, page_front) \
	X(POST, "/",                                                   ANYBODY, fields_front,       ROUTE_PLAIN, post_front) \
	X(GET,  "/n/{code}",                                           ANYBODY, fields_none,        ROUTE_PLAIN, page_item) \
	X(POST, "/n/{code}",                                           ANYBODY, fields_signup,      ROUTE_PLAIN, post_item) \
	X(GET,  "/a/{code}",                                           ANYBODY, fields_none,        ROUTE_PLAIN, page_item) \
	X(GET,  "/a/{code}/{occurrence}",                              ANYBODY, fields_none,        ROUTE_PLAIN, page_item) \
	X(POST, "/a/{code}/{occurrence}",                              ANYBODY, fields_signup,      ROUTE_PLAIN, post_item) \
	X(GET,  "/s/{secret}",                                         ANYBODY, fields_none,        ROUTE_SECRET, page_receipt) \
	X(POST, "/s/{secret}",                                         ANYBODY, fields_receipt,     ROUTE_SECRET, post_receipt) \
	X(GET,  "/s/{secret}/withdraw",                                ANYBODY, fields_none,        ROUTE_SECRET, page_withdraw) \
	X(POST, "/s/{secret}/withdraw",                                ANYBODY, fields_none,        ROUTE_SECRET, post_withdraw) \
	X(POST, "/s/{secret}/stay",                                    ANYBODY, fields_none,        ROUTE_SECRET, post_stay) \
	X(GET,  "/s/{secret}/calendar.ics",                            ANYBODY, fields_none,        ROUTE_SECRET, page_calendar_file)
/* clang-format on */

#define X(method, path, role, table, flags, handler) \
	extern const struct fields table;            \
	enum err handler(struct request *req);
ROUTES(X)
#undef X
