#!/bin/sh
# SPDX-License-Identifier: ISC
# The main job on the sample pages: articles, names and quotations as rows,
# shown readably.
#
# usage: tests/demo.sh [page ...]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
PATH=${BUILD:-$here/../build}/bin:$PATH
export LC_ALL=C
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
if [ $# -eq 0 ]; then
	cd "$here/pages"
	set -- *.txt
fi

# Cut at `n` bytes, not inside a character.
# shellcheck disable=SC2016 # this is awk
short='function short(s, n) {
	if (length(s) <= n) return s
	s = substr(s, 1, n - 1)
	sub(/[\300-\377][\200-\277]*$/, "", s)
	return s "~"
}
'

docsplit "$@" >"$tmp/all.tsv"
declutter <"$tmp/all.tsv" | dedupe | tee "$tmp/rows.tsv" |
	entities >"$tmp/entities.tsv"
quotes <"$tmp/rows.tsv" >"$tmp/quotes.tsv"

echo '--- Text that was kept: document, line, text'
awk -F '\t' "$short"'{ printf "%-16s %3d  %s\n", $1, $2, short($3, 56) }' \
	"$tmp/rows.tsv"
echo
echo '--- Names: how often, type, canonical form'
awk -F '\t' '{ print $5 "\t" $7 }' "$tmp/entities.tsv" | sort | uniq -c |
	sort -k1,1nr -k2 | head -25
echo
echo '--- Who said what'
awk -F '\t' "$short"'$5 != "indirect" {
	printf "%-18s %s\n", $9 == "" ? "?" : $9, short($8, 58)
}' "$tmp/quotes.tsv"
echo
echo '--- Text that stands in two pages'
declutter <"$tmp/all.tsv" | dedupe -b -r |
	awk -F '\t' '$1 != $3 { n[$1 " repeats " $3]++ }
	    END { for (k in n) print k ": " n[k] " blocks" }' | sort
echo
printf '%d of %d rows kept, %d names, %d quotations in %d files\n' \
	"$(wc -l <"$tmp/rows.tsv")" "$(wc -l <"$tmp/all.tsv")" \
	"$(wc -l <"$tmp/entities.tsv")" "$(wc -l <"$tmp/quotes.tsv")" $#
