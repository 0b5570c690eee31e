#!/bin/bash
# SPDX-License-Identifier: ISC
# Learn the built-in model of names from marked texts.
#
# usage: tests/eval/entities-train.sh DATA > MODEL
#   DATA    folder of train/SET/{records,gold}.tsv, gazetteer/{gaz,extra}.tsv
#           and clusters/classes512.tsv
# The plan is tests/eval/entities.plan; WITHOUT names a set to leave out, as
# WITHOUT=gmb.  About a minute and a gigabyte.  BUILD is the build folder.
set -eu
if [ $# -ne 1 ]; then
	sed -n '5,9s/^# //p' "$0" >&2
	exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
BUILD=${BUILD:-$here/../../build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$1"
"$here/entities-clean.py" gazetteer train/gmb/gold.tsv >"$tmp/gmb"
sed -e "s,train/gmb/gold.tsv,$tmp/gmb," \
	-e "/^set train\/${WITHOUT:-none}\//d" "$here/entities.plan" \
	>"$tmp/plan"
"$BUILD/bin/entities" --train="$tmp/plan"
