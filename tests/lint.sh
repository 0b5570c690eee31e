#!/bin/bash
# SPDX-License-Identifier: ISC
# What other programs say of ours: compilers with warnings as errors,
# clang-format, clang-tidy, cppcheck, mandoc and shellcheck.
#
# usage: tests/lint.sh [check ...]
# Prints `ok - CHECK` or `not ok - CHECK`; exit status 1 if one failed.
# shellcheck disable=SC2317 # checks are called by name
set -u
cd "$(dirname "$0")/.." || exit 2
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
jobs=$(nproc)
status=0

make() {
	command "${MAKE:-make}" "$@"
}

mapfile -t sources < <(find cmd common -name '*.c' | sort)
mapfile -t ours < <(find cmd common tests/unit tests/fuzz tests/fault \
	-name '*.[ch]' | sort)
mapfile -t scripts < <(find tests man .ci .debian -name '*.sh' -o -path .ci/run | sort)
mapfile -t manuals < <(find man -name '*.[157]' | sort)
flags=(-std=c11 -I. -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE)

check() {
	"$@" >"$tmp/said" 2>&1 && [ ! -s "$tmp/said" ]
	good=$?
	if [ "$good" -eq 0 ]; then
		echo "ok - lint: $1"
	else
		head -60 "$tmp/said" | sed 's/^/# /'
		echo "not ok - lint: $1"
		status=1
	fi
}

# Both compilers see the whole project, in build folders of their own.  What
# gcc says of it depends on how it optimises, what clang says does not.
gcc_warnings() {
	make -s -j "$jobs" BUILD="$tmp/gcc" CC=gcc CFLAGS='-O2 -Werror' \
		all units
}

clang_warnings() {
	make -s -j "$jobs" BUILD="$tmp/clang" CC=clang HARDEN= \
		CFLAGS='-O0 -Werror' all units
}

# As on other machines and systems: without the vector code, which is tested,
# and what is of Linux, the tools with nothing that POSIX does not promise.
portable() {
	plain='-DUTF_PORTABLE -U__linux__'
	vectors=$(printf "$tmp/portable/unit/%s " jsonl run tok utf)
	make -s -j "$jobs" BUILD="$tmp/portable" CFLAGS='-O1 -Werror' \
		CPPFLAGS="$plain -U_DEFAULT_SOURCE -U_BSD_SOURCE" all || return
	# shellcheck disable=SC2086 # several words are meant
	make -s -j "$jobs" BUILD="$tmp/portable" CPPFLAGS="$plain" \
		CFLAGS='-O1 -Werror' $vectors || return
	for unit in $vectors; do
		COUNT=2000 "$unit" >"$tmp/unit" || grep '^not ok' "$tmp/unit"
	done
}

format() {
	clang-format --dry-run -Werror "${ours[@]}"
}

# One file at a time: the analyser takes va_start for nothing in all but the
# first.  Without a compilation database it grumbles on standard error.
tidy() {
	printf '%s\n' "${sources[@]}" | xargs -P "$jobs" -n 1 \
		clang-tidy --quiet "${flags[@]/#/--extra-arg=}" 2>"$tmp/tidy" |
		grep -E " (error|warning): "
	[ "${PIPESTATUS[1]}" -eq 0 ]
}

# It takes `i < 2`, which looks back, for a check of the array's end.
analyse() {
	cppcheck --suppress=arrayIndexThenCheck --quiet --error-exitcode=1 --inline-suppr --std=c11 \
		--enable=warning,portability,performance -j "$jobs" -I. \
		--suppress=missingIncludeSystem "${sources[@]}"
}

manual() {
	mandoc -Tlint -W warning "${manuals[@]}"
}

shell() {
	shellcheck "${scripts[@]}"
}

for c in "${@:-all}"; do
	case $c in
	all)
		for d in gcc_warnings clang_warnings portable format tidy \
			analyse manual shell; do
			check "$d"
		done
		;;
	*) check "$c" ;;
	esac
done
exit "$status"
