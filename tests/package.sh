#!/bin/bash
# SPDX-License-Identifier: ISC
# The Debian package: a second build from the sources gives the same bytes,
# lintian finds nothing, and on a fresh Debian 12 it installs with what it
# depends on, runs, and leaves nothing when it is purged.  Needs root, and
# Debian's packages from the network.
#
# usage: tests/package.sh [DEB]
# DEB is build/newsieve.deb if none is named; BUILD is the build folder.
# shellcheck disable=SC2317 # checks are called by name
set -u
cd "$(dirname "$0")/.." || exit 2
BUILD=${BUILD:-build}
deb=${1:-$BUILD/newsieve.deb}
export LC_ALL=C DEBIAN_FRONTEND=noninteractive
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
status=0
root=$tmp/root

about=package
# shellcheck source=tests/check.sh
. tests/check.sh

same_bytes() {
	"${MAKE:-make}" -s -j "$(nproc)" deb BUILD="$tmp/second" &&
		cmp "$deb" "$tmp/second/newsieve.deb"
}

# A fresh system, from where this one has its packages.
debian() {
	# shellcheck disable=SC2016 # these are for apt-get
	mirror=$(apt-get indextargets 'Created-By: Packages' 'Component: main' \
		--format '$(RELEASE) $(REPO_URI)' | sed -n 's/^bookworm //p;q')
	debootstrap --variant=minbase bookworm "$root" "$mirror"
}

# All there is, save what apt-get keeps of its doings.
files() {
	find "$root" -xdev -printf '/%P %y\n' | grep -v -E \
		'^/(var/(cache|log|lib/(apt|dpkg))/|root/|tmp/)' | sort
}

inside() {
	chroot "$root" "$@"
}

installs() {
	cp "$deb" "$root/tmp/newsieve.deb"
	inside apt-get install -q -y --no-install-recommends /tmp/newsieve.deb
}

# The same rows as here, of a page.
runs() {
	cp tests/pages/courier-1.txt "$root/tmp/"
	"$BUILD/bin/$1" <tests/pages/courier-1.txt >"$tmp/here" &&
		inside "/usr/bin/$1" <tests/pages/courier-1.txt |
		cmp - "$tmp/here" && [ -s "$tmp/here" ]
}

has_manual() {
	gzip -dc "$root/usr/share/man/man${1##*.}/$1.gz" | cmp - "man/$1"
}

completes() {
	inside bash -c ". /usr/share/bash-completion/completions/$1 &&
		complete -p $1"
}

# Nothing of it, and of what it brought with it.
purges() {
	inside apt-get purge -q -y --auto-remove newsieve &&
		files | diff "$tmp/before" - &&
		! inside dpkg -s newsieve
}

check 'a second build is the same, bit for bit' same_bytes
check 'lintian finds nothing' lintian --allow-root --fail-on error,warning \
	"$deb"
check 'a fresh Debian 12' debian
files >"$tmp/before"
check 'installs with what it depends on' installs
for tool in docsplit declutter dedupe entities quotes; do
	check "$tool runs" runs "$tool"
	check "$tool has a manual" has_manual "$tool.1"
	check "$tool completes" completes "$tool"
done
check 'newsieve(5)' has_manual newsieve.5
check 'newsieve(7)' has_manual newsieve.7
check 'an example runs' inside \
	/usr/share/doc/newsieve/examples/reading-view.sh /tmp/courier-1.txt
check 'a purge leaves nothing' purges
exit $status
