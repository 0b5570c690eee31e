#!/bin/bash
# SPDX-License-Identifier: ISC
# Score the tools against marked data.
#
# usage: tests/eval/eval.sh SCORERS DATA
#   SCORERS  folder of score-docsplit, score-declutter, score-dedupe,
#            score-entities, score-quotes, score-sentences
#   DATA     folder of docsplit/{plain,malformed}/X.txt with X.txt.rows.tsv,
#            sentences/SET/{records,gold}.tsv,
#            declutter/SET, dedupe/{records,gold}.tsv,
#            entities/dev/SET/{records,gold}.tsv,
#            quotes/SET/{records,gold,resolved}.tsv
# What DATA lacks is left out.  BUILD is the build folder.  One table goes to
# standard output: tool, set, figure, value.
set -eu
# shellcheck source=tests/eval/score.sh
. "$(dirname "$0")/score.sh"
tab=$(printf '\t')

row() {
	printf '%-10s %-14s %-22s %s\n' "$@"
}

eval_docsplit() {
	for set in plain malformed; do
		right=0 all=0
		for want in "$data/docsplit/$set"/*.txt.rows.tsv; do
			[ -f "$want" ] || continue
			in=${want%.rows.tsv}
			format=plain
			case $in in
			*formfeed.txt) format=ff ;;
			*nulsep.txt) format=nul ;;
			esac
			all=$((all + 1))
			docsplit -f $format "$in" 2>/dev/null |
				"$score/score-docsplit" -q rows "$want" - \
					>"$tmp/said" || true
			if grep -q "^exact${tab}1" "$tmp/said"; then
				right=$((right + 1))
			else
				echo "# docsplit: $(basename "$in") differs"
			fi
		done
		[ $all -eq 0 ] || row docsplit "$set" 'files exact' "$right/$all"
	done
}

# Every block is given as a document of its own, called by its number.
eval_sentences() {
	for set in "$data/sentences"/*/; do
		[ -f "$set/gold.tsv" ] || continue
		cut -f 3 "$set/records.tsv" |
			sed 's/\\\\/\x1/g; s/\\[tnr]/ /g; s/\x1/\\/g' |
			tr '\n' '\0' | docsplit -f nul --id=seq --sentences |
			awk -F '\t' -v OFS='\t' '
			NR == FNR { key[NR] = $1 OFS $2; next }
			{ print key[$1], $3 }
			' "$set/records.tsv" - >"$tmp/sentences"
		"$score/score-sentences" --rows "$set/gold.tsv" \
			"$tmp/sentences" |
			awk -F '\t' '$1 ~ /^(all|prose)$/ { print $1, $7 }' |
			while read -r kind f1; do
				row docsplit "$(basename "$set")" \
					"sentences, $kind, F1" "$f1"
			done
	done
}

# Keys of the pages become URLs of their hosts, for --learn.
with_hosts() {
	case $1 in
	*.tar.xz) tar -xOf "$1" --wildcards '*/index.tsv' ;;
	*) cat "$1/index.tsv" ;;
	esac | awk -F '\t' -v OFS='\t' '!/^#/ {
		n = split($5, part, "/")
		print $1, (n > 2 ? part[3] : "") }' >"$tmp/hosts"
	cat >"$tmp/learn" <<-'EOF'
		awk -F '\t' -v OFS='\t' '
		NR == FNR { host[$1] = $2; next }
		{ $1 = "http://" host[$1] "/" $1; print }' "$1" - |
			declutter --learn | sed 's,^http://[^/]*/,,'
	EOF
}

eval_declutter() {
	for set in "$data/declutter"/*/index.tsv "$data/declutter"/*.tar.xz; do
		[ -f "$set" ] || continue
		case $set in */index.tsv) set=$(dirname "$set") ;; esac
		name=$(basename "$set" .tar.xz)
		with_hosts "$set"
		declutter_table --cmd declutter "$set" | while read -r what f1; do
			row declutter "$name" "$what" "$f1"
		done
		declutter_table --cmd "sh $tmp/learn $tmp/hosts" "$set" |
			while read -r what f1; do
				row declutter "$name" "$what, --learn" "$f1"
			done
	done
}

