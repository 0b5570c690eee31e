#!/bin/sh
# SPDX-License-Identifier: ISC
# Install what is missing on a Debian 12 machine, as root or through sudo.
# Asks the network for nothing if nothing is missing.
#
# usage: tests/setup.sh build|check|scale|bench
#   build  what `make` needs
#   check  what `make check` and `make lint` need besides
#   scale  what `make check-scale` needs: GNU parallel, ssh, Slurm, and, from
#          PyPI and Maven Central into build/scale, Spark and Hadoop Streaming
#   bench  whom `make bench` compares with, those of Python from PyPI into
#          build/bench
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
shellcheck shellcheck
sqlite3 sqlite3
/usr/bin/time time
valgrind valgrind
zsh zsh'
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
peers='datasketch==1.6.5 jusText==3.0.2 lxml_html_clean==0.4.3
trafilatura==2.0.0'
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
	"$venv/bin/pip" install -q "$@"
	touch "$venv.done"
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

into=${BUILD:-$(dirname "$0")/../build}
case ${1:-} in
build) wanted=$build ;;
check) wanted="$build
$check" ;;
scale) wanted="$build
$scale" ;;
bench) wanted="$build
$bench" ;;
*)
	echo 'usage: tests/setup.sh build|check|scale|bench' >&2
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
	;;
esac
