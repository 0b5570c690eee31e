#!/bin/sh
# SPDX-License-Identifier: ISC
# Rows in a database: pages, names and quotations become the tables documents,
# entities and quotes of SQLite or DuckDB, and sql-questions.sql asks three
# questions of them.  The answers are the same in both.
#
# usage: sql.sh sqlite|duckdb DATABASE FILE...
set -eu
export LC_ALL=C
[ $# -ge 3 ] || {
	sed -n 's/^# usage/usage/p' "$0" >&2
	exit 2
}
engine=$1 database=$2
shift 2
here=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
rm -f "$database"

# Status 1 says that damaged input was skipped.
use() {
	"$@" || [ $? -eq 1 ]
}

use docsplit -m "$tmp/documents" "$@" >"$tmp/rows"
use declutter "$tmp/rows" >"$tmp/kept"
use entities "$tmp/kept" >"$tmp/entities"
use quotes "$tmp/kept" >"$tmp/quotes"

# `table column...`; the columns of INTEGERS are numbers, all else is text.
tables='documents doc id url date title type lang source blocks bytes
entities doc block start end type text canonical
quotes doc block start end kind speaker cue quote resolved group'
integers=' block start end group blocks bytes '

# Columns as SQL declares them, with names in quotes: some are words of SQL.
declared() {
	for column; do
		case $integers in
		*" $column "*) echo "\"$column\" INTEGER" ;;
		*) echo "\"$column\" TEXT" ;;
		esac
	done | paste -s -d , -
}

# Undo the escapes of the text columns, by a character that no row holds.
unescaped() {
	for column; do
		case $integers in
		*" $column "*) continue ;;
		esac
		cat <<SQL
"$column" = replace(replace(replace(replace(replace("$column",
    '\\\\', $chr(1)), '\\t', $chr(9)), '\\n', $chr(10)), '\\r', $chr(13)),
    $chr(1), '\\'),
SQL
	done | sed '$ s/,$/;/'
}

# No reader may take a field that begins with a quotation mark for quoted:
# SQLite reads so in the mode `ascii` alone, DuckDB if told that there is no
# quote and no escape.
load_sqlite() {
	cat <<SQL
.mode ascii
.separator "\\t" "\\n"
.import '$tmp/$1' $1
SQL
}

load_duckdb() {
	cat <<SQL
COPY $1 FROM '$tmp/$1' (FORMAT csv, AUTO_DETECT false, HEADER false,
    DELIMITER '\\t', QUOTE '', ESCAPE '', NULLSTR '\\N');
SQL
}

chr=char
[ "$engine" = sqlite ] || chr=chr
echo "$tables" | while read -r table columns; do
	# shellcheck disable=SC2086 # the columns are several words
	echo "CREATE TABLE $table ($(declared $columns));"
	"load_$engine" "$table"
	echo "UPDATE $table SET"
	# shellcheck disable=SC2086
	unescaped $columns
done >"$tmp/load"
case $engine in
sqlite)
	sqlite3 -bail "$database" <"$tmp/load"
	sqlite3 -bail -list -separator "$(printf '\t')" "$database" \
		<"$here/sql-questions.sql"
	;;
duckdb)
	duckdb -bail "$database" <"$tmp/load"
	duckdb -bail -noheader -list -separator "$(printf '\t')" "$database" \
		<"$here/sql-questions.sql"
	;;
esac
