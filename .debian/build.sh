#!/bin/sh
# SPDX-License-Identifier: ISC
# Make a Debian package of what is built.  The same binaries give the same
# package, byte for byte: `make deb` runs this.
#
# usage: .debian/build.sh OUT    with BUILD, and MAKE if it is not make
#
# The folder is not called debian, since nothing here is for dpkg-buildpackage:
# the package is put together by dpkg-deb from what `make install` installs.
set -eu
cd "$(dirname "$0")/.."
out=$1
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
umask 022
export LC_ALL=C
root=$tmp/root
doc=$root/usr/share/doc/newsieve

version=$(sed -n '1s/.*(\(.*\)).*/\1/p' .debian/changelog)
# All files are as old as the entry in the changelog.
epoch=$(date -d "$(sed -n 's/^ -- .*>  //p' .debian/changelog | head -n 1)" +%s)
if ! grep -q "OPT_VERSION \"$version\"" common/opt.c; then
	echo 'build.sh: changelog and common/opt.c name different versions' >&2
	exit 2
fi

"${MAKE:-make}" -s install DESTDIR="$root" PREFIX=/usr PROGPREFIX= \
	ZSHDIR=/usr/share/zsh/vendor-completions BUILD="$BUILD"
strip --remove-section=.comment --remove-section=.note "$root"/usr/bin/*
gzip -9n "$root"/usr/share/man/man*/*
gzip -9nc .debian/changelog >"$doc/changelog.gz"
cat - LICENSE common/data/LICENSE.model >"$doc/copyright" <<'COPYRIGHT'
The programs of newsieve are under the ISC licence; the model of names that is
built into entities and quotes is under CC BY-SA 4.0.  Both texts follow.  The
GNU licence that the second one names is in
/usr/share/common-licenses/LGPL-2.1.

COPYRIGHT

# The packages of the libraries, as ldd finds these.  What the binaries were
# built against is what they need: its version without epoch and Debian's own
# revision.
depends=$(ldd "$root"/usr/bin/* | awk '$2 == "=>" { print $3 }' | sort -u |
	sed 's,.*\(/[^/]*/[^/]*\)$,*\1,' | while read -r library; do
		dpkg-query -S "$library" | sed 's/:.*//;q'
	done | sort -u | while read -r package; do
		dpkg-query -W -f '${Version}\n' "$package" | sed \
			"s/^[0-9]*://;s/[-+].*//;s/.*/$package (>= &)/;q"
	done | paste -s -d , - | sed 's/,/, /g')

mkdir "$root/DEBIAN"
(cd "$root" && find usr -type f | sort | xargs -d '\n' md5sum) \
	>"$root/DEBIAN/md5sums"
sed -e "s/@VERSION@/$version/" -e "s/@DEPENDS@/$depends/" \
	-e "s/@ARCHITECTURE@/$(dpkg --print-architecture)/" \
	-e "s/@SIZE@/$(du -sk --apparent-size "$root/usr" | cut -f 1)/" \
	.debian/control.in >"$root/DEBIAN/control"
find "$root" -exec touch -h -d "@$epoch" {} +
export SOURCE_DATE_EPOCH="$epoch"
dpkg-deb --root-owner-group -Zxz --build "$root" "$out" >/dev/null
echo "$out"
