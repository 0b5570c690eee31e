#!/bin/bash
# SPDX-License-Identifier: ISC
# The tools when the world is unkind: full disks, closed descriptors, readers
# that leave, huge and slow input.  Prints `ok` or `not ok` lines.
set -u
cd "$(dirname "$0")/.." || exit 2
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
PATH=$BUILD/bin:$PATH
tools=${TOOLS:-docsplit declutter dedupe entities quotes}
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
cd "$tmp" || exit 2
status=0

# is WHAT WANTED GOT
is() {
	if [ "$2" = "$3" ]; then
		echo "ok - robust: $1"
	else
		printf '# wanted %s, got %s\n' "$2" "$3"
		head -3 err 2>/dev/null | sed 's/^/# /'
		echo "not ok - robust: $1"
		status=1
	fi
}

# Whether standard error has one line at least that names the tool.
names() {
	if grep -q "$1" err; then echo told; else echo silent; fi
}

# What each tool answers with some rows: a name, a quotation.
awk 'BEGIN { for (i = 1; i <= 20000; i++)
	printf "d%d\t%d\t\"We know %d,\" said Margaret Ellison of Geneva.\n",
	    i / 10, i, i }' >much.rows.tsv
cut -f 3 much.rows.tsv >much.page.txt
head -400 much.rows.tsv >rows.tsv
head -400 much.page.txt >page.txt

input_of() {
	if [ "$1" = docsplit ]; then echo page.txt; else echo rows.tsv; fi
}

for t in $tools; do
	in=$(input_of "$t")

	"$t" "$in" >/dev/full 2>err
	is "$t: a full disk gives status 2" '2 told' "$? $(names "$t")"
	"$t" -u "$in" >/dev/full 2>err
	is "$t: a full disk, unbuffered" '2 told' "$? $(names "$t")"
	for jobs in 1 2; do
		awk 'BEGIN { for (i = 1;; i++)
			printf "d%d\t1\t\"We know,\" said Margaret.\n", i }' \
			2>/dev/null | timeout 60 "$t" -j $jobs >/dev/full 2>err
		is "$t: a full disk ends input without end, -j $jobs" \
			'2 told' "${PIPESTATUS[1]} $(names "$t")"
	done
	if [ "$t" = docsplit ]; then
		for jobs in 1 2; do
			yes '{"id":1,"text":"Rain."}' 2>/dev/null | timeout 60 \
				docsplit -j $jobs -m /dev/full >/dev/null 2>err
			is "docsplit: so does the table's disk, -j $jobs" \
				'2 told' "${PIPESTATUS[1]} $(names "$t")"
		done
	fi
	"$t" --help >/dev/full 2>err
	is "$t: --help on a full disk" '2 told' "$? $(names "$t")"

	"$t" -u "much.$in" 2>err | head -1 >/dev/null
	is "$t: a reader that leaves ends it quietly" '141 silent' \
		"${PIPESTATUS[0]} $(names .)"

	"$t" <&- >out 2>err
	is "$t: closed input" '2 told' "$? $(names "$t")"
	"$t" "$in" >&- 2>err
	is "$t: closed output" '2 told' "$? $(names "$t")"
	"$t" "$in" >out 2>&-
	is "$t: closed messages" 0 $?
	"$t" </dev/null >out 2>err
	is "$t: empty input" '0 0 silent' "$? $(wc -c <out) $(names .)"

	"$t" nowhere >out 2>err
	is "$t: a missing file" '2 told' \
		"$? $(names "^$t: nowhere.*: No such file")"
	"$t" "$in" nowhere >out 2>err
	is "$t: a second file is missing" '2 told' "$? $(names nowhere)"
	"$t" . >out 2>err
	is "$t: a directory" '2 told' "$? $(names 'Is a directory')"

	(ulimit -f 1 && exec "$t" "much.$in") >out 2>err
	is "$t: the file size limit is an error, no signal" '2 told' \
		"$? $(names "$t")"
	rm -f out

	# Rows of a finished document are out while input pauses.
	for u in '' -u; do
		mkfifo pipe
		(
			cat "$in"
			printf 'z\t1\tLast.\n'
			i=0
			while [ ! -e seen ] && [ $i -lt 40 ]; do
				sleep 0.1
				i=$((i + 1))
			done
		) >pipe &
		# shellcheck disable=SC2086 # no option is no word
		"$t" $u <pipe >out 2>err &
		i=0
		while [ ! -s out ] && [ $i -lt 20 ]; do
			sleep 0.1
			i=$((i + 1))
		done
		# Of plain text a document ends with its file.
		is "$t: output while input pauses ($u)" yes \
			"$([ -s out ] && echo yes)"
		: >seen
		wait
		rm -f pipe out seen
	done

	# A byte at a time, no faster than the tool reads.
	head -3 "$in" >few
	"$t" <few >whole
	slowly=$(python3 - "$t" few <<'PY'
import socket, subprocess, sys
ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
p = subprocess.Popen([sys.argv[1]], stdin=theirs, stdout=subprocess.PIPE)
theirs.close()
for byte in open(sys.argv[2], "rb").read():
    ours.send(bytes([byte]))
ours.close()
sys.stdout.write(p.communicate()[0].decode())
PY
	)
	is "$t: input a byte at a time" "$(cat whole)" "$slowly"
