/* SPDX-License-Identifier: ISC */
#include "common/points.h"

/*
 * PER, ORG, LOC, MISC, no name; a difference of 10 makes a type e times as
 * likely.  The figures were fitted by logistic regression on Wikinews texts
 * (CC BY 2.5, Wikinews and its authors) and on the Groningen Meaning Bank
 * (public domain), and rounded.
 */
static const signed char points[CLUE_ALL][POINTS_N] = {
    [CLUE_COUNTRY] = {-13, 3, 36, -17, -9},
    [CLUE_CITY] = {-10, 3, 28, -12, -9},
    [CLUE_TOWN] = {4, -3, 15, -8, -8},
    [CLUE_PEOPLE] = {-21, -3, -6, 29, 1},
    [CLUE_EVENT] = {2, 2, 12, -21, 5},
    [CLUE_MEDIA] = {-18, 28, 7, -15, -3},
    [CLUE_GOVERNMENT] = {-13, 26, 12, -16, -9},
    [CLUE_COMPANY] = {-9, 15, -9, 10, -7},
    [CLUE_SCHOOL] = {-9, 23, -3, -5, -6},
    [CLUE_PARTY] = {-2, 9, -3, 1, -5},
    [CLUE_TEAM] = {6, 19, 0, -23, -1},
    [CLUE_ACRONYM] = {30, -11, -9, -10, -1},
    [CLUE_UNLISTED] = {7, -2, -2, 6, -8},
    [CLUE_ONE] = {1, -3, -7, -1, 10},
    [CLUE_TWO] = {10, 1, -1, -5, -5},
    [CLUE_THREE] = {8, 3, -6, 1, -7},
    [CLUE_MANY] = {2, 7, 0, 2, -11},
    [CLUE_GIVEN] = {6, -6, 5, 1, -5},
    [CLUE_FAMILY] = {30, -9, -3, -6, -12},
    [CLUE_RARE] = {13, -7, 0, 1, -8},
    [CLUE_GIVEN_CITY] = {-5, 2, 0, -2, 6},
    [CLUE_GIVEN_FIRST] = {18, -2, -3, -1, -12},
    [CLUE_GIVEN_FAMILY] = {2, 5, 1, -6, -1},
    [CLUE_GIVEN_OTHER] = {2, 1, -4, 3, -1},
    [CLUE_FAMILY_LAST] = {20, -12, -1, -4, -3},
    [CLUE_RARE_LAST] = {14, -7, 0, -1, -6},
    [CLUE_OTHER_LAST] = {9, 0, -1, 1, -9},
    [CLUE_OTHER_FIRST] = {-2, -1, -1, 4, 0},
    [CLUE_COMMON] = {-13, -5, -6, 8, 16},
    [CLUE_DICTIONARY] = {-3, -4, 0, 4, 3},
    [CLUE_FIRST_WORD] = {-13, 1, -1, 6, 7},
    [CLUE_LAST_WORD] = {-12, 4, -2, 7, 4},
    [CLUE_ALL_WORDS] = {-1, 0, -4, -3, 8},
    [CLUE_WORD_AT_START] = {-21, -3, 7, -4, 21},
    [CLUE_NAME_AT_START] = {1, -13, -7, -2, 21},
    [CLUE_UPPER] = {-38, 15, 4, 10, 8},
    [CLUE_UPPER_LONG] = {-18, 17, -20, 10, 11},
    [CLUE_UPPER_WORD] = {-22, 6, 18, 4, -6},
    [CLUE_UPPER_FIRST] = {-22, 7, 5, 5, 5},
    [CLUE_MIXED] = {-12, 11, -22, 18, 5},
    [CLUE_HYPHEN] = {-6, -1, -3, 0, 10},
    [CLUE_DIGIT] = {-16, -6, 6, -1, 17},
    [CLUE_NUMBER_LAST] = {-19, -17, -11, 10, 37},
    [CLUE_INITIAL] = {20, -12, 9, -4, -13},
    [CLUE_PARTICLE] = {6, 8, 2, -14, -3},
    [CLUE_OF] = {-11, 10, 4, -4, 0},
    [CLUE_AND] = {-8, 12, -8, -15, 19},
    [CLUE_LIKE_PERSON] = {8, 3, 1, -5, -7},
    [CLUE_LIKE_PLACE] = {-1, 1, 6, -7, 0},
    [CLUE_LIKE_PEOPLE] = {-16, -5, -3, 15, 8},
    [CLUE_LIKE_COMPANY] = {-9, 18, 5, -4, -9},
    [CLUE_LIKE_BELIEF] = {-17, 8, -3, -5, 16},
    [CLUE_BODY_LAST] = {-11, 21, 0, -9, 0},
    [CLUE_BODY_ALONE] = {-16, 30, -1, -17, 3},
    [CLUE_BODY_INSIDE] = {-7, 9, 3, 2, -6},
    [CLUE_BODY_FIRST] = {4, 11, 1, -26, 9},
    [CLUE_FORM] = {-8, 31, 3, -15, -12},
    [CLUE_PLACE_LAST] = {-19, 7, 19, -8, 1},
    [CLUE_PLACE_ALONE] = {2, 0, 13, -20, 6},
    [CLUE_PLACE_FIRST] = {-4, -2, 12, -4, -3},
    [CLUE_NAMED_LAST] = {-26, 0, -8, 20, 15},
    [CLUE_NAMED_ALONE] = {-1, 0, 2, -3, 2},
    [CLUE_NAMED_FIRST] = {-23, -2, -18, 26, 18},
    [CLUE_PEOPLE_FIRST] = {-10, 3, 0, 3, 4},
    [CLUE_COUNTRY_FIRST] = {4, 5, 0, 2, -10},
    [CLUE_CITY_FIRST] = {-9, 4, 10, 1, -6},
    [CLUE_COMPANY_FIRST] = {0, 8, -1, 1, -9},
    [CLUE_DIRECTION] = {-9, 2, 4, 2, 1},
    [CLUE_IN_HEADLINE] = {22, 11, 5, -34, -3},
    [CLUE_AT_START] = {6, 2, -3, -4, -2},
    [CLUE_AFTER_MARK] = {2, 1, -8, 2, 3},
    [CLUE_AFTER_COMMA] = {6, 2, 3, -2, -8},
    [CLUE_AFTER_BRACKET] = {24, 17, -8, -19, -14},
    [CLUE_AFTER_QUOTE] = {5, -7, 1, 5, -4},
    [CLUE_AFTER_TITLE] = {14, 0, -3, -8, -4},
    [CLUE_AFTER_MR] = {0, 10, 13, -15, -7},
    [CLUE_AFTER_ROLE] = {11, 1, -1, -1, -10},
    [CLUE_AFTER_IN] = {-14, 1, 17, -1, -3},
    [CLUE_AFTER_TO] = {-3, 1, 7, 2, -7},
    [CLUE_AFTER_BREAK] = {1, 3, 0, -1, -4},
    [CLUE_AFTER_THE] = {-12, 6, 6, 2, -3},
    [CLUE_AFTER_A] = {-15, 2, 0, 8, 6},
    [CLUE_AFTER_OWNER] = {-14, 2, 10, 0, 3},
    [CLUE_AFTER_BODY] = {-4, 11, 2, -6, -3},
    [CLUE_AFTER_NAMED] = {-11, -3, -2, 23, -8},
    [CLUE_AFTER_PLACE] = {-16, 7, 18, -11, 2},
    [CLUE_AFTER_PEOPLE] = {0, 3, -1, -10, 7},
    [CLUE_AFTER_AND] = {3, -2, 4, -2, -4},
    [CLUE_AFTER_OF] = {-2, -1, -1, 1, 4},
    [CLUE_BEFORE_PERSON] = {6, 4, -2, -10, 2},
    [CLUE_BEFORE_VERB] = {5, 3, 0, -1, -8},
    [CLUE_BEFORE_BODY] = {-5, 5, 4, 0, -4},
    [CLUE_BEFORE_OWNER] = {10, 7, 7, -7, -17},
    [CLUE_BEFORE_PLACE] = {-7, 5, 22, -12, -8},
    [CLUE_BEFORE_AREA] = {-18, 4, 11, -2, 5},
    [CLUE_BEFORE_NOUN] = {-1, 1, 1, 0, 0},
    [CLUE_BEFORE_TITLE] = {-8, 5, 4, 3, -3},
    [CLUE_BEFORE_AND] = {2, 1, 4, -3, -4},
    [CLUE_BEFORE_COMMA] = {2, 2, 3, -2, -5},
    [CLUE_BEFORE_BRACKET] = {2, 1, -4, -1, 2},
    [CLUE_BEFORE_IN] = {-3, 3, 4, -1, -3},
    [CLUE_BEFORE_OF] = {2, -2, -1, -5, 6},
    [CLUE_BEFORE_NUMBER] = {-18, 1, 7, 6, 4},
    [CLUE_BEFORE_AGE] = {14, -5, 2, 6, -18},
    [CLUE_AT_END] = {-2, 0, 4, 0, -2},
    [CLUE_PLAIN] = {-2, 0, 0, 2, 1},
};

void
points_sum(const struct clue_set *s, int32_t sum[POINTS_N])
{
	int i, k;

	for (k = 0; k < POINTS_N; k++)
		sum[k] = 0;
	for (i = 0; i < 2; i++) {
		uint64_t left = s->v[i];

		for (; left != 0; left &= left - 1) {
			int clue = 64 * i + __builtin_ctzll(left);

			for (k = 0; k < POINTS_N; k++)
				sum[k] += points[clue][k];
		}
	}
}

int
points_best(const int32_t sum[POINTS_N])
{
	int k, best = 0;

	for (k = 1; k < POINTS_N; k++)
		if (sum[k] > sum[best])
			best = k;
	return best;
}
