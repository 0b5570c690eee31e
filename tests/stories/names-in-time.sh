#!/bin/sh
# SPDX-License-Identifier: ISC
# Who is in the news when, and with whom: a timeline of the names that most
# pages have, and a graph of the names that stand together in a paragraph.
#
# usage: names-in-time.sh OUT FILE...
#   OUT/timeline.tsv   a row for each day, a column for each of TOP names
#   OUT/timeline.svg, OUT/timeline.png    drawn by gnuplot
#   OUT/graph.dot, OUT/graph.svg          drawn by Graphviz
# TOP is how many names the timeline has (default 5), EDGES how many pairs the
# graph (default 40).  Without gnuplot or dot the text files are all there is.
set -eu
export LC_ALL=C
[ $# -ge 2 ] || {
	sed -n 's/^# usage/usage/p' "$0" >&2
	exit 2
}
out=$1
shift
here=$(dirname "$0")
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
mkdir -p "$out"

# Status 1 says that damaged input was skipped.
use() {
	"$@" || [ $? -eq 1 ]
}

use docsplit -m "$tmp/table" "$@" >"$tmp/rows"
use entities --types=DATE "$tmp/rows" >"$tmp/dates"
use declutter "$tmp/rows" >"$tmp/kept"
use dedupe "$tmp/kept" >"$tmp/new"
use entities --types=PER,ORG,LOC "$tmp/new" >"$tmp/names"
awk -F '\t' -f "$here/days.awk" \
	part=1 "$tmp/table" part=2 "$tmp/dates" >"$tmp/days"

# The names that most pages have; of equals the one mentioned more often.
awk -F '\t' '
	{ mentions[$7]++; if (!seen[$1, $7]++) pages[$7]++ }
	END { for (name in pages)
		print pages[name] "\t" mentions[name] "\t" name }' \
	"$tmp/names" | sort -t "$(printf '\t')" -k 1,1nr -k 2,2nr -k 3 |
	awk -F '\t' -v top="${TOP:-5}" 'NR <= top { print $3 }' >"$tmp/top"

# Mentions by day; a page without a date counts for none.
awk -F '\t' '
	part == 1 { name[++n] = $1; next }
	part == 2 { day[$1] = substr($2, 1, 10); next }
	day[$1] != "-" { days[day[$1]] = 1; count[day[$1], $7]++ }
	END {
		line = "day"
		for (i = 1; i <= n; i++) line = line "\t" name[i]
		print line
		for (d in days) {
			line = d
			for (i = 1; i <= n; i++)
				line = line "\t" count[d, name[i]] + 0
			print line | "sort"
		}
	}' part=1 "$tmp/top" part=2 "$tmp/days" part=3 "$tmp/names" \
	>"$out/timeline.tsv"
awk -F '\t' -f "$here/name-pairs.awk" "$tmp/names" |
	sort -t "$(printf '\t')" -k 1,1nr -k 2 |
	head -n "${EDGES:-40}" >"$tmp/pairs"
awk -F '\t' -f "$here/unescape.awk" -f "$here/names-graph.awk" \
	part=1 "$tmp/names" part=2 "$tmp/pairs" >"$out/graph.dot"

# In single quotes gnuplot knows no escape but that of the quote itself.
plot() {
	printf "set terminal %s\nset output 'timeline.%s'\n" "$2" "$1"
	cat <<'PLOT'
set datafile separator "\t"
set xdata time
set timefmt "%Y-%m-%d"
set format x "%d %b"
set key outside noenhanced
set ylabel "mentions"
set yrange [0:*]
PLOT
	awk -F '\t' '
	{ gsub(/\047/, "\047\047")
	  printf "%s \047timeline.tsv\047 every ::1 using 1:%d " \
	      "with linespoints title \047%s\047", \
	      (NR == 1 ? "plot" : ","), NR + 1, $0 }
	END { print "" }' "$tmp/top"
}
cd "$out"
if [ "$(wc -l <timeline.tsv)" -gt 1 ] && command -v gnuplot >/dev/null; then
	plot svg 'svg size 800,360 dynamic background "white"' >"$tmp/svg"
	plot png 'png size 800,360' >"$tmp/png"
	gnuplot "$tmp/svg" && gnuplot "$tmp/png"
fi
if command -v dot >/dev/null; then
	dot -Tsvg graph.dot >graph.svg
fi