# score_dedupe SET NAME OPTION...: a row for each figure of a report.
score_dedupe() {
	set=$1 name=$2
	shift 2
	"$score/score-dedupe" "$@" "$tmp/report" |
		grep -E '^(ARI|bcubed_F1|link_P|removed|kept)' |
		while read -r key value; do
			row dedupe "$(basename "$set")" "$name$key" "$value"
		done
}

eval_dedupe() {
	for set in "$data/dedupe" "$data/dedupe"/*/; do
		[ -f "$set/records.tsv" ] || continue
		ignore=$(dedupe_ignore "$set")
		dedupe -r "$set/records.tsv" >"$tmp/report" 2>/dev/null
		score_dedupe "$set" '' --ignore "$ignore" "$set/gold.tsv"
		dedupe --two-pass -r "$set/records.tsv" >"$tmp/report" \
			2>/dev/null
		score_dedupe "$set" 'two passes, ' --ignore "$ignore" \
			"$set/gold.tsv"
		[ -f "$set/gold-blocks.tsv" ] || continue
		dedupe -b -r "$set/records.tsv" >"$tmp/report" 2>/dev/null
		score_dedupe "$set" 'blocks, ' --block "$set/gold-blocks.tsv"
		dedupe -b --near -r "$set/records.tsv" >"$tmp/report" \
			2>/dev/null
		score_dedupe "$set" 'near blocks, ' --block \
			"$set/gold-blocks.tsv"
	done
}

eval_entities() {
	for set in "$data/entities/dev"/*/; do
		[ -f "$set/gold.tsv" ] || continue
		entities "$set/records.tsv" >"$tmp/names" 2>/dev/null
		"$score/score-entities" --tsv --types PER,ORG,LOC \
			"$set/gold.tsv" "$tmp/names" >"$tmp/said"
		read -r p r f1 _ <"$tmp/said"
		row entities "$(basename "$set")" 'P R F1' "$p $r $f1"
		# Canonical names are marked in some sets alone.
		awk -F '\t' '$7 != "-" && $7 != $6 { n++ } END { exit !n }' \
			"$set/gold.tsv" || continue
		"$score/score-entities" --types PER,ORG,LOC --canon \
			"$set/gold.tsv" "$tmp/names" >"$tmp/said"
		row entities "$(basename "$set")" 'canonical, B-cubed F1' \
			"$(sed -n 's/^canonical.*F1 *\([0-9.]*\).*/\1/p' \
				"$tmp/said")"
	done
}

# Some sets mark speech alone, so each is scored with beliefs and without.
eval_quotes() {
	for set in "$data/quotes"/*/; do
		[ -f "$set/gold.tsv" ] || continue
		for option in '' --speech; do
			# shellcheck disable=SC2086
			quotes $option "$set/records.tsv" >"$tmp/quotes" \
				2>/dev/null
			quotes_figures "$set" "${option:+, $option}"
		done
	done
}

# quotes_figures SET SUFFIX
quotes_figures() {
	"$score/score-quotes" "$1/gold.tsv" "$tmp/quotes" |
		awk -v OFS=';' '
		$1 ~ /^(direct|indirect|mixed|all)$/ {
			print $1 ", end to end F1", $NF }
		$1 == "all" { print "all, exact F1", $6 }
		/^# speaker:/ {
			print "named, lenient", $8
			print "named, strict", $6 }' |
		while IFS=';' read -r what value; do
			row quotes "$(basename "$1")" "$what$2" "$value"
		done
	[ -f "$1/resolved.tsv" ] || return 0
	"$score/score-quotes" --class speech --resolved "$1/resolved.tsv" \
		"$1/gold.tsv" "$tmp/quotes" |
		awk 'seen { print $1, $6 } /^resolved\t/ { seen = 1 }' |
		while read -r what value; do
			row quotes "$(basename "$1")" "resolved, $what$2" \
				"$value"
		done
}

row tool set figure value
eval_docsplit
eval_sentences
eval_declutter
eval_dedupe
eval_entities
eval_quotes
