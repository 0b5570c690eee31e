#!/bin/bash
# SPDX-License-Identifier: ISC
# Do other programs read rows as newsieve(5) says?  Each is given rows whose
# fields are as awkward as fields can be, in the way that manual tells, and
# must give them back unchanged.  A reader that is not installed is passed
# over, and that is said.  Prints `ok` and `not ok` lines.
# shellcheck disable=SC2016,SC2317 # checks are given by name, or as text
set -u
cd "$(dirname "$0")/.." || exit 2
root=$PWD
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$root/$BUILD ;; esac
PATH=$BUILD/bin:$PATH:$BUILD/check/duckdb/bin
export LC_ALL=C
tab=$(printf '\t')
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
cd "$tmp" || exit 2
status=0

# What a field may hold, a line each; docsplit makes rows of it.
cat >fields <<'END'
"quoted from end to end"
"begins with a quotation mark
ends with one"
one " in the middle, and "" two
'single' and `back`
=1+1
+1
-1
@SUM(A1)
# no comment
,comma;semicolon|bar
 blanks at both ends 
a tab	inside
a backslash \ and \t that is no tab, \\ two
0012 and 1e5
NULL
NA
\N
true
<b>&amp;</b>
“curly” – Ärger 東京 😀
$HOME %s {} [] *
END
printf 'a CR\rinside\n' >>fields
docsplit fields >rows.tsv
sort rows.tsv >sorted.tsv

# gives NAME PROGRAM COMMAND: the command prints rows.tsv as it is.
gives() {
	if ! command -v "$2" >/dev/null; then
		echo "# passed over: no $2"
		return
	fi
	sh -c "$3" >out 2>err
	if [ ! -s err ] && cmp -s out "${4:-rows.tsv}"; then
		echo "ok - reader: $1"
	else
		diff "${4:-rows.tsv}" out | head -6 | sed 's/^/# /'
		head -5 err | sed 's/^/# /'
		echo "not ok - reader: $1"
		status=1
	fi
}

for awk in gawk mawk original-awk; do
	gives "$awk" $awk "$awk"' -F "\t" "BEGIN { OFS = FS } { \$1 = \$1; print }" rows.tsv'
done
gives 'busybox awk' busybox \
	'busybox awk -F "\t" "BEGIN { OFS = FS } { \$1 = \$1; print }" rows.tsv'
gives cut cut 'cut -f 1-3 rows.tsv'
export tab root
echo '{ print plain($3) }' >print.awk
gives sort sort 'sort -R rows.tsv | sort -t "$tab" -k 2,2n'
gives join join 'cut -f 1,2 rows.tsv | uniq >keys
	awk -F "\t" "{ print \$1 \":\" \$2 FS \$3 }" rows.tsv | sort >keyed
	awk -F "\t" "{ print \$1 \":\" \$2 FS \$1 FS \$2 }" rows.tsv | sort |
		join -t "$tab" -o 1.2,1.3,2.2 - keyed | sort -t "$tab" -k 2,2n'

# Miller undoes the escapes and writes them again.
gives Miller mlr 'mlr --tsv --implicit-tsv-header --headerless-tsv-output cat rows.tsv'
gives 'Miller, the text that is meant' mlr \
	'mlr -S --itsv --implicit-tsv-header --ojson cat rows.tsv |
	python3 -c "
import json, sys
sys.stdout.reconfigure(encoding=\"utf-8\", newline=\"\n\")
for row in json.load(sys.stdin): print(row[\"3\"])"' fields
for awk in gawk mawk original-awk; do
	gives "$awk, the text that is meant" $awk "$awk"' -F "\t" \
		-f "$root/tests/stories/unescape.awk" \
		-f print.awk rows.tsv' fields
done
gives datamash datamash 'datamash -t "$tab" groupby 1,2 unique 3 <rows.tsv'

# SQLite reads without quoting in the mode `ascii`; it is to say it writes so.
cat >load.sql <<'END'
CREATE TABLE rows (doc TEXT, block INTEGER, text TEXT);
.mode ascii
.separator "\t" "\n"
.import rows.tsv rows
SELECT * FROM rows;
END
gives SQLite sqlite3 'sqlite3 <load.sql'
cat >duck.sql <<'END'
CREATE TABLE rows (doc TEXT, block INTEGER, text TEXT);
COPY rows FROM 'rows.tsv' (FORMAT csv, AUTO_DETECT false, HEADER false,
    DELIMITER '\t', QUOTE '', ESCAPE '', NULLSTR '\N\N');
.mode list
.headers off
.separator "\t" "\n"
SELECT * FROM rows ORDER BY block;
END
gives DuckDB duckdb 'duckdb -bail <duck.sql'
gives csvkit csvcut 'csvcut -t -u 3 -H rows.tsv |
	python3 -c "
import csv, sys
rows = list(csv.reader(sys.stdin))[1:]
for row in rows: print(*row, sep=\"\t\")"'
gives 'Python, split' python3 'python3 -c "
import sys
sys.stdin.reconfigure(encoding=\"utf-8\", newline=\"\n\")
sys.stdout.reconfigure(encoding=\"utf-8\", newline=\"\n\")
for line in sys.stdin:
    print(*line.rstrip(\"\n\").split(\"\t\"), sep=\"\t\")" <rows.tsv'
gives 'Python, csv' python3 'python3 -c "
import csv, sys
with open(\"rows.tsv\", encoding=\"utf-8\", newline=\"\") as f:
    sys.stdout.reconfigure(encoding=\"utf-8\", newline=\"\n\")
    for row in csv.reader(f, delimiter=\"\t\", quoting=csv.QUOTE_NONE):
        print(*row, sep=\"\t\")"'
exit "$status"
