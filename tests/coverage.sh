#!/bin/bash
# SPDX-License-Identifier: ISC
# Count the lines and branches of the tools and the library that tests run:
# those of tests/unit, tests/fuzz, tests/cases, tests/stories, the examples,
# damaged text and system calls that fail.  What only the sandbox and failing
# allocations reach is tested elsewhere and not counted.  Some six minutes.
#
# usage: tests/coverage.sh
# Prints a row `file lines % branches %` for each source, fewest lines first,
# and the sum.  BUILD is the build folder.
set -eu
cd "$(dirname "$0")/.."
BUILD=${BUILD:-build}/coverage
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
# The counts are written when a program ends, to files.
export BUILD NEWSIEVE_SANDBOX=0
"${MAKE:-make}" -s -j "$(nproc)" BUILD="$BUILD" HARDEN= LDFLAGS=--coverage \
	CFLAGS='-O0 -g --coverage' all units train "$BUILD/fault/shim.so"
find "$BUILD" -name '*.gcda' -delete
for unit in "$BUILD"/unit/*; do
	[ ! -x "$unit" ] || "$unit" >/dev/null
done
"$BUILD/replay/docsplit" tests/fuzz/corpus/*/* >/dev/null
"$BUILD/replay/parts" tests/fuzz/parts/*/* >/dev/null
tests/run.sh cases stories examples | tail -n 1 >&2
tests/mutate.py "$BUILD/bin" | grep '^not ok' >&2 || :
tests/fault/fault.py call "$BUILD/fault/shim.so" "$BUILD/bin" |
	grep '^not ok' >&2 || :
find "$BUILD/common" "$BUILD/cmd" -name '*.gcda' |
	grep -v -e /train/ -e /pack/ -e /filter/ |
	while read -r counts; do
		gcov -b -n -o "$(dirname "$counts")" "$counts" 2>/dev/null
	done | awk '
	/^File / { gsub(/\047/, "", $2); file = $2 ~ /\.c$/ ? $2 : "" }
	/^$/ { file = "" }
	file != "" && split($0, part, /[:%]/) &&
	    /^(Lines executed|Taken at least once):[0-9]/ {
		kind = $1 == "Lines"
		all[file, kind] = $NF
		share[file, kind] = part[2]
		files[file]
	}
	END {
		for (file in files) {
			for (kind = 0; kind < 2; kind++) {
				n = all[file, kind]
				sum[kind] += n
				run[kind] += n * share[file, kind] / 100
			}
			printf "%s\t%s\t%s\n", file, share[file, 1],
			    share[file, 0] | "sort -t \"\t\" -k 2n"
		}
		close("sort -t \"\t\" -k 2n")
		printf "all\t%.1f\t%.1f\n", 100 * run[1] / sum[1],
		    100 * run[0] / sum[0]
	}'
