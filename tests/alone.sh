#!/bin/bash
# SPDX-License-Identifier: ISC
# Rows of a document hang on that document alone: on a corpus of made-up
# pages, in each spelling of apostrophes and quotation marks, the tools write
# the same for the documents in another order, and for any number of threads.
# So does docsplit, of whole files and of damaged ones, and counts the same.
set -u
cd "$(dirname "$0")/.." || exit 2
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
PATH=$BUILD/bin:$PATH
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
export LC_ALL=C

check() {
	if cmp -s "$2" "$3" && [ -s "$2" ]; then
		echo "ok - $1"
	else
		echo "not ok - $1"
		diff "$2" "$3" | head -5 | sed 's/^/#   /'
	fi
}

# Each document a line, keys that sort as they come.
python3 tests/bench/corpus.py --size 1 >"$tmp/curly"
sed -e "s/’/'/g" -e 's/[“”]/"/g' "$tmp/curly" >"$tmp/straight"
docsplit -f ff --fold "$tmp/curly" "$tmp/straight" tests/pages/*.txt \
	2>"$tmp/err" |
	sort -u >"$tmp/folded"
docsplit --unfold <"$tmp/folded" >"$tmp/rows"
sort -r "$tmp/folded" | docsplit --unfold >"$tmp/reversed"

for tool in declutter entities quotes; do
	"$tool" "$tmp/rows" >"$tmp/out"
	# Stable: the rows of a document stay as they were.
	sort -s -t "$(printf '\t')" -k 1,1 "$tmp/out" >"$tmp/want"
	"$tool" "$tmp/reversed" |
		sort -s -t "$(printf '\t')" -k 1,1 >"$tmp/got"
	check "$tool: documents in another order" "$tmp/want" "$tmp/got"
	for jobs in 2 5; do
		"$tool" -j "$jobs" "$tmp/rows" >"$tmp/got"
		check "$tool: $jobs threads" "$tmp/out" "$tmp/got"
	done
	"$tool" --max-doc=4K "$tmp/rows" >"$tmp/out" 2>"$tmp/err"
	"$tool" --max-doc=4K -j 3 "$tmp/rows" >"$tmp/got" 2>"$tmp/err-got"
	check "$tool: documents in parts, 3 threads" "$tmp/out" "$tmp/got"
	check "$tool: what is said of them" "$tmp/err" "$tmp/err-got"
done
declutter -o text "$tmp/rows" >"$tmp/out"
declutter -o text -j 3 "$tmp/rows" >"$tmp/got"
check 'declutter: text, 3 threads' "$tmp/out" "$tmp/got"
for how in '' -a -b '-b --near' '--clusters -t 0.3' --sketch '-o text'; do
	# shellcheck disable=SC2086 # options
	dedupe $how --max-doc=8K "$tmp/rows" >"$tmp/out" 2>"$tmp/err"
	for jobs in 2 5; do
		# shellcheck disable=SC2086
		dedupe $how --max-doc=8K -j "$jobs" "$tmp/rows" >"$tmp/got" \
			2>"$tmp/err"
		check "dedupe $how: $jobs threads" "$tmp/out" "$tmp/got"
	done
done
dedupe --two-pass -r "$tmp/rows" >"$tmp/out"
dedupe --two-pass -r -j 3 "$tmp/rows" >"$tmp/got"
check 'dedupe --two-pass -r: 3 threads' "$tmp/out" "$tmp/got"

# formats FILE...: each with a number of threads, with its table and counts.
formats() {
	for jobs in 1 2 5; do
		docsplit -j "$jobs" -f "$format" -m "$tmp/table-$jobs" \
			--stats "$@" >"$tmp/rows-$jobs" 2>"$tmp/said-$jobs"
		echo $? >>"$tmp/said-$jobs"
	done
	for jobs in 2 5; do
		for what in rows table said; do
			check "docsplit -f $format, $*, $jobs threads: $what" \
				"$tmp/$what-1" "$tmp/$what-$jobs"
		done
	done
}

cd "$tmp" || exit 2
for form in pages wet jsonl mbox conllu rows; do
	case $form in
	pages) format=ff ;;
	wet) format=warc ;;
	*) format=$form ;;
	esac
	python3 "$OLDPWD/tests/bench/corpus.py" --size 2 --form $form >whole
	# Lines that are nothing, a record that is too long, and a sequence.
	awk 'NR % 9001 == 900 { print "\377 no line of this" }
		NR == 40 { while (n++ < 500000) printf "ten bytes,"; print "" }
		NR == 70 { print "\036{\"text\": \"a\"}" }
		1' whole >damaged
	formats whole
	# Rows keep their keys.
	if [ $form = rows ]; then
		formats --fold whole damaged whole
		continue
	fi
	formats --id=seq --fold whole damaged whole
	formats --id=native --prefix=n/ damaged
	formats --id=hash damaged
done
