/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a macro with a variable number of typed arguments needs: their number,
 * and a function-like macro applied to each. The first argument is a literal
 * (a format, a statement) and is not counted: "" first does not compile for
 * anything but a literal, so text from outside can never become one.
 * Used by db.h and page.h; 0 to 26 arguments besides the literal. */
#pragma once

#define ARGS_CAT_(a, b) a##b
#define ARGS_CAT(a, b) ARGS_CAT_(a, b)

/* clang-format off */
#define ARGS_NTH(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16, a17, a18, a19, a20, a21, a22, a23, a24, a25, a26, a27, a28, n, ...) n
#define ARGS_COUNT(...) ARGS_NTH(__VA_ARGS__, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0)
/* ARGS_TAIL(KIND, F, "literal", x, y) is "literal", 2, (const struct KIND[]){ F(x), F(y) }. */
#define ARGS_MAP_1(F, x) F(x)
#define ARGS_MAP_2(F, x, ...) F(x), ARGS_MAP_1(F, __VA_ARGS__)
#define ARGS_MAP_3(F, x, ...) F(x), ARGS_MAP_2(F, __VA_ARGS__)
#define ARGS_MAP_4(F, x, ...) F(x), ARGS_MAP_3(F, __VA_ARGS__)
#define ARGS_MAP_5(F, x, ...) F(x), ARGS_MAP_4(F, __VA_ARGS__)
#define ARGS_MAP_6(F, x, ...) F(x), ARGS_MAP_5(F, __VA_ARGS__)
#define ARGS_MAP_7(F, x, ...) F(x), ARGS_MAP_6(F, __VA_ARGS__)
#define ARGS_MAP_8(F, x, ...) F(x), ARGS_MAP_7(F, __VA_ARGS__)
#define ARGS_MAP_9(F, x, ...) F(x), ARGS_MAP_8(F, __VA_ARGS__)
#define ARGS_MAP_10(F, x, ...) F(x), ARGS_MAP_9(F, __VA_ARGS__)
#define ARGS_MAP_11(F, x, ...) F(x), ARGS_MAP_10(F, __VA_ARGS__)
#define ARGS_MAP_12(F, x, ...) F(x), ARGS_MAP_11(F, __VA_ARGS__)
#define ARGS_MAP_13(F, x, ...) F(x), ARGS_MAP_12(F, __VA_ARGS__)
#define ARGS_MAP_14(F, x, ...) F(x), ARGS_MAP_13(F, __VA_ARGS__)
#define ARGS_MAP_15(F, x, ...) F(x), ARGS_MAP_14(F, __VA_ARGS__)
#define ARGS_MAP_16(F, x, ...) F(x), ARGS_MAP_15(F, __VA_ARGS__)
#define ARGS_MAP_17(F, x, ...) F(x), ARGS_MAP_16(F, __VA_ARGS__)
#define ARGS_MAP_18(F, x, ...) F(x), ARGS_MAP_17(F, __VA_ARGS__)
#define ARGS_MAP_19(F, x, ...) F(x), ARGS_MAP_18(F, __VA_ARGS__)
#define ARGS_MAP_20(F, x, ...) F(x), ARGS_MAP_19(F, __VA_ARGS__)
#define ARGS_MAP_21(F, x, ...) F(x), ARGS_MAP_20(F, __VA_ARGS__)
#define ARGS_MAP_22(F, x, ...) F(x), ARGS_MAP_21(F, __VA_ARGS__)
#define ARGS_MAP_23(F, x, ...) F(x), ARGS_MAP_22(F, __VA_ARGS__)
#define ARGS_MAP_24(F, x, ...) F(x), ARGS_MAP_23(F, __VA_ARGS__)
#define ARGS_MAP_25(F, x, ...) F(x), ARGS_MAP_24(F, __VA_ARGS__)
#define ARGS_MAP_26(F, x, ...) F(x), ARGS_MAP_25(F, __VA_ARGS__)
#define ARGS_TAIL_0(KIND, F, s) "" s, 0, (const struct KIND *)0
#define ARGS_TAIL_1(KIND, F, s, ...) "" s, 1, (const struct KIND[]){ ARGS_MAP_1(F, __VA_ARGS__) }
#define ARGS_TAIL_2(KIND, F, s, ...) "" s, 2, (const struct KIND[]){ ARGS_MAP_2(F, __VA_ARGS__) }
#define ARGS_TAIL_3(KIND, F, s, ...) "" s, 3, (const struct KIND[]){ ARGS_MAP_3(F, __VA_ARGS__) }
#define ARGS_TAIL_4(KIND, F, s, ...) "" s, 4, (const struct KIND[]){ ARGS_MAP_4(F, __VA_ARGS__) }
#define ARGS_TAIL_5(KIND, F, s, ...) "" s, 5, (const struct KIND[]){ ARGS_MAP_5(F, __VA_ARGS__) }
#define ARGS_TAIL_6(KIND, F, s, ...) "" s, 6, (const struct KIND[]){ ARGS_MAP_6(F, __VA_ARGS__) }
#define ARGS_TAIL_7(KIND, F, s, ...) "" s, 7, (const struct KIND[]){ ARGS_MAP_7(F, __VA_ARGS__) }
#define ARGS_TAIL_8(KIND, F, s, ...) "" s, 8, (const struct KIND[]){ ARGS_MAP_8(F, __VA_ARGS__) }
#define ARGS_TAIL_9(KIND, F, s, ...) "" s, 9, (const struct KIND[]){ ARGS_MAP_9(F, __VA_ARGS__) }
#define ARGS_TAIL_10(KIND, F, s, ...) "" s, 10, (const struct KIND[]){ ARGS_MAP_10(F, __VA_ARGS__) }
#define ARGS_TAIL_11(KIND, F, s, ...) "" s, 11, (const struct KIND[]){ ARGS_MAP_11(F, __VA_ARGS__) }
#define ARGS_TAIL_12(KIND, F, s, ...) "" s, 12, (const struct KIND[]){ ARGS_MAP_12(F, __VA_ARGS__) }
#define ARGS_TAIL_13(KIND, F, s, ...) "" s, 13, (const struct KIND[]){ ARGS_MAP_13(F, __VA_ARGS__) }
#define ARGS_TAIL_14(KIND, F, s, ...) "" s, 14, (const struct KIND[]){ ARGS_MAP_14(F, __VA_ARGS__) }
#define ARGS_TAIL_15(KIND, F, s, ...) "" s, 15, (const struct KIND[]){ ARGS_MAP_15(F, __VA_ARGS__) }
#define ARGS_TAIL_16(KIND, F, s, ...) "" s, 16, (const struct KIND[]){ ARGS_MAP_16(F, __VA_ARGS__) }
#define ARGS_TAIL_17(KIND, F, s, ...) "" s, 17, (const struct KIND[]){ ARGS_MAP_17(F, __VA_ARGS__) }
#define ARGS_TAIL_18(KIND, F, s, ...) "" s, 18, (const struct KIND[]){ ARGS_MAP_18(F, __VA_ARGS__) }
#define ARGS_TAIL_19(KIND, F, s, ...) "" s, 19, (const struct KIND[]){ ARGS_MAP_19(F, __VA_ARGS__) }
#define ARGS_TAIL_20(KIND, F, s, ...) "" s, 20, (const struct KIND[]){ ARGS_MAP_20(F, __VA_ARGS__) }
#define ARGS_TAIL_21(KIND, F, s, ...) "" s, 21, (const struct KIND[]){ ARGS_MAP_21(F, __VA_ARGS__) }
#define ARGS_TAIL_22(KIND, F, s, ...) "" s, 22, (const struct KIND[]){ ARGS_MAP_22(F, __VA_ARGS__) }
#define ARGS_TAIL_23(KIND, F, s, ...) "" s, 23, (const struct KIND[]){ ARGS_MAP_23(F, __VA_ARGS__) }
#define ARGS_TAIL_24(KIND, F, s, ...) "" s, 24, (const struct KIND[]){ ARGS_MAP_24(F, __VA_ARGS__) }
#define ARGS_TAIL_25(KIND, F, s, ...) "" s, 25, (const struct KIND[]){ ARGS_MAP_25(F, __VA_ARGS__) }
#define ARGS_TAIL_26(KIND, F, s, ...) "" s, 26, (const struct KIND[]){ ARGS_MAP_26(F, __VA_ARGS__) }
#define ARGS_TAIL(KIND, F, ...) ARGS_CAT(ARGS_TAIL_, ARGS_COUNT(__VA_ARGS__))(KIND, F, __VA_ARGS__)
/* clang-format on */
