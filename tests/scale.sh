#!/bin/bash
# SPDX-License-Identifier: ISC
# The recipes of newsieve(7) for many machines, as they are printed there, on
# real engines: `make check-scale`.  What is missing is installed first, as
# `tests/setup.sh scale` says.  Prints `ok` and `not ok` lines and at last
# `N passed, N failed`.
#
# usage: tests/scale.sh [engine ...]
# Engines: shards parallel slurm spark hadoop (default: all).
# BUILD is the build folder, SIZE the megabytes of pages (default 3), LIMIT the
# seconds that an engine may take (default 900); SETUP=0 installs nothing.
set -u
cd "$(dirname "$0")/.." || exit 2
root=$PWD
export BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$root/$BUILD ;; esac
export LC_ALL=C PATH=$BUILD/bin:$PATH SHELL=/bin/bash
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
: >"$tmp/all"

# recipe SECTION N: the Nth block of text of a section of the manual.
recipe() {
	awk -v section="$1" -v n="$2" '
		/^\.S[hs] / { on = substr($0, 5) == section }
		!on { next }
		/^\.Bd / { n--; next }
		/^\.Ed/ { if (n == 0) exit }
		n == 0' "$manual" | sed 's/\\e/\\/g' | grep .
}

# ok WHAT COMMAND...: run it, and say how that went.
ok() {
	if "${@:2}" >said 2>&1; then
		echo "ok - scale: $1"
	else
		tail -n 20 said | sed 's/^/# /'
		echo "not ok - scale: $1"
		return 1
	fi
}

# run SECTION N: a recipe as a script, which ends with a comparison.
run() {
	recipe "$1" "$2" >script && bash -e script
}

# need PROGRAM...: end, and say so, if an engine is missing.
need() {
	for program; do
		command -v "$program" >/dev/null && continue
		echo "not ok - scale: $program is missing, see tests/setup.sh"
		exit 1
	done
}
export manual=$root/man/newsieve.7
export -f recipe ok run need

# Pages, each a file, and what the recipes go on from.
pages() {
	python3 "$root/tests/bench/corpus.py" --size "${SIZE:-3}" |
		csplit -s -z -n 5 -f page -b '%05d.txt' --suppress-matched \
			- $'/^\f$/' '{*}' && run 'MANY MACHINES' 1 &&
		[ "$(wc -l <folded.tsv)" -gt 100 ]
}

if [ "${SETUP:-1}" != 0 ]; then
	tests/setup.sh scale || echo '# not all could be installed'
fi
mkdir "$tmp/pages"
cd "$tmp/pages" || exit 2
ok 'pages' pages | tee -a "$tmp/all"
for engine in "${@:-all}"; do
	case $engine in
	all) set -- shards parallel slurm spark hadoop ;;
	shards | parallel | slurm | spark | hadoop) ;;
	*)
		echo "scale.sh: $engine: not an engine" >&2
		exit 2
		;;
	esac
done
for engine; do
	mkdir "$tmp/$engine"
	cp "$tmp/pages"/* "$tmp/$engine"
	cd "$tmp/$engine" || exit 2
	echo "# $engine"
	timeout -k 30 "${LIMIT:-900}" "$root/tests/scale/$engine.sh" 2>err | tee part
	grep -E '^(ok|not ok) ' part >>"$tmp/all"
	if ! grep -qE '^(ok|not ok) ' part; then
		head -n 20 err | sed 's/^/# /'
		echo "not ok - scale: $engine tested nothing" |
			tee -a "$tmp/all"
	fi
done

passed=$(grep -c '^ok' "$tmp/all")
failed=$(grep -c '^not ok' "$tmp/all")
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
