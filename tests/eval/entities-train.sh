#!/bin/bash
# SPDX-License-Identifier: ISC
# Learn the built-in model of names from marked texts.
#
# usage: tests/eval/entities-train.sh DATA [FOLDER] > MODEL
#   DATA    folder of train/SET/{records,gold}.tsv, gazetteer/{gaz,extra}.tsv
#           and clusters/classes512.tsv
#   FOLDER  what entities-bert.sh made of DATA: gmb.tsv, in place of the marks
#           of train/gmb, and classes.tsv; the built-in model takes them
# The plan is tests/eval/entities.plan; WITHOUT names a set to leave out, as
# WITHOUT=gmb.  BUILD is the build folder.  A minute and a gigabyte are needed.
set -eu
if [ $# -ne 1 ] && [ $# -ne 2 ]; then
	sed -n '5,11s/^# //p' "$0" >&2
	exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
BUILD=${BUILD:-$here/../../build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
folder=${2:+$(cd "$2" && pwd)}
cd "$1"

# What lies beside the plan, and is not in DATA, is read from there.
for text in "$here"/entities-text/*.txt; do
	"$here/entities-rows.py" "$text" "$tmp/$(basename "$text" .txt)"
done
sed -e "s,entities-names.tsv,$here/&," -e "s,written/,$tmp/,g" \
	-e "/^set train\/${WITHOUT:-none}\//d" "$here/entities.plan" \
	>"$tmp/plan"
if [ -n "$folder" ]; then
	sed -i -e "s,train/gmb/gold.tsv,$folder/gmb.tsv," \
		-e "s,clusters/classes512.tsv,$folder/classes.tsv," "$tmp/plan"
fi
"$BUILD/bin/entities" --train="$tmp/plan"
