#!/bin/bash
# SPDX-License-Identifier: ISC
# docsplit in each format, on usual text and on text made to be slow: four
# times the input takes at most 4.4 times as long.
#
# usage: tests/slow/formats.sh [word ...]
# Words choose the shapes whose line below has one of them.
set -u
cd "$(dirname "$0")/../.." || exit 2
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
status=0

# shape BYTES HEAD UNIT: the head, and the unit over and over.
shape() {
	printf '%b' "$3" >"$tmp/unit"
	while [ "$(wc -c <"$tmp/unit")" -lt 500000 ]; do
		cat "$tmp/unit" "$tmp/unit" "$tmp/unit" "$tmp/unit" >"$tmp/more"
		mv "$tmp/more" "$tmp/unit"
	done
	{
		printf '%b' "$2"
		while cat "$tmp/unit" 2>/dev/null; do :; done
	} | head -c "$1"
}

# CPU seconds of docsplit with the options $2 on the file $1: the least of
# $3 runs, 99 if one is not done within 20 seconds.
TIMEFORMAT='%U %S'
seconds() {
	for _ in $(seq "$3"); do
		# shellcheck disable=SC2086 # no option holds a blank
		{ time timeout 20 "$BUILD/bin/docsplit" $2 "$1" >/dev/null \
			2>&1 || [ $? -lt 124 ] || echo '99 0'; } 2>&1
	done | awk '{ s = $1 + $2 } s >= 99 { bad = 1 }
	    NR == 1 || s < least { least = s } END { print bad ? 99 : least }'
}

# try NAME OPTIONS HEAD UNIT: what takes too little time to tell is tried
# with more input, and what seems slow once more, as others may be at work.
try() {
	n=500000
	# Beyond this much a JSON record is read in another way.
	[ "$2" = '-f jsonl' ] && n=5000000
	while :; do
		shape $((4 * n)) "$3" "$4" >"$tmp/large"
		large=$(seconds "$tmp/large" "$2" 1)
		awk -v s="$large" -v n=$n \
			'BEGIN { exit !(s < 0.06 && n < 30000000) }' || break
		n=$((4 * n))
	done
	head -c "$n" "$tmp/large" >"$tmp/small"
	for runs in 1 3 6 12; do
		small=$(seconds "$tmp/small" "$2" $runs)
		large=$(seconds "$tmp/large" "$2" $runs)
		if awk -v a="$small" -v b="$large" \
			'BEGIN { exit !(b < 99 && (b <= 4.4 * a || b < 0.03)) }'; then
			awk -v n="$n" -v b="$large" 'BEGIN {
				printf "# %.0f MB/s\n", 4 * n / 1e6 / (b + 1e-9) }'
			echo "ok - linear: docsplit $2: $1"
			return
		fi
		[ "$large" = 99 ] && break
	done
	echo "# $small s for $n bytes and $large s for four times as much"
	echo "not ok - linear: docsplit $2: $1"
	status=1
}

from='From a@b Mon May  6 07:08:09 2024\n'
warc='WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: '

