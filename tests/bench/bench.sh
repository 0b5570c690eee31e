#!/bin/bash
# SPDX-License-Identifier: ISC
# Each tool against a standard tool on the same bytes, in turn, several times.
#
# usage: tests/bench/bench.sh [--size MB] [--rounds N] [--from FILE]
#   --size    megabytes of invented pages (default 100)
#   --rounds  how often each pair is run (default 5)
#   --from    use this text, pages parted by form feeds, in place of invented
# BUILD is the build folder.  Output goes to files under TMPDIR.
# Prints, for each pair, the median CPU seconds of both, MB/s of the tool, and
# the ratio (their time by ours: above 1 the tool is faster) with its spread.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
PATH=$BUILD/bin:$PATH
export LC_ALL=C
size=100 rounds=5 from=
while [ $# -gt 0 ]; do
	case $1 in
	--size) size=$2 ;;
	--rounds) rounds=$2 ;;
	--from) from=$(realpath "$2") ;;
	*)
		sed -n '5,9s/^# //p' "$0" >&2
		exit 2
		;;
	esac
	shift 2
done
corpus=$PWD/tests/bench/corpus.py
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

if [ -n "$from" ]; then
	cp "$from" text
else
	python3 "$corpus" --size "$size" >text
fi
docsplit -f ff text >rows
printf '%s, %s rounds, %s MB of text, %s MB of rows\n' \
	"$(grep -m 1 'model name' /proc/cpuinfo | cut -d: -f2- | sed 's/^ //')" \
	"$rounds" "$(($(wc -c <text) / 1000000))" \
	"$(($(wc -c <rows) / 1000000))"
printf '%-28s %9s %7s  %-22s %9s  %s\n' tool seconds MB/s against seconds \
	'ratio (from - to)'

# CPU seconds of a command whose output goes to a file.
TIMEFORMAT='%U %S'
seconds() {
	{ time sh -c "$1" >out 2>err || touch failed; } 2>&1 |
		awk '{ print $1 + $2 }'
	if [ -e failed ]; then
		echo "bench.sh: $1: $(head -1 err)" >&2
		return 1
	fi
}

# pair NAME INPUT OURS THEIRS
pair() {
	: >pair.times
	i=0
	while [ $i -lt "$rounds" ]; do
		ours=$(seconds "$3")
		theirs=$(seconds "$4")
		echo "$ours $theirs" >>pair.times
		i=$((i + 1))
	done
	awk -v name="$1" -v their="$4" -v bytes="$(wc -c <"$2")" '
	function median(v, n,   i, j, x) {
		for (i = 2; i <= n; i++)
			for (j = i; j > 1 && v[j] < v[j - 1]; j--) {
				x = v[j]; v[j] = v[j - 1]; v[j - 1] = x
			}
		return (v[int((n + 1) / 2)] + v[int(n / 2) + 1]) / 2
	}
	{
		a[NR] = $1 > 0 ? $1 : 0.001
		b[NR] = $2
		r[NR] = b[NR] / a[NR]
	}
	END {
		sub(/ <.*| [a-z]*$/, "", their)
		m = median(r, NR)
		s = median(a, NR)
		printf "%-28s %9.3f %7.0f  %-22s %9.3f  %.2f (%.2f - %.2f)\n",
		    name, s, bytes / s / 1000000, their, median(b, NR), m,
		    r[1], r[NR]
	}' pair.times
}

pair 'docsplit' text 'docsplit -f ff text' 'tr a-z A-Z <text'
pair 'dedupe, lines' text 'dedupe -o text text' "mawk '!s[\$0]++' text"
pair 'dedupe, documents' rows 'dedupe rows' 'sort -u rows'
pair 'dedupe -b' rows 'dedupe -b rows' "mawk '!s[\$0]++' rows"
pair 'declutter' rows 'declutter rows' 'wc -lw rows'
pair 'entities' rows 'entities rows' 'wc -lw rows'
mark=$(printf '\342\200\234')
pair 'quotes' rows 'quotes rows' "grep -c '$mark' rows"
