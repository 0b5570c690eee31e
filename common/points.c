/* SPDX-License-Identifier: ISC */
#include "common/points.h"

/*
 * PER, ORG, LOC, MISC, no name; a difference of 10 makes a type e times as
 * likely.  The figures were fitted by logistic regression on Wikinews texts
 * (CC BY 2.5, Wikinews and its authors) and on the Groningen Meaning Bank
 * (public domain), and rounded.
 */
static const signed char points[CLUE_ALL][POINTS_N] = {
    [CLUE_COUNTRY] = {-12, 4, 37, -16, -13},
    [CLUE_CITY] = {-10, 3, 29, -11, -10},
    [CLUE_TOWN] = {3, -2, 15, -9, -8},
    [CLUE_PEOPLE] = {-22, -2, -5, 29, 0},
    [CLUE_EVENT] = {0, 2, 11, -19, 5},
    [CLUE_PERSON] = {10, 7, -6, -21, 10},
    [CLUE_MEDIA] = {-18, 28, 7, -14, -3},
    [CLUE_GOVERNMENT] = {-12, 26, 11, -16, -9},
    [CLUE_COMPANY] = {-10, 15, -8, 10, -7},
    [CLUE_SCHOOL] = {-6, 11, -11, -19, 26},
    [CLUE_PARTY] = {-2, 7, -3, 4, -6},
    [CLUE_TEAM] = {4, 21, -2, -22, -1},
    [CLUE_ACRONYM] = {28, -10, -5, -10, -3},
    [CLUE_UNLISTED] = {6, -2, 0, 5, -9},
    [CLUE_ONE] = {1, -3, -8, 0, 11},
    [CLUE_TWO] = {10, 2, -1, -5, -6},
    [CLUE_THREE] = {7, 4, -7, 0, -5},
    [CLUE_MANY] = {1, 8, 0, 3, -12},
    [CLUE_GIVEN] = {6, -6, 5, 1, -6},
    [CLUE_FAMILY] = {29, -8, -4, -5, -12},
    [CLUE_RARE] = {14, -7, 2, 0, -9},
    [CLUE_GIVEN_CITY] = {-5, 1, -1, -3, 8},
    [CLUE_GIVEN_FIRST] = {19, -4, -1, -2, -12},
    [CLUE_GIVEN_FAMILY] = {4, 4, 0, -8, 0},
    [CLUE_GIVEN_OTHER] = {3, -2, -4, 3, 0},
    [CLUE_FAMILY_LAST] = {20, -13, 0, -4, -3},
    [CLUE_RARE_LAST] = {14, -8, -1, 1, -7},
    [CLUE_OTHER_LAST] = {8, 1, -2, 2, -9},
    [CLUE_OTHER_FIRST] = {-3, -1, -2, 3, 3},
    [CLUE_COMMON] = {-11, -5, -3, 8, 12},
    [CLUE_DICTIONARY] = {-4, -4, 1, 5, 1},
    [CLUE_FIRST_WORD] = {-13, 2, -2, 6, 7},
    [CLUE_LAST_WORD] = {-13, 3, -1, 7, 4},
    [CLUE_ALL_WORDS] = {-1, -1, -4, -2, 8},
    [CLUE_WORD_AT_START] = {-21, -3, 7, -5, 21},
    [CLUE_NAME_AT_START] = {0, -11, -9, 0, 21},
    [CLUE_UPPER] = {-38, 16, 5, 9, 8},
    [CLUE_UPPER_LONG] = {-20, 17, -17, 10, 10},
    [CLUE_UPPER_FIRST] = {-23, 8, 6, 4, 5},
    [CLUE_MIXED] = {-12, 10, -22, 18, 5},
    [CLUE_HYPHEN] = {-5, -2, -2, 1, 8},
    [CLUE_DIGIT] = {-17, -7, 6, -1, 18},
    [CLUE_NUMBER_LAST] = {-14, -18, -13, 10, 35},
    [CLUE_INITIAL] = {20, -14, 11, -3, -13},
    [CLUE_PARTICLE] = {5, 6, 5, -13, -4},
    [CLUE_OF] = {-10, 8, 3, -2, 0},
    [CLUE_AND] = {-6, 13, -11, -9, 13},
    [CLUE_LIKE_PERSON] = {8, 2, 1, -6, -6},
    [CLUE_LIKE_PLACE] = {-1, 1, 7, -7, 0},
    [CLUE_LIKE_PEOPLE] = {-16, -4, -3, 16, 8},
    [CLUE_LIKE_COMPANY] = {-12, 16, 5, -2, -8},
    [CLUE_LIKE_BELIEF] = {-17, 9, -4, -5, 17},
    [CLUE_BODY_LAST] = {-8, 21, -1, -10, -2},
    [CLUE_BODY_ALONE] = {-14, 29, -2, -17, 4},
    [CLUE_BODY_INSIDE] = {-5, 9, 3, 1, -8},
    [CLUE_BODY_FIRST] = {4, 12, 1, -26, 9},
    [CLUE_FORM] = {-11, 29, 4, -13, -9},
    [CLUE_PLACE_LAST] = {-19, 6, 21, -6, -1},
    [CLUE_PLACE_ALONE] = {3, -1, 11, -20, 7},
    [CLUE_PLACE_FIRST] = {-3, -2, 12, -6, -1},
    [CLUE_NAMED_LAST] = {-27, 0, -8, 20, 14},
    [CLUE_NAMED_ALONE] = {-5, 1, 0, 0, 3},
    [CLUE_NAMED_FIRST] = {-24, -1, -20, 27, 18},
    [CLUE_PEOPLE_FIRST] = {-10, 0, 1, 4, 4},
    [CLUE_COUNTRY_FIRST] = {4, 5, -2, 2, -9},
    [CLUE_CITY_FIRST] = {-9, 2, 10, 1, -5},
    [CLUE_COMPANY_FIRST] = {1, 9, -3, 3, -10},
    [CLUE_DIRECTION] = {-10, 0, 7, 2, 2},
    [CLUE_IN_HEADLINE] = {3, 8, 1, -3, -9},
    [CLUE_AT_START] = {6, 3, -2, -5, -2},
    [CLUE_AFTER_MARK] = {2, 1, -8, 4, 1},
    [CLUE_AFTER_COMMA] = {6, 3, 4, -3, -8},
    [CLUE_AFTER_BRACKET] = {24, 16, -10, -17, -13},
    [CLUE_AFTER_QUOTE] = {2, -4, -1, 4, -1},
    [CLUE_AFTER_TITLE] = {16, -1, -3, -8, -4},
    [CLUE_AFTER_MR] = {2, 9, 14, -15, -10},
    [CLUE_AFTER_ROLE] = {10, 3, 3, -3, -12},
    [CLUE_AFTER_IN] = {-15, 1, 18, 0, -3},
    [CLUE_AFTER_TO] = {-3, 2, 7, 2, -8},
    [CLUE_AFTER_BREAK] = {1, 4, 0, -1, -3},
    [CLUE_AFTER_THE] = {-11, 6, 6, 2, -3},
    [CLUE_AFTER_A] = {-13, 3, -2, 7, 5},
    [CLUE_AFTER_OWNER] = {-14, 1, 10, -1, 5},
    [CLUE_AFTER_BODY] = {-3, 11, 1, -6, -4},
    [CLUE_AFTER_NAMED] = {-12, -5, 1, 24, -8},
    [CLUE_AFTER_PLACE] = {-16, 7, 20, -12, 1},
    [CLUE_AFTER_PEOPLE] = {1, 4, -1, -12, 8},
    [CLUE_AFTER_AND] = {3, -1, 3, -2, -4},
    [CLUE_AFTER_OF] = {-2, 0, -1, 0, 3},
    [CLUE_BEFORE_PERSON] = {5, 5, -2, -10, 1},
    [CLUE_BEFORE_VERB] = {4, 3, 1, 1, -8},
    [CLUE_BEFORE_BODY] = {-5, 6, 4, 0, -4},
    [CLUE_BEFORE_OWNER] = {11, 8, 7, -8, -17},
    [CLUE_BEFORE_PLACE] = {-7, 4, 22, -12, -7},
    [CLUE_BEFORE_AREA] = {-18, 3, 12, -1, 4},
    [CLUE_BEFORE_NOUN] = {0, 0, 1, 0, -1},
    [CLUE_BEFORE_TITLE] = {-9, 5, 3, 3, -3},
    [CLUE_BEFORE_AND] = {2, 1, 4, -3, -5},
    [CLUE_BEFORE_COMMA] = {2, 1, 4, -2, -5},
    [CLUE_BEFORE_BRACKET] = {1, 1, -6, 1, 4},
    [CLUE_BEFORE_IN] = {-4, 3, 5, -1, -3},
    [CLUE_BEFORE_OF] = {3, -2, -1, -5, 5},
    [CLUE_BEFORE_NUMBER] = {-15, 1, 6, 5, 3},
    [CLUE_BEFORE_AGE] = {20, -5, 6, -3, -17},
    [CLUE_AT_END] = {-3, 0, 5, 1, -2},
    [CLUE_PLAIN] = {-2, 0, -1, 2, 1},
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
