#!/bin/sh
# SPDX-License-Identifier: ISC
# Install what is missing on a Debian 12 machine, as root or through sudo.
# Asks the network for nothing if nothing is missing.
#
# usage: tests/setup.sh build|check
#   build  what `make` needs
#   check  what `make check` and `make lint` need besides
set -eu

# A command or a header, and the package that has it.
build='gcc gcc
make make
/usr/include/stdio.h libc6-dev
/usr/include/pcre2.h libpcre2-dev
/usr/include/seccomp.h libseccomp-dev
/usr/include/utf8proc.h libutf8proc-dev
/usr/include/xxhash.h libxxhash-dev'
check='busybox busybox
clang clang
clang-format clang-format
clang-tidy clang-tidy
cppcheck cppcheck
csvcut csvkit
datamash datamash
fish fish
gawk gawk
git git
gnuplot gnuplot-nox
dot graphviz
mandoc mandoc
mawk mawk
mlr miller
original-awk original-awk
python3 python3
shellcheck shellcheck
sqlite3 sqlite3
/usr/bin/time time
valgrind valgrind
zsh zsh'

missing() {
	while read -r probe package; do
		case $probe in
		/*) [ -e "$probe" ] || echo "$package" ;;
		*) command -v "$probe" >/dev/null || echo "$package" ;;
		esac
	done
}

case ${1:-} in
build) wanted=$build ;;
check) wanted="$build
$check" ;;
*)
	echo 'usage: tests/setup.sh build|check' >&2
	exit 2
	;;
esac
packages=$(echo "$wanted" | missing | tr '\n' ' ')
if [ -z "$packages" ]; then
	exit 0
fi
if ! command -v apt-get >/dev/null; then
	echo "setup.sh: please install what Debian calls: $packages" >&2
	exit 1
fi
as_root=
if [ "$(id -u)" -ne 0 ]; then
	as_root=sudo
fi
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -q
# shellcheck disable=SC2086 # several words are meant
$as_root apt-get install -q -y --no-install-recommends $packages
