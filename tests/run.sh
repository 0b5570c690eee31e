#!/bin/bash
# SPDX-License-Identifier: ISC
# Build and run all tests.  Prints `ok - NAME` or `not ok - NAME` for each,
# behind a failed one what it said as comments, and at last the line
# `N passed, N failed`.  Exit status 1 if something failed.
#
# usage: tests/run.sh [part ...]
# Parts: unit cases style install examples stories train fuzz hostile slow
# robust sandbox fault (default: all).
# BUILD is the build folder, JOBS how much may run at once; FAULT_EVERY=1 has
# each allocation fail with the sanitizers, too, not only every fifth.
set -u
cd "$(dirname "$0")/.." || exit 2
export BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
jobs=${JOBS:-$(nproc)}
export LC_ALL=C jobs
tmp=$(mktemp -d) || exit 2
export tmp
trap 'rm -rf "$tmp"' EXIT

# Parts run side by side, `jobs` at once; what each says is shown when it and
# all that began before it have ended.
begun=0
shown=0
part() {
	while [ "$(jobs -rp | wc -l)" -ge "$jobs" ]; do
		wait -n
		show
	done
	begun=$((begun + 1))
	{
		one_part "$begun" "$@" >"$tmp/said.$begun" 2>&1
		: >"$tmp/ended.$begun"
	} &
}

show() {
	while [ -f "$tmp/ended.$((shown + 1))" ]; do
		shown=$((shown + 1))
		tee -a "$tmp/all" <"$tmp/said.$shown"
	done
}

# Run one script or program whose output is `ok` and `not ok` lines.
one_part() {
	out=$tmp/out.$1
	name=$2
	shift 2
	echo "# $name"
	timeout -k 10 "${LIMIT:-1800}" "$@" >"$out" 2>"$out.err"
	status=$?
	grep -E '^(ok|not ok|#) ?' "$out"
	if [ "$status" -ne 0 ] && ! grep -q '^not ok' "$out"; then
		echo "not ok - $name ended with status $status"
		head -20 "$out.err" | sed 's/^/#   /'
	elif [ "$status" -eq 0 ] && ! grep -q '^ok' "$out"; then
		echo "not ok - $name tested nothing"
	fi
}

# One case folder.  Output goes to a file, so that jobs do not mingle.
one_case() {
	dir=$1
	tmp=$2
	name=${dir#tests/cases/}
	got=$tmp/case/${name%/}
	mkdir -p "$got"
	in=/dev/null want_code=0
	[ -f "$dir/in" ] && in=$PWD/$dir/in
	[ -f "$dir/code" ] && want_code=$(cat "$dir/code")
	(
		cd "$dir" || exit 99
		PATH=$BUILD/bin:$PATH timeout -k 5 20 sh ./cmd <"$in" \
			>"$got/out" 2>"$got/err"
	)
	code=$?
	why=
	cmp -s "$got/out" "$dir/out" || why="$why out"
	if [ -f "$dir/err" ]; then
		cmp -s "$got/err" "$dir/err" || why="$why err"
	elif [ -s "$got/err" ]; then
		why="$why err"
	fi
	[ "$code" = "$want_code" ] || why="$why code"
	if [ -z "$why" ]; then
		echo "ok - $name"
		return
	fi
	echo "not ok - $name:$why"
	[ "$code" = "$want_code" ] || echo "#   status $code, not $want_code"
	for part in out err; do
		want=$dir/$part
		[ -f "$want" ] || want=/dev/null
		case $why in
		*$part*) diff -a "$want" "$got/$part" | head -12 |
			sed 's/^/#   /' ;;
		esac
	done
}
export -f one_case

