#!/bin/sh
# SPDX-License-Identifier: ISC
# Who copied whom: the stories that stand in an archive more than once, near
# copies included, and which site had them first.
#
# usage: wire-archive.sh OUT FILE...
#   OUT/stories.tsv   `story day site doc days_later`, the first copy first
#   OUT/sites.tsv     `stories first_site site`
# Days are those of the archive or, of plain pages, the first full date on the
# page.  The site is the host of a page's address, or what its file's name
# begins with: `courier` for courier-1.txt.
set -eu
export LC_ALL=C
[ $# -ge 2 ] || {
	sed -n 's/^# usage/usage/p' "$0" >&2
	exit 2
}
out=$1
shift
here=$(dirname "$0")
tab=$(printf '\t')
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
use dedupe --clusters "$tmp/kept" >"$tmp/clusters"
awk -F '\t' -f "$here/days.awk" \
	part=1 "$tmp/table" part=2 "$tmp/dates" >"$tmp/days"

# `cluster day site doc` of each document that has a copy or is one.
awk -F '\t' '
	part == 1 {
		site[$1] = $3
		if (!sub(/^[a-z]+:\/\//, "", site[$1])) {
			site[$1] = $1
			sub(/^.*\//, "", site[$1])
			sub(/[-_.0-9].*/, "", site[$1])
		}
		sub(/[\/:].*/, "", site[$1])
		next
	}
	part == 2 { day[$1] = $2; next }
	part == 3 { copies[$2]++; next }
	copies[$2] > 1 {
		print $2 "\t" day[$1] "\t" site[$1] "\t" $1
	}' part=1 "$tmp/table" part=2 "$tmp/days" \
	part=3 "$tmp/clusters" part=4 "$tmp/clusters" |
	sort -t "$tab" -k 1,1 -k 2,2 -k 4,4 |
	awk -F '\t' '
	# Days since 1 March of the year 0, by the Gregorian calendar.
	function number(date,   y, m, d) {
		y = substr(date, 1, 4) + 0; m = substr(date, 6, 2) + 0
		d = substr(date, 9, 2) + 0
		if (m < 3) { y--; m += 12 }
		return 365 * y + int(y / 4) - int(y / 100) + int(y / 400) + \
		    int((153 * (m - 3) + 2) / 5) + d
	}
	$1 != story { story = $1; first = $2; title = $4 }
	{ print title "\t" $2 "\t" $3 "\t" $4 "\t" \
	    ($2 == "-" || first == "-" ? "-" : number($2) - number(first)) }
	' >"$out/stories.tsv"

awk -F '\t' '
	$1 != story { story = $1; first = $3; next }
	$3 != first && !seen[story, $3]++ { pair[first "\t" $3]++ }
	END { for (p in pair) print pair[p] "\t" p }' "$out/stories.tsv" |
	sort -t "$tab" -k 1,1nr -k 2 >"$out/sites.tsv"
