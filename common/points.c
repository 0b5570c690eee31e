/* SPDX-License-Identifier: ISC */
#include "common/points.h"

/*
 * PER, ORG, LOC, MISC, no name; a difference of 10 makes a type e times as
 * likely.  The figures were fitted by logistic regression on Wikinews texts
 * (CC BY 2.5, Wikinews and its authors) and on the Groningen Meaning Bank
 * (public domain), and rounded.
 */
static const signed char points[CLUE_ALL][POINTS_N] = {
    [CLUE_COUNTRY] = {-16, 2, 38, -19, -5},
    [CLUE_CITY] = {-12, 0, 28, -12, -4},
    [CLUE_TOWN] = {3, -4, 17, -13, -2},
    [CLUE_PEOPLE] = {-19, -6, -6, 27, 5},
    [CLUE_EVENT] = {-15, -5, 5, 5, 10},
    [CLUE_PERSON] = {9, 10, -8, -21, 10},
    [CLUE_MEDIA] = {-14, 23, 9, -18, 0},
    [CLUE_GOVERNMENT] = {-10, 25, -2, -15, 2},
    [CLUE_COMPANY] = {-7, 9, 2, 0, -4},
    [CLUE_SCHOOL] = {-8, 8, -12, 1, 11},
    [CLUE_PARTY] = {-7, 11, 0, 0, -4},
    [CLUE_TEAM] = {-4, 21, 6, -21, -2},
    [CLUE_ACRONYM] = {26, -2, -4, -18, -3},
    [CLUE_UNLISTED] = {3, -1, -2, 0, -1},
    [CLUE_ONE] = {-1, -2, -7, 4, 6},
    [CLUE_TWO] = {8, 2, -1, -4, -6},
    [CLUE_THREE] = {6, 4, -8, 3, -5},
    [CLUE_MANY] = {2, 8, -1, 1, -10},
    [CLUE_GIVEN] = {7, -6, 4, -1, -4},
    [CLUE_FAMILY] = {26, -7, -5, -3, -12},
    [CLUE_RARE] = {14, -7, -1, -1, -5},
    [CLUE_GIVEN_CITY] = {-4, 1, 0, -1, 4},
    [CLUE_GIVEN_FIRST] = {18, -5, -2, -2, -9},
    [CLUE_GIVEN_FAMILY] = {2, 3, 0, -5, -1},
    [CLUE_GIVEN_OTHER] = {3, 0, -4, 2, -2},
    [CLUE_FAMILY_LAST] = {20, -11, 0, -5, -4},
    [CLUE_RARE_LAST] = {15, -7, 0, -2, -5},
    [CLUE_OTHER_LAST] = {10, 1, -2, -1, -8},
    [CLUE_OTHER_FIRST] = {-3, -2, -4, 4, 5},
    [CLUE_COMMON] = {-14, -7, -1, 8, 14},
    [CLUE_DICTIONARY] = {-4, -2, -3, 4, 5},
    [CLUE_FIRST_WORD] = {-12, 1, -2, 8, 5},
    [CLUE_LAST_WORD] = {-12, 4, -1, 6, 3},
    [CLUE_ALL_WORDS] = {-3, 2, -4, -3, 8},
    [CLUE_WORD_AT_START] = {-20, -4, 8, -8, 25},
    [CLUE_NAME_AT_START] = {-2, -12, -2, -4, 20},
    [CLUE_UPPER] = {-35, 14, 4, 9, 8},
    [CLUE_UPPER_LONG] = {-21, 17, -19, 11, 13},
    [CLUE_UPPER_FIRST] = {-21, 8, 5, 6, 3},
    [CLUE_MIXED] = {-12, 10, -23, 19, 6},
    [CLUE_HYPHEN] = {-2, -1, 2, -6, 7},
    [CLUE_DIGIT] = {-16, -5, 5, 0, 17},
    [CLUE_NUMBER_LAST] = {-21, -13, -15, 12, 38},
    [CLUE_INITIAL] = {17, -9, 15, -10, -13},
    [CLUE_PARTICLE] = {7, 8, 4, -15, -4},
    [CLUE_OF] = {-15, 10, 8, -5, 2},
    [CLUE_AND] = {-6, 15, -1, -19, 9},
    [CLUE_LIKE_PERSON] = {11, -1, 2, -6, -6},
    [CLUE_LIKE_PLACE] = {2, 1, 6, -9, 0},
    [CLUE_LIKE_PEOPLE] = {-18, -5, -4, 17, 10},
    [CLUE_LIKE_COMPANY] = {-14, 10, -2, -4, 9},
    [CLUE_LIKE_BELIEF] = {-19, 6, -5, 4, 15},
    [CLUE_BODY_LAST] = {-13, 24, -1, -10, 0},
    [CLUE_BODY_ALONE] = {-14, 38, -4, -23, 3},
    [CLUE_BODY_INSIDE] = {-3, 7, 0, 0, -3},
    [CLUE_BODY_FIRST] = {5, 14, -1, -24, 6},
    [CLUE_FORM] = {-9, 30, 2, -13, -10},
    [CLUE_PLACE_LAST] = {-18, 5, 21, -7, -1},
    [CLUE_PLACE_ALONE] = {3, 6, 13, -26, 2},
    [CLUE_PLACE_FIRST] = {-4, -2, 10, -4, -1},
    [CLUE_NAMED_LAST] = {-25, -2, -11, 21, 17},
    [CLUE_NAMED_ALONE] = {-5, -3, -3, 6, 5},
    [CLUE_NAMED_FIRST] = {-17, -5, -22, 20, 24},
    [CLUE_PEOPLE_FIRST] = {-3, 2, -1, 4, -2},
    [CLUE_COUNTRY_FIRST] = {7, 4, -4, 2, -9},
    [CLUE_CITY_FIRST] = {-8, 1, 9, 2, -2},
    [CLUE_COMPANY_FIRST] = {1, 3, -4, 5, -4},
    [CLUE_DIRECTION] = {-9, 2, 7, -2, 3},
    [CLUE_IN_HEADLINE] = {4, 8, 0, -7, -5},
    [CLUE_AT_START] = {6, 5, -3, -6, -2},
    [CLUE_AFTER_MARK] = {2, 3, -9, 1, 3},
    [CLUE_AFTER_COMMA] = {6, 4, 3, -3, -9},
    [CLUE_AFTER_BRACKET] = {25, 13, -9, -17, -13},
    [CLUE_AFTER_QUOTE] = {1, -3, 0, 2, 1},
    [CLUE_AFTER_TITLE] = {17, 0, -3, -10, -4},
    [CLUE_AFTER_MR] = {3, 6, 12, -15, -7},
    [CLUE_AFTER_ROLE] = {9, 2, 2, -2, -12},
    [CLUE_AFTER_IN] = {-14, 3, 17, 0, -5},
    [CLUE_AFTER_TO] = {-4, 4, 8, 0, -9},
    [CLUE_AFTER_BREAK] = {2, 6, 0, -2, -6},
    [CLUE_AFTER_THE] = {-10, 6, 7, 1, -3},
    [CLUE_AFTER_A] = {-14, 3, 1, 6, 3},
    [CLUE_AFTER_OWNER] = {-12, 0, 9, 1, 2},
    [CLUE_AFTER_BODY] = {-3, 11, 0, -4, -4},
    [CLUE_AFTER_NAMED] = {-14, 1, -1, 21, -7},
    [CLUE_AFTER_PLACE] = {-13, 5, 19, -12, 2},
    [CLUE_AFTER_PEOPLE] = {-8, 1, 8, -7, 6},
    [CLUE_AFTER_AND] = {3, -3, 3, 1, -3},
    [CLUE_AFTER_OF] = {-3, -2, -1, 2, 5},
    [CLUE_BEFORE_PERSON] = {5, 7, -4, -11, 3},
    [CLUE_BEFORE_VERB] = {6, 2, 1, -1, -8},
    [CLUE_BEFORE_BODY] = {-7, 6, 4, 0, -2},
    [CLUE_BEFORE_OWNER] = {13, 8, 6, -8, -18},
    [CLUE_BEFORE_PLACE] = {-9, 4, 24, -12, -7},
    [CLUE_BEFORE_AREA] = {-18, 3, 13, -2, 4},
    [CLUE_BEFORE_NOUN] = {-1, 0, 0, 0, 0},
    [CLUE_BEFORE_TITLE] = {-10, 5, 4, 3, -3},
    [CLUE_BEFORE_AND] = {2, 0, 4, -1, -5},
    [CLUE_BEFORE_COMMA] = {1, 1, 3, 0, -5},
    [CLUE_BEFORE_BRACKET] = {0, -2, -1, -1, 5},
    [CLUE_BEFORE_IN] = {-5, 2, 4, 1, -2},
    [CLUE_BEFORE_OF] = {4, -4, -1, -4, 6},
    [CLUE_BEFORE_NUMBER] = {-12, -2, 3, 6, 5},
    [CLUE_BEFORE_AGE] = {14, -8, 2, 10, -18},
    [CLUE_AT_END] = {-4, -1, 5, 1, -2},
    [CLUE_PLAIN] = {-3, 0, 0, 2, 0},
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
