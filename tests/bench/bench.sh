#!/bin/bash
# SPDX-License-Identifier: ISC
# Each tool against others on the same bytes, in turn, several times.
#
# usage: tests/bench/bench.sh [--size MB,...] [--rounds N] [--kind KIND,...]
#            [--from FILE]
#   --size    megabytes of invented pages (default 100); of several sizes, as
#             100,400,1600, all is done for each, so that growth shows
#   --rounds  how often each pair is run (default 5)
#   --kind    english (default), paragraphs, cyrillic, capitals, letters or
#             endless, as tests/bench/corpus.py makes them; each in turn
#   --from    use this text, pages parted by form feeds, in place of invented
# BUILD is the build folder.  Output goes to files under TMPDIR.
# Prints, for each pair, the medians of both: CPU seconds, seconds on the wall
# and peak memory; MB/s of the tool; and the ratio of CPU seconds (theirs by
# ours: above 1 the tool takes less) with its spread, of wall and of memory.
# Others that are not installed (`tests/setup.sh bench`) are passed over, and
# that is said.  Those in Python get a twentieth of the text, at most 5 MB.
# How well both do, beside their speed, is for tests/eval/peers.sh.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
PATH=$BUILD/bin:$PATH
export LC_ALL=C
sizes=100 rounds=5 kinds=english from=
while [ $# -gt 0 ]; do
	case $1 in
	--size) sizes=$2 ;;
	--rounds) rounds=$2 ;;
	--kind) kinds=$2 ;;
	--from) from=$(realpath "$2") ;;
	*)
		sed -n '5,12s/^# //p' "$0" >&2
		exit 2
		;;
	esac
	shift 2
done
here=$PWD/tests/bench
python=$BUILD/bench/peers/bin/python
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

# What a command takes, its output in a file: CPU, wall, peak megabytes.
TIMEFORMAT='%U %S %R'
measure() {
	# Status 1: some of it was no use, or nothing was found.
	{ time /usr/bin/time -q -f '%M' -o peak sh -c "$1" >out 2>err ||
		[ $? -eq 1 ] || touch failed; } 2>taken
	if [ -e failed ]; then
		echo "bench.sh: $1: $(tail -n 1 err)" >&2
		return 1
	fi
	paste taken peak |
		awk '{ printf "%.3f %.3f %.1f ", $1 + $2, $3, $4 / 1024 }'
}

# pair NAME INPUT OURS THEIRS...
pair() {
	name=$1 input=$2 ours=$3
	shift 3
	for theirs; do
		program=${theirs%% *}
		if ! command -v "$program" >/dev/null; then
			echo "# passed over: no $program" >>absent
			continue
		fi
		for _ in $(seq "$rounds"); do
			measure "$ours"
			measure "$theirs"
			echo
		done >pair.taken
		their=$theirs awk -v name="$name" -v me="$python" \
			-v bytes="$(wc -c <"$input")" -f "$here/pair.awk" \
			pair.taken
	done
}

# threads INPUT OURS: two threads against one.
threads() {
	name=${2%% *}
	case $2 in *' -'*) name=${2% *} ;; esac
	pair "$name -j 2" "$1" "${2%% *} -j 2 ${2#* }" "$2"
}

# All pairs, on pages in the file `text`.
pairs() {
	docsplit -f ff text >rows
	part=$(($(wc -c <text) / 20))
	head -c $((part < 5000000 ? part : 5000000)) text >few
	docsplit -f ff few >few.rows
	printf '%s MB of text, %s MB of rows, %s rounds\n' \
		$(($(wc -c <text) / 1000000)) $(($(wc -c <rows) / 1000000)) \
		"$rounds"
	printf '%-23s %6s %5s %5s %5s  %-24s %6s %6s %5s  %-18s %5s %6s\n' \
		tool CPU MB/s wall MB against CPU wall MB 'CPU ratio' wall memory
	pair 'docsplit -f ff' text 'docsplit -f ff text' 'tr a-z A-Z <text' \
		'wc -lw text'
	pair 'docsplit -f rows' rows 'docsplit -f rows rows' \
		'mlr --tsv --implicit-tsv-header cat rows' 'rg -c . rows'
	threads rows 'docsplit -f rows rows'
	if [ -e wet ]; then
		pair 'docsplit -f warc' wet 'docsplit -f warc wet' \
			'tr a-z A-Z <wet'
		threads wet 'docsplit -f warc wet'
		pair 'docsplit -f jsonl' jsonl 'docsplit -f jsonl jsonl' \
			'jq -r .text jsonl'
		threads jsonl 'docsplit -f jsonl jsonl'
		threads mbox 'docsplit -f mbox mbox'
		threads conllu 'docsplit -f conllu conllu'
	fi
	pair 'dedupe, lines' text 'dedupe -o text text' \
		"mawk '!s[\$0]++' text" "gawk '!s[\$0]++' text" 'sort -u text'
	pair 'dedupe, documents' rows 'dedupe rows' 'sort -u rows'
	pair 'dedupe, documents' few 'dedupe few.rows' \
		"$python $here/peers.py datasketch few"
	threads rows 'dedupe rows'
	pair 'dedupe -b' rows 'dedupe -b rows' "mawk '!s[\$0]++' rows" \
		'mlr --tsv --implicit-tsv-header head -n 1 -g 3 rows'
	threads rows 'dedupe -b rows'
	threads rows 'dedupe --sketch rows'
	pair 'declutter' rows 'declutter rows' 'wc -lw rows'
	threads rows 'declutter rows'
	pair 'declutter' few 'declutter few.rows' \
		"$python $here/peers.py justext few" \
		"$python $here/peers.py trafilatura few"
	pair 'entities' rows 'entities rows' 'wc -lw rows' \
		"rg -o '\p{Lu}\p{Ll}+( \p{Lu}\p{Ll}+)+' rows"
	threads rows 'entities rows'
	open=$(printf '\342\200\234') shut=$(printf '\342\200\235')
	pair 'quotes' rows 'quotes rows' 'entities rows' \
		"grep -oP '${open}[^$shut]*$shut' rows"
	threads rows 'quotes rows'
}

grep -m 1 'model name' /proc/cpuinfo | cut -d: -f2- | sed 's/^ //'
: >absent
if [ -n "$from" ]; then
	cp "$from" text
	pairs
else
	for kind in ${kinds//,/ }; do
		for size in ${sizes//,/ }; do
			printf '%s: ' "$kind"
			corpus() {
				python3 "$here/corpus.py" --kind "$kind" \
					--size "$size" --form "$1"
			}
			corpus pages >text
			rm -f wet
			if [ "$kind" != endless ]; then
				for form in jsonl mbox conllu wet; do
					# shellcheck disable=SC2094 # a word
					corpus "$form" >"$form"
				done
			fi
			# What was just made is not to be written meanwhile.
			sync
			pairs
		done
	done
fi
sort -u absent
