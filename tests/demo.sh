#!/bin/sh
# SPDX-License-Identifier: ISC
# The main job on the sample pages: articles, names and quotations as rows,
# shown readably.
#
# usage: tests/demo.sh [page ...]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
PATH=${BUILD:-$here/../build}/bin:$PATH
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
if [ $# -eq 0 ]; then
	cd "$here/pages"
	set -- *.txt
fi

docsplit "$@" >"$tmp/all.tsv"
declutter <"$tmp/all.tsv" | dedupe | tee "$tmp/rows.tsv" |
	entities >"$tmp/entities.tsv"
quotes <"$tmp/rows.tsv" >"$tmp/quotes.tsv"

echo '--- Text that was kept: document, line, text'
awk -F '\t' '{
	t = length($3) > 56 ? substr($3, 1, 55) "~" : $3
	printf "%-16s %3d  %s\n", $1, $2, t
}' "$tmp/rows.tsv"
echo
echo '--- Names: how often, type, canonical form'
awk -F '\t' '{ print $5 "\t" $7 }' "$tmp/entities.tsv" | sort | uniq -c |
	sort -k1,1nr -k2 | head -25
echo
echo '--- Who said what'
awk -F '\t' '$5 != "indirect" {
	q = length($8) > 60 ? substr($8, 1, 59) "~" : $8
	printf "%-20s %s\n", $9 == "" ? "?" : $9, q
}' "$tmp/quotes.tsv"
echo
printf '%d of %d rows kept, %d names, %d quotations in %d files\n' \
	"$(wc -l <"$tmp/rows.tsv")" "$(wc -l <"$tmp/all.tsv")" \
	"$(wc -l <"$tmp/entities.tsv")" "$(wc -l <"$tmp/quotes.tsv")" $#
