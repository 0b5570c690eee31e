#!/bin/bash
# SPDX-License-Identifier: ISC
# The Makefile under GNU make and bmake: an object follows what it was compiled
# from, whichever way the build folder is written, and both find what the other
# built, and install the same.
# shellcheck disable=SC2317 # checks are called by name
set -u
cd "$(dirname "$0")/.." || exit 2
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
# Options of the make that runs the tests are not for the one under test.
unset MAKEFLAGS MAKELEVEL MFLAGS
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
status=0

# shellcheck source=tests/check.sh
. tests/check.sh

# In a copy: is the object made anew with the build folder written as $2?
object=common/edge.o
compiles() {
	(cd "$tmp/copy" && "$make" -n BUILD="$1" "$1/$object") |
		grep -e '-c -o'
}

compile() {
	(cd "$tmp/copy" && "$make" BUILD="$1" "$1/$object") && ! compiles "$1"
}

# As if the source $1 alone were younger than the object: bmake counts seconds.
edit() {
	find "$tmp/copy/common" -exec touch -d '2 hours ago' {} +
	touch -d '1 hour ago' "$tmp/copy/build/$object"
	touch "$tmp/copy/$1"
}

follows() {
	here=$tmp/copy/build
	rm -rf "$here"
	compile build && ! compiles "$here" || return 1
	edit common/edge.h
	compiles build && compiles "$here" && compile "$here" || return 1
	edit common/edge.c
	compiles build && compiles "$here" && compile build || return 1
	edit common/mem.c
	! compiles build && ! compiles "$here"
}

nothing_to_do() {
	! "$make" -n BUILD="$BUILD" all units | grep -e ' -o '
}

installs() {
	"$make" -s install BUILD="$BUILD" DESTDIR="$tmp/$make" PREFIX=/usr &&
		diff -r "$tmp/make" "$tmp/$make"
}

uninstalls() {
	cp -R "$tmp/$make" "$tmp/gone"
	"$make" -s uninstall DESTDIR="$tmp/gone" PREFIX=/usr
	[ -z "$(find "$tmp/gone" -type f)" ] || return 1
	rm -rf "$tmp/gone"
}

mkdir -p "$tmp/copy/tests"
cp -R Makefile cmd common "$tmp/copy/"
cp -R tests/unit "$tmp/copy/tests/"
for make in make bmake; do
	about=$make
	check 'objects follow their sources' follows
	check 'nothing is made twice' nothing_to_do
	check 'the same is installed' installs
	check 'uninstall leaves nothing' uninstalls
done
exit $status
