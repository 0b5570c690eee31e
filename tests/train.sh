#!/bin/bash
# SPDX-License-Identifier: ISC
# The trainer of declutter on pages made up here: it ends well, keeps the
# paragraphs of pages it did not learn from, and writes the same model twice.
set -u
cd "$(dirname "$0")/.." || exit 2
BUILD=${BUILD:-build}
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
status=0

say() {
	if [ "$1" -eq 0 ]; then
		echo "ok - train: $2"
	else
		head -5 "$tmp/err" | sed 's/^/# /'
		echo "not ok - train: $2"
		status=1
	fi
}

# Rows as tests/eval/declutter-rows.py writes them: 40 pages of 20 hosts, each
# a menu, paragraphs of words that only they have, and a foot.
awk 'BEGIN {
	OFS = "\t"
	split("river harvest council teacher bridge winter market letter", noun)
	split("carried opened measured repaired finished promised", verb)
	split("Home Sport Weather Contact Login Search", menu)
	for (page = 1; page <= 40; page++) {
		doc = "page" page
		host = "host" (page % 20) ".example"
		row = 0
		for (i = 1; i <= 6; i++)
			print doc, ++row, menu[i], 0, 1, host, 1, 120
		for (i = 1; i <= 6; i++) {
			text = "The"
			for (k = 0; k < 6; k++)
				text = text " " noun[(page * 7 + i * 3 + k) % 8 + 1] \
				    " " verb[(page + i * 5 + k) % 6 + 1] \
				    (k < 5 ? " and the" : ".")
			n = split(text, word, " ")
			print doc, ++row, text, n, n, host, 1, 120
		}
		print doc, ++row, "Sign up for our newsletter", 0, 5, host, 1, 120
		print doc, ++row, "All rights reserved", 0, 3, host, 1, 120
	}
}' >"$tmp/rows"

for run in 1 2; do
	mkdir "$tmp/model$run"
	"$BUILD/declutter-train" -1 8 -2 8 -p 200 -k "$tmp/kept$run" \
		-o "$tmp/model$run" "$tmp/rows" 2>"$tmp/err"
	say $? "run $run ends well"
done
cmp -s "$tmp/kept1" "$tmp/kept2" && diff -r "$tmp/model1" "$tmp/model2" \
	>/dev/null && [ -s "$tmp/model1/trees2.inc" ]
say $? 'two runs write the same'
awk -F '\t' -v OFS='\t' '$4 > 0 { print $1, $2 }' "$tmp/rows" >"$tmp/want"
cut -f 1,2 "$tmp/kept1" | cmp -s - "$tmp/want"
say $? 'the paragraphs are kept, and nothing else'
exit "$status"
