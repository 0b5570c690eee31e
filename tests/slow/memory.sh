#!/bin/bash
# SPDX-License-Identifier: ISC
# docsplit stays below 16 MiB whatever it reads: lines, headers and strings of
# a gigabyte, lengths that promise more than there is, long streams.
#
# usage: tests/slow/memory.sh [megabytes]
# That many are read each time.  The default is 80, more than the longest
# block; 1024 takes a quarter of an hour.
set -u
cd "$(dirname "$0")/../.." || exit 2
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
cd "$tmp" || exit 2
most=16384 # KiB
size=$((${1:-80} * 1000000))
status=0

# bytes TEXT: over and over, until `size` are written.
bytes() {
	printf '%b' "$1" >unit
	while [ "$(wc -c <unit)" -lt 100000 ]; do
		cat unit unit unit unit >fourfold
		mv fourfold unit
	done
	while cat unit 2>/dev/null; do :; done | head -c "$size"
}

# try NAME OPTIONS HEAD TEXT: read the head and much of the text.
try() {
	# shellcheck disable=SC2086 # no option holds a blank
	{
		printf '%b' "$3"
		bytes "$4"
	} 2>/dev/null | /usr/bin/time -q -o measured -f '%x %M %U' \
		"$BUILD/bin/docsplit" $2 2>said >/dev/null
	read -r code kib seconds <measured
	if [ "$code" -le 1 ] && [ "$kib" -le $most ]; then
		echo "# $kib KiB, $seconds s"
		echo "ok - memory: docsplit $2: $1"
	else
		echo "# status $code, $kib KiB, $seconds s"
		head -3 said | sed 's/^/# /'
		echo "not ok - memory: docsplit $2: $1"
		status=1
	fi
}

from='From a@b Mon May  6 07:08:09 2024\n'
part='Content-Type: multipart/mixed; boundary=b\n'
code='Content-Transfer-Encoding: '
warc='WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: '
http='WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\n'
http="${http}Content-Length: 999999999999\r\n\r\nHTTP/1.1 200 OK\r\n"
http="${http}Content-Type: text/plain; charset=iso-8859-1\r\n"
doc='<DOC>\n<DOCNO>1</DOCNO>\n<TEXT>\n'
line='It rained in Ostby, said Mr. Hale.\n'

try 'one line' '-f plain' '' a
try 'one line of white space' '-f ff' '' '\x20'
try 'one line that is no UTF-8' '-f nul' '' '\xff'
try 'one line' '-f warc' "${warc}999999999999\r\n\r\n" a
try 'one line' '-f mbox' "$from\n" a
try 'one line of base64' '-f mbox' "$from${code}base64\n\n" QUJD
try 'one line, quoted-printable' '-f mbox' \
	"$from${code}quoted-printable\n\n" a=C3=A4
try 'one line in a part' '-f mbox' "$from$part\n--b\n\n" a
try 'one line of a string' '-f jsonl' '{"text":"' a
try 'one line of a string, escaped' '-f jsonl' '{"text":"' '\\u00e9'
try 'one line' '-f trec' "$doc" a
try 'one line of entities' '-f trec' "$doc" '&amp;'
try 'one word' '-f trec' '<doc id="1">\n<s>\nIt\tPRP\n' a
try 'one line' '-f conllu' '# text = ' a
try 'one line' '--guess' '' a

try 'a length that is not kept' '-f warc' \
	"${warc}1000000000000000000\r\n\r\n" "$line"
try 'a header without end' '-f warc' 'WARC/1.0\r\nWARC-Type: ' a
try 'a header of lines without end' '-f warc' 'WARC/1.0\r\n' 'a: b\r\n'
try 'a response head without end' '-f warc' "$http" 'a: b\r\n'
try 'a chunk without end' '-f warc' \
	"${http}Transfer-Encoding: chunked\r\n\r\nffffffffff\r\n" "$line"
try 'a header without end' '-f mbox' "${from}Subject: " a
try 'a header of lines without end' '-f mbox' "$from" 'Subject: x\n'
try 'parts in parts' '-f mbox' "$from" "$part\n--b\n"
try 'a key without end' '-f jsonl' '{"' a
try 'keys without end' '-f jsonl' '{' '"a":1,'
try 'brackets' '-f jsonl' '{"a":' '['
try 'an unknown string' '-f jsonl' '{"a":"' a
try 'an array of strings' '-f jsonl' '{"text":[' '"a",'
try 'a tag without end' '-f trec' "$doc<a " a
try 'a comment without end' '-f trec' "$doc<!-- " a
try 'a number without end' '-f trec' '<DOC>\n<DOCNO>' a
try 'comments' '-f conllu' '# newdoc\n' '# a = b\n'
try 'no rows' '-f rows' '' 'a\n'

try 'a stream' '-f plain' '' "$line\n"
try 'a stream' '-f warc' '' "${warc}35\r\n\r\n$line\r\n\r\n"
try 'a stream' '-f jsonl' '' '{"id":"a","text":"It rained\\nin Ostby"}\n'
try 'a stream' '-f mbox' '' "$from\n$line\n"
try 'a stream' '-f trec' '' "$doc$line</TEXT>\n</DOC>\n"
try 'a stream' '-f conllu' '# newdoc\n' '1\tIt\t_\t_\t_\t_\t_\t_\t_\t_\n\n'
try 'a stream' '--guess' '' "$line"
try 'a stream' '--sentences' '' "$line\n"
try 'a stream' '--fold' '' "$line\n"
exit $status
