#!/bin/bash
# SPDX-License-Identifier: ISC
# Learn the model of declutter, and judge it by pages of hosts that it was not
# learnt from.
#
# usage: tests/eval/declutter-train.sh [-w] SCORER SET...
#   -w      write the model to cmd/declutter/data
#   SCORER  score-declutter
#   SET     folders or .tar.xz of pages, as tests/eval/declutter-rows.py and
#           the scorer read them
# Prints the scores of cross-validation, by set and style; some ten minutes
# and a gigabyte for 2,000 pages.  BUILD is the build folder.
set -eu
write=
if [ "${1-}" = -w ]; then
	write=1
	shift
fi
if [ $# -lt 2 ]; then
	sed -n '5,12s/^# //p' "$0" >&2
	exit 2
fi
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
"$BUILD/declutter-train" -k "$tmp/kept" \
	${write:+-o cmd/declutter/data} "$tmp/rows"
"$scorer" --batch --cmd "cat >/dev/null; cat $tmp/kept" "${sets[@]}"
