#!/bin/bash
# SPDX-License-Identifier: ISC
# Run the examples as they are printed: of the manuals, lines that begin with
# `$ ` in EXAMPLES; of README.md, the `sh` blocks and the commands of `cron`
# blocks, except the two set-up lines.  An example must end with status 0, say
# nothing on standard error but counts and repairs, and write something, be it to
# a file.  Prints `ok` or `not ok` for each.
set -u
cd "$(dirname "$0")/.." || exit 2
root=$PWD
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$root/$BUILD ;; esac
export BUILD PATH=$BUILD/bin:$PATH
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
status=0
said='^[a-z]+: ([a-z_]+=|.*: bad UTF-8 or control character replaced)'
# What writes to a file, or asks for what the sample has none of.
quiet=' >>? ?"?[a-z\$]|^make|^export|^comm |sqlite3| < 0'

# A folder as the examples expect it: two pages, and rows of some.
scratch() {
	rm -rf "$tmp/scratch"
	mkdir "$tmp/scratch"
	cp tests/pages/courier-1.txt "$tmp/scratch/page1.txt"
	cp tests/pages/northgate-2.txt "$tmp/scratch/page2.txt"
	(cd "$tmp/scratch" && docsplit page1.txt page2.txt >rows.tsv)
}

# Whether a pipe in the file $1 reads a document table that it writes itself.
races() {
	sed -e :a -e '/[|\\]$/{N;s/\n//;ba' -e '}' "$1" |
		grep -qE -- '-m ([^ ]+) .*\|.*--meta[= ]\1( |$)'
}

# Run the file $1 as a shell script in the folder $2; $3 is its name.
try() {
	if races "$1"; then
		sed 's/^/#   $ /' "$1"
		echo "not ok - example: $3: the table is read while it is written"
		status=1
		return
	fi
	(cd "$2" && timeout 60 sh -eu "$1") >"$tmp/out" 2>"$tmp/err" </dev/null
	code=$?
	if [ "$code" -eq 0 ] && ! grep -vE "$said" "$tmp/err" |
		grep -q . && { [ -s "$tmp/out" ] || grep -qE "$quiet" "$1"; }
	then
		echo "ok - example: $3"
	else
		sed 's/^/#   $ /' "$1"
		echo "#   status $code"
		head -5 "$tmp/err" | sed 's/^/#   /'
		echo "not ok - example: $3"
		status=1
	fi
}

# Commands of a manual, each ended by the byte 036.  A command goes on in the
# next line behind a backslash and inside quotes.
commands_of() {
	mandoc -Tascii -O width=1000 "$1" | sed 's/.\x08//g' | awk '
	function go_on() {
		copy = line
		more = sub(/\\$/, "", line) || gsub(/\047/, "", copy) % 2
		if (!more) printf "%s\036", line
	}
	/^[A-Z]/ { on = /^EXAMPLES/; next }
	on && more { sub(/^ */, ""); line = line "\n" $0; go_on(); next }
	on && /^ *\$ / { sub(/^ *\$ /, ""); line = $0; go_on() }'
}

for manual in man/*.[157]; do
	scratch
	n=0
	while IFS= read -r -d $'\036' line; do
		n=$((n + 1))
		printf '%s\n' "$line" >"$tmp/script"
		try "$tmp/script" "$tmp/scratch" "$(basename "$manual") $n"
	done < <(commands_of "$manual")
	[ "$n" -ge 4 ] || {
		echo "not ok - example: $manual has $n, four are wanted"
		status=1
	}
done

# The blocks of README.md, one after the other in a copy of the project.
mkdir -p "$tmp/copy"
cp -R README.md Makefile tests man "$tmp/copy/"
ln -s "$BUILD" "$tmp/copy/build"
awk -v dir="$tmp" '
	/^```(sh|cron)$/ { n++; kind = substr($0, 4)
		name = sprintf("%s/block%02d", dir, n); next }
	/^```$/ { kind = ""; next }
	kind == "sh" && /^tests\/setup\.sh / { next }
	kind == "sh" { print > name }
	kind == "cron" && NF {
		for (i = 0; i < 5; i++) sub(/^[^ ]+ +/, "")
		gsub(/\\%/, "%")
		print > name }' README.md
for block in "$tmp"/block*; do
	[ -f "$block" ] || continue
	try "$block" "$tmp/copy" "README $(basename "$block"): $(head -1 "$block")"
done
exit $status
