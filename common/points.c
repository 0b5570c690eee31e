/* SPDX-License-Identifier: ISC */
#include "common/points.h"

/*
 * PER, ORG, LOC, MISC, no name; a difference of 10 makes a type e times as
 * likely.  The figures were fitted by logistic regression on Wikinews texts
 * (CC BY 2.5, Wikinews and its authors) and on the Groningen Meaning Bank
 * (public domain), and rounded; the balance is set towards fewer false names.
 */
static const signed char points[CLUE_ALL][POINTS_N] = {
    [CLUE_COUNTRY] = {-10, 1, 28, -12, -7},
    [CLUE_CITY] = {-9, 1, 23, -10, -6},
    [CLUE_TOWN] = {4, -3, 11, -7, -6},
    [CLUE_PEOPLE] = {-16, -4, -9, 25, 4},
    [CLUE_EVENT] = {-1, 2, 9, -17, 7},
    [CLUE_MEDIA] = {-16, 25, 4, -13, 0},
    [CLUE_GOVERNMENT] = {-8, 22, 6, -12, -8},
    [CLUE_COMPANY] = {-8, 14, -10, 9, -5},
    [CLUE_SCHOOL] = {-10, 22, -4, -4, -3},
    [CLUE_PARTY] = {-3, 7, -2, 3, -5},
    [CLUE_TEAM] = {2, 21, 0, -22, -1},
    [CLUE_ACRONYM] = {24, -14, -7, -7, 4},
    [CLUE_KNOWN] = {-10, 23, -6, -7, -1},
    [CLUE_UNLISTED] = {7, -3, -5, 5, -4},
    [CLUE_ONE] = {-1, -1, -2, 0, 8},
    [CLUE_TWO] = {8, 0, -1, -4, 0},
    [CLUE_THREE] = {4, 3, -5, 2, 0},
    [CLUE_MANY] = {1, 6, 0, 2, -5},
    [CLUE_GIVEN] = {6, -7, 1, 2, -3},
    [CLUE_FAMILY] = {28, -7, -6, -4, -10},
    [CLUE_RARE] = {14, -7, -3, 1, -5},
    [CLUE_GIVEN_CITY] = {-5, 1, 4, -4, 4},
    [CLUE_GIVEN_FIRST] = {15, -2, -2, -2, -7},
    [CLUE_GIVEN_FAMILY] = {6, 2, 0, -5, -4},
    [CLUE_GIVEN_OTHER] = {6, -2, -3, 2, -4},
    [CLUE_FAMILY_LAST] = {18, -10, -1, -4, -3},
    [CLUE_RARE_LAST] = {12, -6, 0, -1, -5},
    [CLUE_OTHER_LAST] = {9, 1, -1, 0, -9},
    [CLUE_OTHER_FIRST] = {0, 0, -1, 3, -1},
    [CLUE_COMMON] = {-10, -5, -6, 6, 15},
    [CLUE_DICTIONARY] = {-2, -4, -2, 3, 5},
    [CLUE_FIRST_WORD] = {-9, 2, -1, 5, 3},
    [CLUE_LAST_WORD] = {-10, 4, -1, 5, 2},
    [CLUE_ALL_WORDS] = {-4, 0, -3, -1, 8},
    [CLUE_WORD_AT_START] = {-13, -2, -1, -9, 25},
    [CLUE_NAME_AT_START] = {0, -9, -7, -5, 21},
    [CLUE_UPPER] = {-30, 13, 3, 6, 7},
    [CLUE_UPPER_LONG] = {-13, 15, -18, 7, 10},
    [CLUE_UPPER_WORD] = {-15, 0, 17, 4, -6},
    [CLUE_UPPER_FIRST] = {-19, 8, 5, 3, 3},
    [CLUE_MIXED] = {-11, 9, -19, 17, 5},
    [CLUE_HYPHEN] = {-7, -2, -3, 0, 12},
    [CLUE_DIGIT] = {-15, -6, 5, -1, 17},
    [CLUE_NUMBER_LAST] = {-21, -17, -16, 15, 39},
    [CLUE_INITIAL] = {18, -13, 9, -4, -10},
    [CLUE_PARTICLE] = {7, 4, 3, -12, -2},
    [CLUE_OF] = {-6, 8, 2, -4, -1},
    [CLUE_AND] = {-4, 10, -7, -12, 13},
    [CLUE_LIKE_PERSON] = {8, 1, 0, -4, -5},
    [CLUE_LIKE_PLACE] = {0, 1, 6, -6, -1},
    [CLUE_LIKE_PEOPLE] = {-10, -6, -4, 14, 6},
    [CLUE_LIKE_COMPANY] = {-11, 14, 7, -4, -6},
    [CLUE_LIKE_BELIEF] = {-14, 7, -4, -5, 15},
    [CLUE_BODY_LAST] = {-7, 20, -3, -9, -1},
    [CLUE_BODY_ALONE] = {-14, 27, -2, -13, 2},
    [CLUE_BODY_INSIDE] = {-5, 7, 2, 1, -5},
    [CLUE_BODY_FIRST] = {0, 10, 0, -17, 8},
    [CLUE_FORM] = {-9, 28, -1, -10, -8},
    [CLUE_PLACE_LAST] = {-14, 4, 19, -6, -2},
    [CLUE_PLACE_ALONE] = {1, 0, 12, -16, 4},
    [CLUE_PLACE_FIRST] = {-4, -2, 12, -5, -1},
    [CLUE_NAMED_LAST] = {-23, -2, -8, 20, 13},
    [CLUE_NAMED_ALONE] = {-2, 0, 0, -1, 3},
    [CLUE_NAMED_FIRST] = {-22, -1, -15, 24, 15},
    [CLUE_PEOPLE_FIRST] = {-7, 3, 1, 3, 1},
    [CLUE_COUNTRY_FIRST] = {-2, 5, 2, 1, -7},
    [CLUE_CITY_FIRST] = {-8, 3, 10, -1, -5},
    [CLUE_COMPANY_FIRST] = {1, 8, -1, 2, -9},
    [CLUE_DIRECTION] = {-7, 1, 5, 1, 0},
    [CLUE_IN_HEADLINE] = {20, 10, 5, -34, 0},
    [CLUE_AT_START] = {6, 1, -3, -4, 0},
    [CLUE_AFTER_MARK] = {3, 0, -8, 3, 3},
    [CLUE_AFTER_COMMA] = {6, 2, 2, -3, -6},
    [CLUE_AFTER_BRACKET] = {21, 16, -10, -15, -11},
    [CLUE_AFTER_QUOTE] = {2, -7, -1, 6, 0},
    [CLUE_AFTER_TITLE] = {14, -1, -3, -7, -3},
    [CLUE_AFTER_MR] = {0, 8, 8, -9, -6},
    [CLUE_AFTER_ROLE] = {10, 1, 0, -2, -9},
    [CLUE_AFTER_IN] = {-12, 0, 15, 0, -3},
    [CLUE_AFTER_TO] = {-3, 0, 6, 2, -5},
    [CLUE_AFTER_BREAK] = {1, 3, 0, -1, -3},
    [CLUE_AFTER_THE] = {-9, 4, 5, 2, -2},
    [CLUE_AFTER_A] = {-12, 1, -1, 7, 5},
    [CLUE_AFTER_OWNER] = {-11, -1, 8, 0, 4},
    [CLUE_AFTER_BODY] = {-2, 8, 0, -5, -2},
    [CLUE_AFTER_NAMED] = {-10, -5, -1, 23, -7},
    [CLUE_AFTER_PLACE] = {-13, 4, 17, -10, 2},
    [CLUE_AFTER_PEOPLE] = {-1, 2, -1, -8, 9},
    [CLUE_AFTER_AND] = {2, -2, 3, -1, -3},
    [CLUE_AFTER_OF] = {-2, 0, -1, 0, 3},
    [CLUE_BEFORE_PERSON] = {5, 4, -2, -9, 1},
    [CLUE_BEFORE_VERB] = {5, 2, 0, -1, -7},
    [CLUE_BEFORE_BODY] = {-5, 6, 2, 0, -3},
    [CLUE_BEFORE_OWNER] = {9, 6, 5, -7, -14},
    [CLUE_BEFORE_PLACE] = {-7, 3, 20, -9, -7},
    [CLUE_BEFORE_AREA] = {-13, 2, 9, -3, 4},
    [CLUE_BEFORE_NOUN] = {-1, 0, 0, 0, 0},
    [CLUE_BEFORE_TITLE] = {-8, 4, 2, 3, -1},
    [CLUE_BEFORE_AND] = {3, 0, 3, -3, -3},
    [CLUE_BEFORE_COMMA] = {2, 1, 2, -1, -4},
    [CLUE_BEFORE_BRACKET] = {1, 0, -3, -1, 3},
    [CLUE_BEFORE_IN] = {-3, 2, 3, -1, -2},
    [CLUE_BEFORE_OF] = {1, -2, -3, -3, 8},
    [CLUE_BEFORE_NUMBER] = {-12, -1, 2, 6, 5},
    [CLUE_BEFORE_AGE] = {12, -3, 0, 7, -17},
    [CLUE_AT_END] = {-2, 0, 3, 1, -2},
    [CLUE_PLAIN] = {-2, -1, -1, 1, 2},
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
