#!/bin/bash
# SPDX-License-Identifier: ISC
# Lines and documents on which careless code takes the square of their length:
# four times the input may take eight times as long, not sixteen.
set -u
cd "$(dirname "$0")/../.." || exit 2
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
cd "$tmp" || exit 2
status=0

# CPU seconds of a tool on $2; 99 when it takes longer than a minute.
TIMEFORMAT='%U %S'
seconds() {
	{ time timeout 60 "$BUILD/bin/$1" "$2" >/dev/null 2>err ||
		[ $? -lt 124 ] || echo '99 0'; } 2>&1 |
		awk '{ s = $1 + $2 > s ? $1 + $2 : s } END { print s }'
}

# repeat BYTES TEXT: the text over and over.
repeat() {
	yes "$2" | tr -d '\n' | head -c "$1"
}

# least A B: the smaller number.
least() {
	awk -v a="$1" -v b="$2" 'BEGIN { print a < b ? a : b }'
}

in_bounds() {
	awk -v a="$1" -v b="$2" 'BEGIN { exit !(b < 0.5 || b < 8 * a) }'
}

# try NAME: is the file `large` at most eight times as slow as `small`?  What
# else the machine does may slow either down: the best of a few times counts.
try() {
	for t in ${TOOLS:-docsplit declutter dedupe entities quotes}; do
		small=99
		large=99
		for _ in 1 2 3 4 5; do
			small=$(least "$small" "$(seconds "$t" small)")
			large=$(least "$large" "$(seconds "$t" large)")
			in_bounds "$small" "$large" && break
		done
		if in_bounds "$small" "$large"; then
			echo "ok - linear: $t, $1"
		else
			echo "# $small s and $large s for four times as much"
			echo "not ok - linear: $t, $1"
			status=1
		fi
	done
}

lines() {
	while IFS= read -r unit; do
		repeat 2000000 "$unit" >small
		repeat 8000000 "$unit" >large
		try "one line of: $unit"
	done <<'LIST'
"
“
”
’s 
“‘
"a" said he 
said 
according to 
he said that 
(
[({<
A
A. 
New York 
Smith's 
University of 
Mr. 
the 
1
1,
$1 
12:
May 1, 
a.b
@a
http://a/
!
? "
. “
人
LIST
}

documents() {
	for n in small large; do
		k=20000
		[ $n = large ] && k=80000
		yes '“It goes on,” said Smith' | head -n $k >$n
	done
	try 'one document of short quotations'
	for n in small large; do
		k=20000
		[ $n = large ] && k=80000
		seq $k | sed 's/.*/“Open quote & of Name & in Paris/' >$n
	done
	try 'one document of open quotes and new names'
	for n in small large; do
		k=50000
		[ $n = large ] && k=200000
		awk -v k=$k 'BEGIN { for (i = 0; i < k; i++)
			printf "Ann%c%c%c Lee%d said so.\n", 97 + i % 26,
			    97 + i / 26 % 26, 97 + i / 676 % 26, i }' >$n
	done
	try 'one document of many persons of one family name'
	for n in small large; do
		k=50000
		[ $n = large ] && k=200000
		yes 'Home' | head -n $k >$n
	done
	try 'one document of one line, repeated'
}

lines
documents
exit $status
