#!/bin/bash
# SPDX-License-Identifier: ISC
# What a month of Common Crawl takes, reckoned from the CPU seconds of each
# step on made-up WET files: the figures of newsieve(7).
#
# usage: tests/bench/crawl.sh [--size MB] [--rounds N] [--terabytes N] [FILE]
#   --size       megabytes of invented WET (default 50)
#   --rounds     how often each step is run (default 3); the median counts
#   --terabytes  of plain text to reckon for (default 10)
#   FILE         WET, compressed by gzip, in place of invented
# BUILD is the build folder.  Sorting is reckoned as if it were linear: the
# figure for much data is some half higher.
set -euo pipefail
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
PATH=$BUILD/bin:$PATH
export LC_ALL=C
size=50 rounds=3 terabytes=10 file=
while [ $# -gt 0 ]; do
	case $1 in
	--size) size=$2 && shift ;;
	--rounds) rounds=$2 && shift ;;
	--terabytes) terabytes=$2 && shift ;;
	-*)
		sed -n '6,10s/^# //p' "$0" >&2
		exit 2
		;;
	*) file=$(realpath "$1") ;;
	esac
	shift
done
corpus=$PWD/tests/bench/corpus.py
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
if [ -n "$file" ]; then
	cp "$file" wet.gz
else
	python3 "$corpus" --size "$size" --form wet | gzip >wet.gz
fi

# step NAME OUT COMMAND: the CPU seconds it takes, and what comes out.
TIMEFORMAT='%U %S'
step() {
	for _ in $(seq "$rounds"); do
		{ time sh -c "$3" >"$2" 2>err; } 2>&1 | awk '{ print $1 + $2 }'
	done | sort -n | sed -n "$(((rounds + 1) / 2))p" >seconds
	awk -v name="$1" -v s="$(cat seconds)" -v out="$(wc -c <"$2")" \
		-v text="$text" -v tb="$terabytes" 'BEGIN {
		share = tb * 1e12 / text
		printf "%-22s %10.0f %12.0f %14.2f\n", name,
		    text / s / 1e6, s * share / 3600, out * share / 1e12
	}'
}

gzip -dc wet.gz | docsplit -f warc >rows 2>err
text=$(cut -f 3 rows | wc -c)
printf '%s, %s MB of text in %s documents, for %s TB\n' \
	"$(grep -m 1 'model name' /proc/cpuinfo | cut -d: -f2- | sed 's/^ //')" \
	"$((text / 1000000))" "$(cut -f 1 rows | uniq | wc -l)" "$terabytes"
printf '%-22s %10s %12s %14s\n' step 'MB/s text' 'core hours' 'TB it writes'
step 'gzip -dc' wet 'gzip -dc wet.gz'
step 'docsplit -f warc' rows 'docsplit -f warc wet'
step 'declutter' kept 'declutter rows'
step 'dedupe --sketch' samples 'dedupe --sketch kept'
step 'sort' sorted 'sort -S 1G --parallel=1 samples'
step 'dedupe --match' shared 'dedupe --match sorted'
step 'sort' sorted 'sort -S 1G --parallel=1 shared'
step 'dedupe --resolve' copies 'dedupe --resolve sorted'
step 'awk, copies out' new "mawk -F '\\t' 'NR == FNR { old[\$1]; next }
	!(\$1 in old)' copies kept"
step 'entities' names 'entities new'
