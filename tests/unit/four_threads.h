/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For tests of what several threads use at once. Include it behind cmocka.h. */
#pragma once

#include <pthread.h>
#include <stddef.h>

/* WORK on each of four threads; it returns NULL where all went well. */
static inline void four_threads(void *(*work)(void *))
{
	pthread_t threads[4];
	void *wrong;

	for (size_t i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, work, NULL), 0);
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(pthread_join(threads[i], &wrong), 0);
		assert_null(wrong);
	}
}
