#!/bin/bash
# SPDX-License-Identifier: ISC
# Quality and speed of the tools beside other programs, on the same documents
# and by the same scorers.
#
# usage: tests/eval/peers.sh SCORERS DATA
#   SCORERS  folder of score-declutter, score-dedupe, score-entities
#   DATA     folder of declutter/sh, declutter/peers/PROGRAM.json,
#            dedupe/{records,gold}.tsv, dedupe/natural/{records,gold}.tsv,
#            entities/dev/{pud,ewt,gum,gmb}/{records,gold}.tsv
# What DATA lacks is left out.  BUILD is the build folder.  Others that are not
# installed (`tests/setup.sh bench`) are passed over, and that is said.
# One table in Markdown goes to standard output.  CPU seconds are those of the
# run that was scored, start included; MB/s are of its input, which is rows.
# Figures: F1 of 4-word shingles kept (declutter), adjusted Rand index of
# clusters (dedupe), F1 of PER, ORG and LOC of the same span, and of those that
# overlap (entities).  The model of declutter has learnt from the pages of sh:
# with KEPT, a file that `tests/eval/declutter-train.sh -k` writes, what it kept
# of sites that it had not seen is scored, too.
set -eu
kept=${KEPT:+$(realpath "$KEPT")}
# shellcheck source=tests/eval/score.sh
. "$(dirname "$0")/score.sh"
export LC_ALL=C
peers=$PWD/tests/bench/peers.py
compromise=$PWD/tests/eval/compromise.js
python=$BUILD/bench/peers/bin/python
export NODE_PATH=$BUILD/bench/node/node_modules

row() {
	printf '| %-9s | %-24s | %-18s | %-20s | %7s | %5s |\n' "$@"
}

# run INPUT COMMAND...: its output goes to $tmp/out; `speed` is CPU seconds and
# MB/s.
TIMEFORMAT='%U %S'
run() {
	bytes=$(wc -c <"$1")
	shift
	{ time "$@" >"$tmp/out" 2>"$tmp/err"; } 2>"$tmp/took" || {
		echo "peers.sh: $1: $(tail -n 1 "$tmp/err")" >&2
		exit 1
	}
	read -r -a speed < <(awk -v bytes="$bytes" '{
		cpu = $1 + $2
		mbs = bytes / 1e6 / (cpu > 0 ? cpu : 0.001)
		digits = mbs < 0.1 ? 3 : mbs < 1 ? 2 : mbs < 10
		printf "%.3f %.*f\n", cpu, digits, mbs }' "$tmp/took")
}

# has PROGRAM COMMAND...: whether a command that asks for it succeeds.
has() {
	program=$1
	shift
	if ! "$@" >"$tmp/err" 2>&1; then
		echo "# passed over: no $program" >>"$tmp/notes"
		return 1
	fi
}

has_module() {
	has "$1" "$python" -c "import $2"
}

documents() {
	cut -f 1 "$1" | uniq | wc -l
}

# row_declutter PROGRAM OPTION...: a row of what is given to the scorer, on
# pages of $styles, with `speed`.
row_declutter() {
	program=$1
	shift
	f1=$(declutter_table "$@" --styles "$styles" "$set" |
		sed -n 's/^shingles-F1 //p')
	row declutter "$program" "$name" "F1 $f1" "${speed[@]}"
}

# compare_declutter PROGRAM COMMAND...: on $tmp/records.
compare_declutter() {
	program=$1
	shift
	run "$tmp/records" "$@" "$tmp/records"
	row_declutter "$program" --cmd "cat $tmp/out"
}

peers_declutter() {
	set=$data/declutter/sh
	[ -f "$set/index.tsv" ] || return 0
	for form in '' wet; do
		styles=${form:-w3m,lynx,wet,w80}
		# A command that keeps all is given what each of them gets.
		declutter_table --cmd "tee $tmp/records" --styles "$styles" \
			"$set" >/dev/null
		name="$(documents "$tmp/records") (sh${form:+, $form})"
		compare_declutter declutter declutter
		if [ -n "$kept" ]; then
			speed=(- -)
			row_declutter 'declutter, sites unseen' \
				--cmd "cat >/dev/null; cat $kept"
		fi
		! has_module jusText justext ||
			compare_declutter jusText "$python" "$peers" \
				--rows justext
		! has_module trafilatura trafilatura ||
			compare_declutter trafilatura "$python" "$peers" \
				--rows trafilatura
	done
	echo '# declutter has learnt from these pages, see KEPT' >>"$tmp/notes"
	for json in "$data/declutter/peers"/*.json; do
		[ -f "$json" ] || continue
		speed=(- -)
		row_declutter "$(basename "$json" .json), HTML" --json "$json"
	done
}

# compare_dedupe PROGRAM COMMAND...: on $set.
compare_dedupe() {
	program=$1
	shift
	run "$set/records.tsv" "$@"
	ari=$("$score/score-dedupe" --ignore "$(dedupe_ignore "$set")" \
		"$set/gold.tsv" "$tmp/out" | awk '$1 == "ARI" { print $2 }')
	row dedupe "$program" "$name" "ARI $ari" "${speed[@]}"
}

peers_dedupe() {
	for set in "$data/dedupe" "$data/dedupe/natural"; do
		[ -f "$set/records.tsv" ] || continue
		name="$(documents "$set/records.tsv") ($(basename "$set"))"
		compare_dedupe dedupe dedupe -r "$set/records.tsv"
		compare_dedupe 'dedupe --two-pass' dedupe --two-pass -r \
			"$set/records.tsv"
		has_module datasketch datasketch || continue
		# The threshold that make bench has, and the best of some on
		# these documents.
		for threshold in 0.56 0.25; do
			compare_dedupe "datasketch, $threshold" "$python" \
				"$peers" --rows datasketch "$set/records.tsv" \
				$threshold
		done
	done
}

# compare_entities PROGRAM COMMAND...: on $set.
compare_entities() {
	program=$1
	shift
	run "$set/records.tsv" "$@" "$set/records.tsv"
	read -r _ _ f1 _ overlap _ < <("$score/score-entities" --tsv \
		--types PER,ORG,LOC "$set/gold.tsv" "$tmp/out")
	row entities "$program" "$name" "F1 $f1, $overlap" "${speed[@]}"
}

peers_entities() {
	for set in pud ewt gum gmb; do
		set=$data/entities/dev/$set
		[ -f "$set/gold.tsv" ] || continue
		name="$(documents "$set/records.tsv") ($(basename "$set"))"
		compare_entities entities entities
		! has compromise node -e 'require("compromise")' ||
			compare_entities compromise node "$compromise"
		! has_module 'spaCy with en_core_web_sm' en_core_web_sm ||
			compare_entities spaCy "$python" "$peers" \
				--rows spacy
	done
}

: >"$tmp/notes"
row tool program documents figure 'CPU s' MB/s
row --- --- --- --- ---: ---:
peers_declutter
peers_dedupe
peers_entities
sort -u "$tmp/notes"