# The shapes: name, options, head, unit.
shapes() {
	local type='Content-Type: ' code='Content-Transfer-Encoding: '
	local line='It rained in Ostby, said Mr. Hale.\n'
	local doc='<DOC>\n<DOCNO>1</DOCNO>\n<TEXT>\n'
	local http='WARC/1.0\r\nWARC-Type: response\r\nContent-Type:'
	http="$http application/http\r\nContent-Length: 999999999999\r\n\r\n"
	http="${http}HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
	http="${http}Transfer-Encoding: chunked\r\n\r\n"

	cat <<LIST
usual text|-f plain||$line$line\n
usual text|-p||$line$line\n
usual text|--sentences||$line$line\n
usual text|--guess||$line$line\n
usual text|--fold||$line$line\n
usual text|--id=hash||$line$line\n
usual text|-e ^--||$line$line--\n
usual text|-f ff||$line\f$line
usual text|-f nul||$line\0$line
records|-f warc||${warc}35\r\n\r\n$line\r\n\r\n
mails|-f mbox||${from}Subject: x\n\n$line\n
mail in base64|-f mbox|${from}${code}base64\n\n|SXQgcmFpbmVkIGluIE9zdGJ5LAo=\n
mail, quoted-printable|-f mbox|${from}${code}quoted-printable\n\n|Caf=C3=A9 in =\nOstby\n
mail of parts|-f mbox|${from}${type}multipart/mixed; boundary=b\n\n|--b\n${type}text/plain\n\n$line
records|-f jsonl||{"id":"a","text":"It rained\\\\nin \\\\"Ostby\\\\"","n":[1,2]}\n
records|-f jsonl||\x1e{"id":"a","text":\n"It rained"}\n
documents|-f trec||$doc$line</TEXT>\n</DOC>\n
documents|-f trec||<doc id="1" url="u" title="t">\nIt rained &amp; snowed\n</doc>\n
vertical text|-f trec|<doc id="1">\n|<s>\nIt\tPRP\tit\nrained\tVBD\train\n<g/>\n.\t.\t.\n</s>\n
sentences|-f conllu|# newdoc\n|# text = It rained\n1\tIt\tit\tPRON\t_\t_\t2\tnsubj\t_\t_\n\n
sentences of words|-f conllu||1\tIt\tit\tPRON\t_\t_\t2\tnsubj\t_\tSpaceAfter=No\n\n
rows|-f rows||d\t1\t$line
rows|--unfold||d\t1\tIt rained\\\\nin Ostby\\\\n\n
blank lines|-f plain||\n
blank lines|-p||\n
blank lines|--guess||\n
blank lines|-f mbox|$from|\n
blank lines|-f jsonl||\n
blank lines|-f warc||\n
blank lines|-f trec||\n
blank lines|-f conllu||\n
one line of spaces|-f plain||\x20
one line of spaces|-p||\x20
one line of spaces|--guess||\x20
one line of spaces|-f conllu||\x20
one line of spaces|-f jsonl||\x20
no-break spaces|-f plain||\xc2\xa0
NULs|-f plain||\0
NULs|-f nul||\0
NULs|-f mbox|$from|\0
form feeds|-f ff||\f
form feeds|-f plain||\f
no UTF-8|-f plain||\xff
halves of characters|-p||\xe2\x80
returns|-f plain||\r
returns|-f conllu||\r
abbreviations|--sentences||Mr.\x20
stops|--sentences||.
stops and spaces|--sentences||.\x20
capitals|--sentences||A. B.\x20
lines of a letter|-p||a\n
menus|--guess||Home\nNews\nSport\n
menus in one line|--guess||Home |\x20
feet|--guess||All rights reserved.\n
heads|--guess||Skip to content\n
<|-f trec|$doc|<
&|-f trec|$doc|&
open tags|-f trec|$doc|<a href="
open tags in lines|-f trec|$doc|<a href="\n
open comments|-f trec|$doc|<!--\x20
comments|-f trec|$doc|<!---->
numbers of characters|-f trec|$doc|&#x2
entities|-f trec|$doc|&amp;
scripts|-f trec|$doc|<script>
end tags|-f trec|$doc|</
headers without end|-f trec|<DOC>\n<DOCNO>1|<DOCNO>\n
heads of documents|-f trec||<DOC>
heads of documents in lines|-f trec||<doc id="1">\n
a long attribute|-f trec|<doc title="|a
attributes|-f trec|<doc|\x20a=b
no tag at all|-f trec||$line
From at every line|-f mbox|$from|From \n
From at every line|-f mbox --loose|$from|From \n
mails of one line|-f mbox||$from\n
dated at every line|-f mbox||$from
>From|-f mbox|$from\n|>From \n
marks|-f mbox|$from\n|>
marks and From|-f mbox|$from\n|>>>>>>>>>>>>>>>>F\n
a long header|-f mbox|${from}X: |a
header lines|-f mbox|$from|Received: by x\n
folded lines|-f mbox|${from}Subject: a\n|\x20b\n
encoded words|-f mbox|${from}Subject:|\x20=?utf-8?q?=41?=
addresses|-f mbox -m /dev/null|${from}From:|\x20a <a@b>,
comments|-f mbox -m /dev/null|${from}From:|(
base64 in one line|-f mbox|${from}${code}base64\n\n|QUJD
padding|-f mbox|${from}${code}base64\n\n|=
no base64|-f mbox|${from}${code}base64\n\n|!\n
=|-f mbox|${from}${code}quoted-printable\n\n|=
soft breaks|-f mbox|${from}${code}quoted-printable\n\n|=\n
white space|-f mbox|${from}${code}quoted-printable\n\n|\x20
UTF-7|-f mbox|${from}${type}text/plain; charset=utf-7\n\n|+AEE
parts in parts|-f mbox|$from|${type}multipart/mixed; boundary=b\n\n--b\n
boundaries|-f mbox|${from}${type}multipart/mixed; boundary=b\n\n|--b\n
half boundaries|-f mbox|${from}${type}multipart/mixed; boundary=b\n\n|--
wrong lengths|-f warc||${warc}3\r\n\r\n$line\r\n\r\n
great lengths|-f warc||${warc}4000000\r\n\r\n$line\r\n\r\n
greater lengths|-f warc||${warc}1000000000000000000\r\n\r\n$line\r\n\r\n
no lengths|-f warc||${warc}x\r\n\r\n$line\r\n\r\n
empty records|-f warc||${warc}0\r\n\r\n\r\n\r\n
one long record|-f warc|${warc}999999999999\r\n\r\n|$line
version lines|-f warc||WARC/1.0\r\n
version lines in a record|-f warc|${warc}999999999999\r\n\r\n|WARC/1.0\r\n
versions in a line|-f warc||WARC/1.0\x20
W|-f warc|${warc}999999999999\r\n\r\n|W
half records|-f warc||WARC/1.0\r\nWARC-
a long header|-f warc|WARC/1.0\r\n|a
header lines|-f warc|WARC/1.0\r\n|a: b\r\n
short chunks|-f warc|$http|1\r\na\r\n
a long chunk size|-f warc|${http}1\r\na\r\n|0
chunk extensions|-f warc|$http|1;a=b\r\na\r\n
{|-f jsonl||{
[|-f jsonl|{"a":|[
objects in objects|-f jsonl||{"a":
lines of {|-f jsonl||{\n
a long text|-f jsonl|{"text":"|It rained.\x20
a text of one line each|-f jsonl|{"text":"|a\\\\n
a long key|-f jsonl|{"|a
many keys|-f jsonl|{|"a":1,
a long number|-f jsonl|{"a":|1
escapes|-f jsonl|{"text":"|\\\\\\\\
escaped characters|-f jsonl|{"text":"|\\\\u0041
halves of pairs|-f jsonl|{"text":"|\\\\ud800
an array of strings|-f jsonl|{"text":[|"a",
marks|-f jsonl||\x1e
marks and {|-f jsonl||\x1e{
empty objects|-f jsonl||{}\n
quotes|-f jsonl||"
a long text|-f conllu|# text = |It rained.\x20
a long word|-f conllu|1\t|a
columns|-f conllu|1|\ta
documents|-f conllu||# newdoc\n
paragraphs|-f conllu||# newpar\n
comments|-f conllu||# a = b\n
words without end|-f conllu||1\ta\n
no words|-f conllu||a\n
tabs|-f rows||\t
documents|-f rows||d\t1\tx\ne\t1\tx\n
no rows|-f rows||a\n
line ends|--unfold|d\t1\t|\\\\n
backslashes|--unfold|d\t1\t|\\\\\\\\\\\\\\\\
LIST
}

while IFS='|' read -r name options head unit; do
	for w in "${@:-}"; do
		case "$name $options" in
		*"$w"*)
			try "$name" "$options" "$head" "$unit"
			break
			;;
		esac
	done
done < <(shapes)
exit $status
