#!/bin/bash
# SPDX-License-Identifier: ISC
# Learn the model of declutter, and judge it by pages of hosts that it was not
# learnt from.
#
# usage: tests/eval/declutter-train.sh [-w] [-k FILE] SCORER SET...
#   -w      write the model to cmd/declutter/data
#   -k      leave in FILE the rows that cross-validation kept
#   SCORER  score-declutter
#   SET     folders or .tar.xz of pages, as tests/eval/declutter-rows.py and
#           the scorer read them
# Prints the scores of cross-validation, by set and style; some ten minutes
# and a gigabyte for 2,000 pages.  BUILD is the build folder.
set -eu
usage() {
	sed -n '5,13s/^# //p' "$0" >&2
	exit 2
}
write='' kept=''
while getopts wk: option; do
	case $option in
	w) write=1 ;;
	k) kept=$(realpath "$OPTARG") ;;
	*) usage ;;
	esac
done
shift $((OPTIND - 1))
[ $# -ge 2 ] || usage
scorer=$(realpath "$1")
shift
sets=()
for set in "$@"; do sets+=("$(realpath "$set")"); done
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build}
"${MAKE:-make}" -s BUILD="$BUILD" train
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
tests/eval/declutter-rows.py "${sets[@]}" >"$tmp/rows"
kept=${kept:-$tmp/kept}
"$BUILD/declutter-train" -k "$kept" \
	${write:+-o cmd/declutter/data} "$tmp/rows"
"$scorer" --batch --cmd "cat >/dev/null; cat $kept" "${sets[@]}"