unit() {
	for test in tests/unit/*.c; do
		test=$(basename "$test" .c)
		part "unit $test" "$BUILD/unit/$test"
		part "unit $test, sanitized" "$BUILD/asan/unit/$test"
	done
}

cases() {
	part "cases" bash -c all_cases
}

all_cases() {
	find tests/cases -mindepth 2 -maxdepth 2 -type d | sort |
		xargs -P "$jobs" -I {} bash -c "one_case {} '$tmp'" \
			>"$tmp/cases"
	sort "$tmp/cases" | grep '^ok'
	grep -v '^ok' "$tmp/cases"
	for dir in cmd/*/; do
		tool=$(basename "$dir")
		case $tool in filter | pack) continue ;; esac
		[ -n "$(ls "tests/cases/$tool" 2>/dev/null)" ] ||
			echo "not ok - $tool has no cases"
	done
}
export -f all_cases

style() {
	part "style" tests/style.sh
	part "style, planted faults" tests/style-self.sh
}

install() {
	part "make" tests/make.sh
	part "install" tests/install.sh
	part "complete" tests/complete.sh
	part "terminal" tests/terminal.py
}

examples() {
	part "examples" tests/examples.sh
}

train() {
	part "train" tests/train.sh
	# What it holds to the end it leaves to the system.
	part "train, sanitized" env BUILD="$BUILD/asan" \
		ASAN_OPTIONS=detect_leaks=0 tests/train.sh
}

# What was once found by fuzzing, and what that starts from.
fuzz() {
	part "fuzz" "$BUILD/replay/docsplit" tests/fuzz/corpus/*/*
	part "fuzz, sanitized" "$BUILD/asan/replay/docsplit" \
		tests/fuzz/corpus/*/*
	part "fuzz parts" "$BUILD/replay/parts" tests/fuzz/parts/*/*
	part "fuzz parts, sanitized" "$BUILD/asan/replay/parts" \
		tests/fuzz/parts/*/*
}

hostile() {
	part "hostile inputs, sanitized" tests/hostile.sh
	part "damaged text, sanitized" tests/mutate.py "$BUILD/asan/bin"
}

stories() {
	part "stories" tests/stories.sh
	part "readers" tests/readers.sh
}

slow() {
	for test in tests/slow/*.sh; do
		part "slow $(basename "$test" .sh)" "$test"
	done
}

robust() {
	part "robust" tests/robust.sh
	part "alone" tests/alone.sh
}

sandbox() {
	part "sandbox" tests/sandbox.sh
}

fault() {
	shim=$BUILD/fault/shim.so
	part "allocations fail" tests/fault/fault.py memory "$shim" "$BUILD/bin"
	part "allocations fail, sanitized" tests/fault/fault.py memory - \
		"$BUILD/asan/fault" "${FAULT_EVERY:-5}"
	part "system calls fail" tests/fault/fault.py call "$shim" "$BUILD/bin"
}

# Only some parts run what the sanitizers are in.
goals="all units train $BUILD/fault/shim.so"
case " ${*:-all} " in
*' all '* | *' unit '* | *' train '* | *' fuzz '* | *' hostile '* | \
	*' fault '*) goals="$goals asan" ;;
esac
# shellcheck disable=SC2086 # several words are meant
if ! "${MAKE:-make}" -s -j "$jobs" BUILD="$BUILD" $goals >"$tmp/make" 2>&1
then
	tail -40 "$tmp/make" | sed 's/^/# /'
	echo "not ok - build" | tee -a "$tmp/all"
fi
for p in "${@:-all}"; do
	case $p in
	all)
		# What takes long comes first.
		for q in hostile slow robust fault unit style cases install \
			train stories examples fuzz sandbox; do
			"$q"
		done
		;;
	unit | cases | style | install | examples | stories | train | fuzz | \
		hostile | slow | robust | sandbox | fault) "$p" ;;
	*)
		echo "run.sh: $p: not a part" >&2
		exit 2
		;;
	esac
done
while [ -n "$(jobs -rp)" ]; do
	wait -n
	show
done
show

passed=$(grep -c '^ok' "$tmp/all")
failed=$(grep -c '^not ok' "$tmp/all")
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
