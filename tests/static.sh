#!/bin/bash
# SPDX-License-Identifier: ISC
# What `make static` made: each tool is one file that runs in an empty root,
# holds itself to the same, and writes the same bytes as the shared one, on all
# cases and on the sample pages.
# shellcheck disable=SC2317 # checks are called by name
set -u
cd "$(dirname "$0")/.." || exit 2
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
static=$BUILD/static/bin
tools='docsplit declutter dedupe entities quotes'
export LC_ALL=C
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
status=0
root='chroot'
[ "$(id -u)" -eq 0 ] || root='unshare --map-root-user chroot'

about=static
# shellcheck source=tests/check.sh
. tests/check.sh

# No program to load others with, none of which to load.
one_file() {
	! readelf -lW "$static/$1" | grep -E 'INTERP|DYNAMIC'
}

# In a root that has nothing but the tool and a page.
empty_root() {
	rm -rf "$tmp/root" && mkdir "$tmp/root" &&
		cp "$static/$1" tests/pages/courier-1.txt "$tmp/root/" &&
		$root "$tmp/root" "/$1" courier-1.txt >"$tmp/alone" &&
		"$BUILD/bin/$1" tests/pages/courier-1.txt |
		sed 's,^tests/pages/,,' | cmp - "$tmp/alone" &&
		[ -s "$tmp/alone" ] &&
		diff <("$BUILD/bin/$1" --version) \
			<($root "$tmp/root" "/$1" --version)
}

# Messages are left out: some are the library's.
one_case() {
	in=/dev/null code=0
	[ ! -f "$1/in" ] || in=$PWD/$1/in
	[ ! -f "$1/code" ] || code=$(cat "$1/code")
	(
		cd "$1" || exit 99
		PATH=$static:$PATH timeout -k 5 20 sh ./cmd <"$in" \
			>"$tmp/out" 2>/dev/null
	)
	[ $? -eq "$code" ] && cmp "$tmp/out" "$1/out"
}

cases() {
	for dir in tests/cases/"$1"/*/; do
		one_case "$dir" || return 1
	done
}

pages() {
	PATH=$1:$PATH
	docsplit -m "$tmp/table" tests/pages/*.txt tests/pages/*.wet >"$tmp/all"
	declutter <"$tmp/all" | dedupe >"$tmp/rows"
	cat "$tmp/table" "$tmp/all" "$tmp/rows"
	entities --meta="$tmp/table" <"$tmp/rows"
	quotes -j 2 <"$tmp/rows"
	quotes --speech <"$tmp/rows"
}

same_pages() {
	(pages "$BUILD/bin") >"$tmp/shared" &&
		(pages "$static") >"$tmp/static" &&
		[ "$(wc -l <"$tmp/shared")" -gt 500 ] &&
		cmp "$tmp/shared" "$tmp/static"
}

for tool in $tools; do
	check "$tool is one file" one_file "$tool"
	check "$tool in an empty root" empty_root "$tool"
	check "cases of $tool" cases "$tool"
done
check 'the sample pages, through all five' same_pages
exit $status
