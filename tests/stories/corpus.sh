#!/bin/bash
# SPDX-License-Identifier: ISC
# A corpus from Common Crawl: the articles of WET files, each once, in shards
# of whole documents, and an account of what went and why.
#
# usage: corpus.sh OUT FILE...
#   FILE              WET, compressed by gzip or not
#   OUT/part-NNNN.tsv.gz   rows `doc block text`
#   OUT/documents.tsv      what the archive says of each document
#   OUT/counts.tsv         `step why documents rows`
# SHARD is the size of a shard before it is packed, in bytes (default 64 MiB);
# a document of fewer than WORDS words (default 30) is none.
set -euo pipefail
export LC_ALL=C
[ $# -ge 2 ] || {
	sed -n 's/^# usage/usage/p' "$0" >&2
	exit 2
}
out=$1
shift
here=$(dirname "$0")
mkdir -p "$out"
rm -f "$out"/part-*.tsv "$out"/part-*.tsv.gz
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# Status 1 says that damaged records were skipped.
use() {
	"$@" || [ $? -eq 1 ]
}

# Keys are FILE:NUMBER, FILE without the ending of gzip.
split_all() {
	for file; do
		gzip -cdf -- "$file" |
			use docsplit -f warc -m "$tmp/table" \
				--name="${file%.gz}"
		cat "$tmp/table" >>"$tmp/documents"
	done
}

# declutter and dedupe pass everything and say what they think of it; awk
# counts that and takes the columns away again.
split_all "$@" | use declutter -a |
	COUNTS=$tmp/labels awk -F '\t' -f "$here/corpus-labels.awk" |
	use dedupe -a |
	COUNTS=$tmp/copies OUT=$out SHARD=${SHARD:-67108864} \
		WORDS=${WORDS:-30} awk -F '\t' -f "$here/corpus-shards.awk"
shopt -s nullglob
for part in "$out"/part-*.tsv; do
	gzip -n "$part"
done
mv "$tmp/documents" "$out/documents.tsv"
{
	printf 'step\twhy\tdocuments\trows\n'
	awk -F '\t' '{ n[$9 > 0]++; rows += $9 }
		END { printf "read\tno text\t%d\t0\n", n[0]
		    printf "read\ttext\t%d\t%d\n", n[1], rows }' \
		"$out/documents.tsv"
	sort "$tmp/labels"
	cat "$tmp/copies"
} >"$out/counts.tsv"
