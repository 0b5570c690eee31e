#!/bin/bash
# SPDX-License-Identifier: ISC
# Instruction counts of each tool on a fixed input, against budget.tsv: they
# do not depend on the machine's load.  A count more than 2 % above its budget
# fails; one more than 10 % below asks for a new budget.
#
# usage: tests/bench/budget.sh [--update]
# BUILD is the build folder.  Counts hold for one compiler and its flags.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build}
table=tests/bench/budget.tsv
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
export LC_ALL=C
# A filter would hold for valgrind too, which writes files at the end.
export NEWSIEVE_SANDBOX=0
status=0

python3 tests/bench/corpus.py --size 1 >"$tmp/text"
"$BUILD/bin/docsplit" -f ff "$tmp/text" >"$tmp/rows"

# Valgrind cannot run every instruction set: it picks what it knows.
count() {
	tool=$1
	shift
	valgrind --tool=callgrind --callgrind-out-file="$tmp/callgrind" \
		"$BUILD/bin/$tool" "$@" >/dev/null 2>"$tmp/said"
	sed -n 's/.*Collected : //p' "$tmp/said"
}

while read -r tool input; do
	# shellcheck disable=SC2086 # input may hold options
	now=$(count "$tool" ${input//@/$tmp/})
	if [ "${1:-}" = --update ]; then
		printf '%s\t%s\n' "$tool" "$now" >>"$tmp/table"
		continue
	fi
	budget=$(awk -F '\t' -v t="$tool" '$1 == t { print $2 }' "$table")
	change=$(awk -v a="$now" -v b="${budget:-1}" \
		'BEGIN { printf "%.1f", 100 * (a - b) / b }')
	line="budget: $tool uses $now instructions, $change % off"
	if [ -z "$budget" ] || [ "$now" -gt $((budget * 102 / 100)) ]; then
		echo "not ok - $line"
		status=1
	else
		echo "ok - $line"
		[ "$now" -ge $((budget * 90 / 100)) ] ||
			echo "# $tool: lower the budget with --update"
	fi
done <<'LIST'
docsplit @text
declutter @rows
dedupe @rows
entities @rows
quotes @rows
LIST
if [ "${1:-}" = --update ]; then
	{
		printf '# instructions on the corpus of 1 MB, seed 1; '
		printf '%s, make without options\n' \
			"$(gcc --version | head -1)"
		cat "$tmp/table"
	} >"$table"
	cat "$table"
fi
exit $status