done

# Status, peak memory in KiB and seconds of a tool with one operand.
measure() {
	/usr/bin/time -q -o measured -f '%x %M %e' "$@" >/dev/null 2>err
	cat measured
}

# most WHAT LIMIT VALUE
most() {
	if awk -v a="$3" -v b="$2" 'BEGIN { exit !(a != "" && a <= b) }'; then
		echo "ok - robust: $1"
	else
		echo "# $3, more than $2"
		echo "not ok - robust: $1"
		status=1
	fi
}

# One line of 64 MiB; a longer one is cut, and said so.
head -c 67108864 /dev/zero | tr '\0' a >line
for t in $tools; do
	read -r code kib seconds < <(measure "$t" line)
	is "$t: a line of 64 MiB" 0 "$code"
	most "$t: a line of 64 MiB in 15 s" 15 "$seconds"
	most "$t: a line of 64 MiB in 512 MiB" 524288 "$kib"
done
(cat line && echo tail && echo next) >long
for t in $tools; do
	"$t" long >out 2>err
	is "$t: a longer line is cut and told" '1 told' "$? $(names long:1)"
done
rm -f line long out

# A million rows of many documents, and of one: memory stays bounded.
awk 'BEGIN { for (i = 1; i <= 1000000; i++)
	printf "d%d\t%d\tIn line %d Anna Berg of Oslo said it was so.\n",
	    i / 50, i, i }' >many
sed 's/^d[0-9]*/one/' many >one
cut -f 3 many >plain
for t in $tools; do
	for f in many one; do
		in=$f
		[ "$t" = docsplit ] && in=plain
		read -r code kib seconds < <(measure "$t" $in)
		is "$t: a million rows ($f)" 0 "$code"
		most "$t: a million rows ($f) in 60 s" 60 "$seconds"
		limit=65536
		[ $f = one ] && limit=524288
		[ "$t" = docsplit ] && limit=8192
		[ "$t" = dedupe ] && limit=131072
		most "$t: a million rows ($f) in $limit KiB" $limit "$kib"
	done
done
rm -f many one plain

# Start-up: microseconds of CPU that a run on nothing takes, fork included; of
# several rounds the least, as others use the machine as well.
start_of() {
	local TIMEFORMAT='%U %S'

	for _ in {1..10}; do
		time for _ in {1..20}; do "$1" </dev/null >/dev/null; done
	done 2>&1 | awk '{ t = ($1 + $2) * 5e4; if (!least || t < least) least = t }
		END { printf "%d\n", least }'
}
nothing=$(start_of /bin/true)
for t in $tools; do
	most "$t: starts and ends in 5 ms more than true(1) takes" \
		$((nothing + 5000)) "$(start_of "$t")"
done
exit $status
