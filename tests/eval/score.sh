# SPDX-License-Identifier: ISC
# What eval.sh and peers.sh have in common; they read it with `.`, on their own
# arguments.
# shellcheck shell=bash
if [ $# -ne 2 ]; then
	sed -n '/^# usage/,/^# What/{/^# What/!s/^# //p}' "$0" >&2
	exit 2
fi
score=$(cd "$1" && pwd)
# shellcheck disable=SC2034 # its readers use it
data=$(cd "$2" && pwd)
cd "$(dirname "$0")/../.." || exit 2
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
PATH=$BUILD/bin:$PATH
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# declutter_table OPTION... SET: what is measured and F1, for the set and each
# style in it.
declutter_table() {
	"$score/score-declutter" --batch "$@" 2>/dev/null |
		awk '/ F1 / && !/type=/ {
			what = /segments/ ? "segments" : "shingles"
			for (i = 1; i < NF; i++) {
				if ($i ~ /^style=/) what = what "," substr($i, 7)
				if ($i == "F1") f1 = $(i + 1)
			}
			print what "-F1", f1 }'
}

# The pairs of a set of dedupe that count neither way.
dedupe_ignore() {
	if [ -f "$1/ignore.tsv" ]; then
		echo "$1/ignore.tsv"
	else
		echo /dev/null
	fi
}
