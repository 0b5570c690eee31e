#!/bin/sh
# SPDX-License-Identifier: ISC
# Install what is missing on a Debian 12 machine, as root or through sudo.
# Asks the network for nothing if nothing is missing.
#
# usage: tests/setup.sh build|check|fuzz|scale|bench|static|package
#   build    what `make` needs
#   check    what `make check` and `make lint` need besides; DuckDB from PyPI
#            into build/check
#   fuzz     what `make fuzz` needs
#   scale    what `make check-scale` needs: GNU parallel, ssh, Slurm, and, from
#            PyPI and Maven Central into build/scale, Spark and Hadoop Streaming
#   bench    whom `make bench` and tests/eval/peers.sh compare with, those of
#            Python from PyPI and, where npm is, one of npm into build/bench
#   static   what `make static` needs: the libraries, compiled for musl from
#            Debian's sources into build/musl
#   package  what `make check-package` needs
set -eu

# A command or a header, and the package that has it.
build='gcc gcc
make make
/usr/include/stdio.h libc6-dev
/usr/include/pcre2.h libpcre2-dev
/usr/include/seccomp.h libseccomp-dev
/usr/include/utf8proc.h libutf8proc-dev
/usr/include/xxhash.h libxxhash-dev'
check='bmake bmake
busybox busybox
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
/usr/share/doc/python3-venv python3-venv
shellcheck shellcheck
sqlite3 sqlite3
/usr/bin/time time
valgrind valgrind
zsh zsh'
fuzz='clang clang
/usr/share/doc/libclang-rt-dev libclang-rt-dev'
scale='java default-jre-headless
mvn maven
munged munge
parallel parallel
python3 python3
/usr/share/doc/python3-venv python3-venv
rsync rsync
/usr/sbin/sshd openssh-server
ssh openssh-client
/usr/sbin/slurmctld slurmctld
/usr/sbin/slurmd slurmd
sbatch slurm-client'
bench='gawk gawk
jq jq
mawk mawk
mlr miller
python3 python3
/usr/share/doc/python3-venv python3-venv
rg ripgrep
/usr/bin/time time'
static='/usr/share/doc/dpkg-dev dpkg-dev
musl-gcc musl-tools
xz xz-utils'
package='debootstrap debootstrap
lintian lintian'
peers='datasketch==1.6.5 jusText==3.0.2 lxml_html_clean==0.4.3
trafilatura==2.0.0'
compromise=compromise@14.17.0
duckdb='duckdb-cli==1.5.6'
# Spark brings what Hadoop Streaming of its own version of Hadoop needs.
spark=pyspark==3.5.8
streaming=org.apache.hadoop:hadoop-streaming:3.3.4

missing() {
	while read -r probe package; do
		case $probe in
		/*) [ -e "$probe" ] || echo "$package" ;;
		*) command -v "$probe" >/dev/null || echo "$package" ;;
		esac
	done
}

install_packages() {
	packages=$(echo "$wanted" | missing | tr '\n' ' ')
	if [ -z "$packages" ]; then
		return
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
}

# from_pypi DIR PACKAGE...: a folder of Python of its own.
from_pypi() {
	if [ -e "$1.done" ]; then
		return
	fi
	rm -rf "$1"
	python3 -m venv "$1"
	venv=$1
	shift
	"$venv/bin/pip" install -q "$@" && touch "$venv.done"
}

# from_npm DIR PACKAGE...: a folder of JavaScript of its own.
from_npm() {
	if [ -e "$1.done" ]; then
		return
	fi
	if ! command -v npm >/dev/null; then
		echo "setup.sh: no npm, passed over: $2" >&2
		return
	fi
	rm -rf "$1"
	mkdir -p "$1"
	modules=$1
	shift
	npm install --prefix "$modules" --ignore-scripts --no-audit \
		--no-fund --silent "$@" && touch "$modules.done"
}

install_engines() {
	dir=$into/scale
	mkdir -p "$dir"
	from_pypi "$dir/spark" "$spark"
	if [ ! -e "$dir/hadoop-streaming.jar" ]; then
		mvn -q -B dependency:copy -Dartifact="$streaming" \
			-DoutputDirectory="$dir/streaming"
		mv "$dir"/streaming/*.jar "$dir/hadoop-streaming.jar"
	fi
}

# The sources of a package of Debian, from where the machine has its packages,
# but asked for apart: its own lists are left as they are.
source_of() {
	own="-o Dir::Etc::SourceList=$PWD/sources -o Dir::Etc::SourceParts=-
		-o Dir::State::Lists=$PWD/lists -o Dir::Cache=$PWD
		-o APT::Sandbox::User=root"
	if [ ! -d lists ]; then
		mkdir -p lists/partial
		# shellcheck disable=SC2016 # these are for apt-get
		apt-get indextargets 'Created-By: Packages' --format \
			'deb-src $(REPO_URI) $(RELEASE) $(COMPONENT)' |
			grep /debian | sort -u >sources
		# shellcheck disable=SC2086 # several words are meant
		apt-get -q $own update
	fi
	# A mirror may lack the source of an update; the release has one.
	# shellcheck disable=SC1091,SC2086 # several words are meant
	apt-get -q $own --download-only source "$1" ||
		apt-get -q $own --download-only source \
			-t "$(. /etc/os-release && echo "$VERSION_CODENAME")" "$1"
	dpkg-source --no-check -q -x "$1"_*.dsc "$1"
}

# For musl: the libraries that are linked, and the headers that are not of a
# library of C.  Of the system's own, those of the kernel alone will do.
build_for_musl() {
	if [ -e "$1/ready" ]; then
		return
	fi
	rm -rf "$1"
	mkdir -p "$1/include" "$1/lib" "$1/sources"
	cd "$1/sources"
	source_of pcre2
	source_of utf8proc
	(
		cd pcre2
		./configure -q --disable-shared --enable-jit \
			CC=musl-gcc CFLAGS=-O2
		make libpcre2-8.la
		cp .libs/libpcre2-8.a ../../lib
		cp src/pcre2.h ../../include
		cd ../utf8proc
		musl-gcc -O2 -DUTF8PROC_STATIC -c utf8proc.c
		ar rcs ../../lib/libutf8proc.a utf8proc.o
		cp utf8proc.h ../../include
	) >log 2>&1 || {
		tail -20 log >&2
		exit 1
	}
	cd ..
	cp /usr/include/xxhash.h include
	ln -s /usr/include/linux /usr/include/asm-generic include
	ln -s "/usr/include/$(gcc -print-multiarch)/asm" include
	rm -r sources
	touch ready
}

into=${BUILD:-$(dirname "$0")/../build}
case ${1:-} in
build) wanted=$build ;;
check) wanted="$build
$check" ;;
fuzz) wanted="$build
$fuzz" ;;
scale) wanted="$build
$scale" ;;
bench) wanted="$build
$bench" ;;
static) wanted="$build
$static" ;;
package) wanted="$build
$package" ;;
*)
	echo 'usage: tests/setup.sh' \
		'build|check|fuzz|scale|bench|static|package' >&2
	exit 2
	;;
esac
install_packages
case $1 in
scale) install_engines ;;
bench)
	mkdir -p "$into/bench"
	# shellcheck disable=SC2086 # several words are meant
	from_pypi "$into/bench/peers" $peers
	from_npm "$into/bench/node" "$compromise"
	;;
check)
	from_pypi "$into/check/duckdb" "$duckdb" || echo \
		'setup.sh: no DuckDB, what reads rows with it is passed over' >&2
	;;
static) build_for_musl "$into/musl" ;;
esac
