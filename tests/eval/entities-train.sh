#!/bin/bash
# SPDX-License-Identifier: ISC
# Learn the built-in model of names from marked texts.
#
# usage: tests/eval/entities-train.sh DATA > MODEL
#   DATA    folder of train/SET/{records,gold}.tsv, gazetteer/{gaz,extra}.tsv
#           and clusters/classes512.tsv
# The plan is tests/eval/entities.plan; WITHOUT names a set to leave out, as
# WITHOUT=gmb.  A first model, without the noisy set gmb, marks that anew, so
# this takes about three minutes and a gigabyte.  BUILD is the build folder.
set -eu
if [ $# -ne 1 ]; then
	sed -n '5,10s/^# //p' "$0" >&2
	exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
BUILD=${BUILD:-$here/../../build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$1"

# What lies beside the plan, and is not in DATA, is read from there.
for text in "$here"/entities-text/*.txt; do
	"$here/entities-rows.py" "$text" "$tmp/$(basename "$text" .txt)"
done
sed -e "s,entities-names.tsv,$here/&," -e "s,written/,$tmp/,g" \
	-e "/^set train\/${WITHOUT:-none}\//d" "$here/entities.plan" \
	>"$tmp/plan"
if [ "${WITHOUT:-}" != gmb ]; then
	sed '/^set train\/gmb\//d' "$tmp/plan" >"$tmp/first.plan"
	"$BUILD/bin/entities" --train="$tmp/first.plan" >"$tmp/first"
	"$BUILD/bin/entities" --model="$tmp/first" -S train/gmb/records.tsv \
		>"$tmp/said"
	"$here/entities-clean.py" gazetteer train/gmb/gold.tsv >"$tmp/clean"
	"$here/entities-relabel.py" gazetteer "$here/entities-names.tsv" \
		"$tmp/clean" "$tmp/said" >"$tmp/gmb"
	sed -i "s,train/gmb/gold.tsv,$tmp/gmb," "$tmp/plan"
fi
"$BUILD/bin/entities" --train="$tmp/plan"
