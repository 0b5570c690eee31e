#!/bin/bash
# SPDX-License-Identifier: ISC
# Every tool gives up what it does not need before it reads: what the system
# says of it while it runs, a file that it was not told of, what that costs.
# tests/unit/sandbox.c tries what is refused.  Prints `ok` or `not ok` lines.
set -u
cd "$(dirname "$0")/.." || exit 2
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
PATH=$BUILD/bin:$PATH
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
cd "$tmp" || exit 2
status=0

# is WHAT WANTED GOT
is() {
	if [ "$2" = "$3" ]; then
		echo "ok - sandbox: $1"
	else
		printf '# wanted %s, got %s\n' "$2" "$3"
		echo "not ok - sandbox: $1"
		status=1
	fi
}

# What the system says of a process, once it waits for input.
said_of() {
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		sleep 0.05
		grep -q '^State:.*S' "/proc/$1/status" && break
	done
	awk '/^NoNewPrivs:|^Seccomp:/ { printf "%s ", $2 }' "/proc/$1/status"
}

# state_of [ASSIGNMENT] TOOL OPTION ...: while it waits for standard input.
state_of() {
	env "$@" <pipe >/dev/null 2>&1 &
	exec 5>pipe
	said_of $!
	exec 5>&-
	wait $!
}

mkfifo pipe
printf 'd\t1\t"Yes," said Anna Berg of Oslo.\n' >rows
printf 'nothing to be read\n' >secret
case $(docsplit --version | tail -1) in
*seccomp) calls=2 ;;
*) calls=0 ;;
esac
case $(docsplit --version | tail -1) in
*Landlock*) files=1 ;;
*) files=0 ;;
esac
echo "# $(docsplit --version | tail -1)"

while read -r line; do
	# shellcheck disable=SC2086 # several words are meant
	is "$line: gives up rights" "1 $calls " "$(state_of $line)"
	rm -f index index.lock state state.lock
done <<'LIST'
docsplit
docsplit -m table
declutter
declutter --state state
dedupe
dedupe --index index
entities
quotes
quotes -E rows
LIST

for t in docsplit declutter dedupe entities quotes; do
	is "$t: keeps them if told so" '0 0 ' \
		"$(state_of NEWSIEVE_SANDBOX=0 "$t")"
	is "$t: --version says it" "sandbox: off (NEWSIEVE_SANDBOX=0)" \
		"$(NEWSIEVE_SANDBOX=0 "$t" --version | tail -1)"

	# Another file in the place of one that was named.
	[ $files = 1 ] || continue
	cp rows later
	"$t" pipe later >out 2>err &
	exec 5>pipe
	ln -sf secret later
	exec 5>&-
	wait $!
	is "$t: a file it was not told of" '2 Permission denied' \
		"$? $(sed -n "s/^$t: later.*: //p" err)"
	rm -f later
done

# CPU seconds of two hundred runs on nothing; most of it is the system's.
spent() {
	local TIMEFORMAT='%U %S'
	{ time for _ in {1..200}; do
		"$@" </dev/null >/dev/null
	done; } 2>&1 | awk '{ print $1 + $2 }'
}
without=$(spent env NEWSIEVE_SANDBOX=0 entities)
with=$(spent env NEWSIEVE_SANDBOX=1 entities)
echo "# 200 runs: $with s of CPU with it, $without s without"
is 'costs less than a millisecond' yes \
	"$(awk -v a="$with" -v b="$without" \
		'BEGIN { print a - b < 0.2 ? "yes" : "no" }')"
exit $status
