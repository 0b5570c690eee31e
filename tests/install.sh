#!/bin/bash
# SPDX-License-Identifier: ISC
# `make install` and `make uninstall`, with and without prefixes.
# shellcheck disable=SC2317 # checks are called by name
set -u
cd "$(dirname "$0")/.." || exit 2
BUILD=${BUILD:-build}
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
status=0

check() {
	if "${@:2}"; then
		echo "ok - install: $1"
	else
		sed 's/^/# /' "$tmp/said"
		echo "not ok - install: $1"
		status=1
	fi
}

# What is installed, one path a line.
installed() {
	(cd "$tmp/root" 2>/dev/null && find . -type f | sort)
}

expected() {
	for t in declutter dedupe docsplit entities quotes; do
		echo "./$1/bin/$2$t"
		echo "./$1/share/man/man1/$2$t.1"
		echo "./$1/share/bash-completion/completions/$2$t"
		echo "./$1/share/zsh/site-functions/_$2$t"
		echo "./$1/share/fish/vendor_completions.d/$2$t.fish"
	done
	echo "./$1/share/man/man5/newsieve.5"
	echo "./$1/share/man/man7/newsieve.7"
	(cd tests/stories && printf "./$1/share/doc/newsieve/examples/%s\n" \
		*.sh *.awk *.sql)
}

same_files() {
	diff <(expected "$@" | LC_ALL=C sort) <(installed | LC_ALL=C sort)
}

quiet_make() {
	"${MAKE:-make}" -s "$@" >"$tmp/said" 2>&1
}

run_installed() {
	[ "$(echo 'One line.' | "$1" -o text)" = 'One line.' ]
}

# What it says of itself goes by the name that it was given.
name_itself() {
	[ "$("$1" --help | sed -n '1s/ \[.*//p')" = "usage: ${1##*/}" ] &&
		"$1" --help | grep -q "the manual ${1##*/}(1)" &&
		"$1" -t 7 2>&1 </dev/null | grep -q "^${1##*/}: " &&
		"$1" --stats 2>&1 </dev/null | grep -q "^${1##*/}: docs=" &&
		[ "$("$1" --version | head -c 7)" = 'dedupe ' ]
}

# The examples call the tools by the names that these were given.
run_example() {
	PATH=$1/bin:/usr/bin:/bin "$1/share/doc/newsieve/examples/brat.sh" \
		"$tmp/brat" tests/pages/courier-1.txt >"$tmp/said" 2>&1 &&
		grep -q "Keller" "$tmp/brat"/*.ann
}

none_left() {
	[ -z "$(find "$tmp/root" -type f -o -path '*/newsieve*')" ]
}

for options in 'usr/local ' 'opt/x ns-'; do
	read -r prefix name <<<"$options"
	set -- BUILD="$BUILD" DESTDIR="$tmp/root" PREFIX="/$prefix" \
		PROGPREFIX="$name"
	check "make install ($prefix, $name)" quiet_make install "$@"
	check "files are where they belong ($prefix, $name)" \
		same_files "$prefix" "$name"
	check "a tool runs from there ($prefix, $name)" \
		run_installed "$tmp/root/$prefix/bin/${name}dedupe"
	check "it goes by its name ($prefix, $name)" \
		name_itself "$tmp/root/$prefix/bin/${name}dedupe"
	check "an example runs from there ($prefix, $name)" \
		run_example "$tmp/root/$prefix" "$name"
	quiet_make uninstall "$@"
	check "make uninstall leaves nothing ($prefix, $name)" none_left
	rm -rf "$tmp/root"
done

# Pages that a browser can show and that link to each other.
web_pages() {
	for m in man/*.[157]; do
		grep -q '<h1 class="Sh" id="NAME">' "$1/${m##*/}.html" ||
			return 1
	done
	grep -q 'href="newsieve.5.html"' "$1/quotes.1.html"
}
check 'make html' quiet_make html BUILD="$BUILD"
check 'the manuals as web pages' web_pages "$BUILD/html"

# All that is in git, twice the same bytes.
whole_tar() {
	tar -tzf "$1" | sed 's,^[^/]*/,,' | LC_ALL=C sort >"$tmp/tar"
	git ls-files | LC_ALL=C sort | diff - "$tmp/tar"
}
if [ -d .git ]; then
	check 'make dist' quiet_make dist BUILD="$BUILD"
	tar=$(echo "$BUILD"/newsieve-*.tar.gz)
	check 'the tar file is whole' whole_tar "$tar"
	cp "$tar" "$tmp/first"
	quiet_make dist BUILD="$BUILD"
	check 'the tar file is the same each time' cmp "$tar" "$tmp/first"
fi
exit $status
