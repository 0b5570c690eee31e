#!/bin/bash
# SPDX-License-Identifier: ISC
# Let libFuzzer look for inputs on which a format of docsplit fails, starting
# from tests/fuzz/corpus, or a part of tests/fuzz/parts.c, starting from
# tests/fuzz/parts.
# `make fuzz` builds what this runs.
#
# usage: tests/fuzz.sh format|part ...
# TIME is how many seconds each of them gets, BUILD the build folder; what is
# found goes into its fuzz/corpus, to be gone on with the next time, and what
# fails into its fuzz/found.  Prints `ok` or `not ok` for each.
set -u
cd "$(dirname "$0")/.." || exit 2
fuzz=${BUILD:-build}/fuzz
mkdir -p "$fuzz/found"
status=0

for f in "$@"; do
	seeds=tests/fuzz/corpus/$f program=docsplit-$f
	if [ -d "tests/fuzz/parts/$f" ]; then
		seeds=tests/fuzz/parts/$f program=parts-$f
	fi
	mkdir -p "$fuzz/corpus/$f"
	if nice "$fuzz/bin/$program" -max_total_time="${TIME:-60}" \
		-max_len=4096 -timeout=10 -rss_limit_mb=1024 -verbosity=0 \
		-print_final_stats=1 -dict=tests/fuzz/docsplit.dict \
		-artifact_prefix="$fuzz/found/$f-" "$fuzz/corpus/$f" \
		"$seeds" >"$fuzz/$f.log" 2>&1; then
		runs=$(awk '/number_of_executed/ { print $2 }' "$fuzz/$f.log")
		echo "ok - fuzz: $f, $runs inputs"
	else
		grep -E '^does not hold|ERROR|SUMMARY|runtime error|    #[0-9] .*(cmd|common|tests)/|Test unit' \
			"$fuzz/$f.log" | head -30 | sed 's/^/# /'
		echo "not ok - fuzz: $f"
		status=1
	fi
done
exit $status
