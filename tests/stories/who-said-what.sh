#!/bin/sh
# SPDX-License-Identifier: ISC
# Who said what: `speaker date cue kind quote doc url`, sorted by speaker and
# date.  What the container says of a page (a web archive: address and date)
# comes from the document table, by join(1).
#
# usage: who-said-what.sh FILE... > said.tsv
set -eu
export LC_ALL=C
tab=$(printf '\t')
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# Status 1 says that damaged input was skipped.
use() {
	"$@" || [ $? -eq 1 ]
}

use docsplit -m "$tmp/table" "$@" >"$tmp/rows"
use declutter "$tmp/rows" >"$tmp/kept"
use quotes "$tmp/kept" >"$tmp/quotes"
sort -t "$tab" -k 1,1 "$tmp/table" >"$tmp/by-doc"
# -s keeps the quotations of a page in their order.
sort -s -t "$tab" -k 1,1 "$tmp/quotes" |
	join -t "$tab" -o 2.9,1.4,2.7,2.5,2.8,1.1,1.3 "$tmp/by-doc" - |
	awk -F '\t' '$1 != ""' | sort -s -t "$tab" -k 1,2
