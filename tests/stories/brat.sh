#!/bin/sh
# SPDX-License-Identifier: ISC
# Annotations for brat: a .txt and a .ann file for each page, and an
# annotation.conf that knows their types, so that the folder can be opened in
# brat, or read by whatever reads its standoff format, to be corrected.
#
# usage: brat.sh OUT FILE...
# Names and values are text-bound annotations of their type, quotations of the
# type Quote with the attribute Kind.  A quotation whose speaker is named in
# its own block has a relation to that name; cue, speaker and canonical names
# are notes.
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

use docsplit "$@" >"$tmp/rows"
use declutter "$tmp/rows" >"$tmp/kept"
# Offsets count code points, which is what brat counts.
use entities "$tmp/kept" >"$tmp/entities"
use quotes "$tmp/kept" >"$tmp/quotes"
OUT=$out awk -F '\t' -f "$here/unescape.awk" -f "$here/brat.awk" \
	part=1 "$tmp/entities" part=2 "$tmp/quotes" part=3 "$tmp/kept" \
	>"$tmp/types"
{
	echo '[entities]'
	sort "$tmp/types"
	cat <<'CONF'
Quote
[relations]
Speaker Arg1:Quote, Arg2:<ENTITY>
<OVERLAP> Arg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>
[events]
[attributes]
Kind Arg:Quote, Value:direct|indirect|mixed
CONF
} >"$out/annotation.conf"
