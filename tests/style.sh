#!/bin/bash
# SPDX-License-Identifier: ISC
# Rules of the house that no compiler keeps.  Run it after a build.
# Prints `ok - RULE` or `not ok - RULE` for each, and before a broken rule
# the file and what is wrong with it.  Exit status 1 if one is broken.
#
# usage: tests/style.sh [root]
# BUILD is the build folder of that root.
# shellcheck disable=SC2317 # rules are called by name
set -u
cd "${1:-$(dirname "$0")/..}" || exit 2
BUILD=${BUILD:-build}
export LC_ALL=C
status=0

# What each module of common may build upon: its own level and those above
# this line, never in a circle.  A new module gets its word here.
levels='
0 str mem fault escape sandbox day
1 in out utf utf_sse2 utf_avx2 hash magic piece lanes
2 row re set blob model memo trigger progress ring opt
3 doc tok tok_map hyphen stop edge near
4 crew tag canon decode labels lattice lexeme trait ask mention vote
'

# Print the files of the project, or those whose name fits a pattern.
files() {
	if [ -d .git ]; then
		git ls-files -co --exclude-standard
	else
		find . -path ./build -prune -o -type f -print | sed 's,^\./,,'
	fi | while IFS= read -r f; do
		[ -f "$f" ] && printf '%s\n' "$f"
	done | grep -E "${1:-.}" | sort -u
}

# Run a rule: a function that prints what is wrong, nothing if all is well.
rule() {
	said=$("$2" 2>&1)
	if [ -z "$said" ]; then
		printf 'ok - style: %s\n' "$1"
	else
		printf '%s\n' "$said" | head -20 | sed 's/^/# /'
		printf 'not ok - style: %s\n' "$1"
		status=1
	fi
}

level() {
	printf '%s\n' "$levels" | awk -v m="$1" '
	    { for (i = 2; i <= NF; i++) if ($i == m) print $1 }'
}

includes_point_down() {
	for f in $(files '^common/[^/]*\.[ch]$'); do
		module=$(basename "${f%.*}")
		own=$(level "$module")
		if [ -z "$own" ]; then
			echo "$f: not in the table of levels (tests/style.sh)"
			continue
		fi
		grep -o '#include "[^"]*"' "$f" | cut -d'"' -f2 |
			while read -r i; do
				case $i in
				common/*.h) ;;
				*)
					echo "$f: includes $i"
					continue
					;;
				esac
				other=$(level "$(basename "$i" .h)")
				[ "${other:-9}" -le "$own" ] ||
					echo "$f: level $own, includes $i" \
						"of level ${other:-none}"
			done
	done
	for f in $(files '^cmd/[^/]*/[^/]*\.[ch]$'); do
		grep -o '#include "[^"]*"' "$f" | cut -d'"' -f2 |
			grep -v -e '^common/' -e "^$(dirname "$f")/" |
			sed "s,^,$f: includes ,"
	done
}

no_circles() {
	for f in $(files '^common/[^/]*\.[ch]$'); do
		module=$(basename "${f%.*}")
		sed -n 's,^#include "common/\(.*\)\.h".*,\1,p' "$f" |
			grep -vx "$module" | sed "s/^/$module /"
	done | tsort 2>&1 >/dev/null | sed 's/^tsort: //'
}

# Groups in order, a blank line between them, names sorted within each.
includes_sorted() {
	for f in $(files '\.[ch]$'); do
		awk -v f="$f" '
		function group(s) {
			if (s ~ /^</) return 1
			if (s ~ /^"common\//) return 2
			return 3
		}
		/^#include/ {
			g = group($2)
			if (g < last)
				print f ":" NR ": " $2 " stands too late"
			if (before != "" && g != last)
				print f ":" NR ": no blank line before " $2
			if (before != "" && g == last && $2 <= before)
				print f ":" NR ": " $2 " not in order"
			last = g
			before = $2
			next
		}
		/^#(if|el|endif)/ { last = 0; before = ""; next }
		{ before = "" }' "$f"
	done
}

exports() {
	for o in $(find "$BUILD/common" "$BUILD/cmd" -name '*.o' | sort); do
		module=$(basename "$o" .o)
		[ -f "$(source_of "$o")" ] || continue
		nm -g --defined-only "$o" | awk -v o="$o" -v m="$module" '
		    NF == 3 && $3 != m && index($3, m "_") != 1 {
			print o ": exports " $3 }'
	done
}

source_of() {
	s=${1#"$BUILD/"}
	printf '%s' "${s%.o}.c"
}

# Print `object function` for what objects call, checked variants as plain.
calls() {
	for o in $(find "$BUILD/common" "$BUILD/cmd" -name '*.o' | sort); do
		[ -f "$(source_of "$o")" ] || continue
		nm -u "$o" | awk -v o="$(source_of "$o")" '{
			s = $NF
			sub(/@.*/, "", s)
			if (s ~ /_chk$/) { sub(/^__/, "", s); sub(/_chk$/, "", s) }
			sub(/^__isoc[0-9]*_/, "", s)
			print o, s }'
	done
}

forbidden_functions() {
	calls | awk '
	BEGIN {
		n = split("strcpy strcat strncpy strncat stpcpy sprintf " \
		    "vsprintf gets strtok atoi atol atoll atof sscanf fscanf " \
		    "scanf system popen setlocale alloca rand random srand " \
		    "drand48 time gettimeofday clock_gettime fopen fgets " \
		    "fgetc getc fread getline getdelim mktemp tmpnam " \
		    "isalpha isdigit isalnum isspace ispunct isupper islower " \
		    "toupper tolower towlower towupper iswalpha", v, " ")
		for (i = 1; i <= n; i++) bad[v[i]] = 1
	}
	# How far a run is may depend on the time; nothing else does.
	$1 == "common/progress.c" && $2 == "clock_gettime" { next }
	$2 in bad || $2 ~ /^__ctype_/ { print $1 ": calls " $2 }'
}

# Only main.c and opt print, warn and exit; mem exits when memory is out.
quiet_modules() {
	calls | awk '
	BEGIN {
		n = split("err errx verr verrx warn warnx vwarn vwarnx exit " \
		    "_exit abort quick_exit printf vprintf puts putchar putc " \
		    "fprintf vfprintf fputs fputc fwrite perror stdout stderr " \
		    "getenv secure_getenv getopt getopt_long optarg", v, " ")
		for (i = 1; i <= n; i++) bad[v[i]] = 1
	}
	$1 ~ /\/main\.c$/ || $1 == "common/opt.c" { next }
	$1 == "common/mem.c" && ($2 == "errx" || $2 == "err") { next }
	$2 in bad { print $1 ": calls " $2 }'
}

libraries_in_one_place() {
	calls | awk '
	$2 ~ /^pcre2_/ && $1 != "common/re.c" { print $1 ": calls " $2 }
	$2 ~ /^seccomp_/ && $1 != "cmd/filter/main.c" { print $1 ": calls " $2 }
	$2 ~ /^utf8proc_/ && $1 != "common/utf.c" { print $1 ": calls " $2 }'
	for f in $(files '^(cmd|common)/.*\.[ch]$'); do
		[ "$f" = common/hash.c ] ||
			grep -Hn '#include <xxhash' "$f"
	done
}

no_mutable_globals() {
	for o in $(find "$BUILD/common" "$BUILD/cmd" -name '*.o' | sort); do
		s=$(source_of "$o")
		[ -f "$s" ] || continue
		# An operand list for open(2) is not const in C, but never
		# written; pack runs once, at build time.
		case $s in common/in.c | cmd/pack/main.c) continue ;; esac
		objdump -t "$o" | awk -v s="$s" '
		    $2 ~ /^[lg]$/ && $3 == "O" &&
		    $4 ~ /^\.(data|bss|tdata|tbss)/ && $4 !~ /rel\.ro/ {
			print s ": mutable " $NF }'
	done
}

# `letter name argument` of each option, "-" for none.
options_of_help() {
	"$BUILD/bin/$1" --help | sed -n '
	    s/^  \(-.,\|   \) --\([a-z0-9-]*\)\(\[\?=[^ ]*\)\? .*/\1 \2 \3/p' |
		awk '{ a = /=/ ? "argument" : "-"; c = "-"; n = $1 }
		    /^-/ { c = substr($1, 2, 1); n = $2 }
		    { print c, n, a }' | sort
}

options_of_manual() {
	awk '$1 == ".It" && $2 == "Fl" {
		c = n = "-"
		a = "-"
		for (i = 2; i <= NF; i++) {
			if ($i == "Fl" && $(i + 1) ~ /^-/)
				n = substr($(i + 1), 2)
			else if ($i == "Fl")
				c = $(i + 1)
			else if ($i == "Ar")
				a = "argument"
		}
		print c, n, a
	}' "man/$1.1"
}

options_agree() {
	for f in $(files '^cmd/[^/]*/main\.c$'); do
		tool=$(basename "$(dirname "$f")")
		case $tool in filter | pack) continue ;; esac
		if [ ! -f "man/$tool.1" ]; then
			echo "man/$tool.1: missing"
			continue
		fi
		diff <(options_of_help "$tool") \
			<(options_of_manual "$tool" | sort) | sed -n "
		    s,^<,man/$tool.1: lacks option,p
		    s,^>,man/$tool.1: no such option,p"
		options_of_manual "$tool" | awk -v f="man/$tool.1" '
		    { k = tolower($1 == "-" ? $2 : $1)
		      k = substr(k, 1, 1) }
		    k < last { print f ": option " $2 " not in order" }
		    { last = k }'
	done
}

sizes() {
	for f in $(files '^(cmd|common|tests)/.*\.([ch]|sh|py)$'); do
		n=$(wc -l <"$f")
		[ "$n" -lt 600 ] || echo "$f: $n lines"
	done
}

# clang-format leaves comments as they are.
widths() {
	for f in $(files '^(cmd|common|tests)/.*\.[ch]$'); do
		expand "$f" | sed 's/[\x80-\xbf]//g' |
			awk -v f="$f" 'length > 80 { print f ":" NR ": " length }'
	done
}

licence_tags() {
	for f in $(files '\.([ch]|sh|py|awk)$|^Makefile$|^\.ci/run$'); do
		head -2 "$f" | grep -q 'SPDX-License-Identifier: ISC' ||
			echo "$f: no SPDX line"
	done
}

guards() {
	for f in $(files '^(cmd|common)/.*\.h$'); do
		dir=$(basename "$(dirname "$f")")
		want=$(echo "${dir}_$(basename "$f" .h)_H" | tr '[:lower:]' '[:upper:]')
		grep -qx "#ifndef $want" "$f" || echo "$f: guard is not $want"
	done
}

unique_names() {
	files '^(cmd|common)/.*\.([ch]|tsv)$' | grep -v '/main\.c$' |
		awk -F/ 'seen[$NF] != "" { print $0 ": named as " seen[$NF] }
		    { seen[$NF] = $0 }'
	files '(^|/)[Mm]akefile$' | grep '/'
}

root_folder() {
	files | cut -d/ -f1 | sort -u | grep -vxE \
		'cmd|common|man|tests|Makefile|README\.md|LICENSE|\..*' |
		sed 's/$/: does not belong into the root folder/'
}

lists() {
	for f in $(files '/data/.*\.tsv$'); do
		source=$(dirname "$f")/SOURCE
		if [ ! -f "$source" ]; then
			echo "$f: no SOURCE beside it"
		else
			grep -qF "$(basename "$f")" "$source" ||
				echo "$f: not in $source"
		fi
		grep -v '^#' "$f" | sort -c 2>&1 | sed "s,^sort: -:,$f:,"
	done
}

no_big_files() {
	files | while IFS= read -r f; do
		case $f in
		*.o | *.a | *.so | *.d | *.blob | *.gz | *.xz | *.zip | *.pyc)
			echo "$f: generated" ;;
		esac
		max=262144
		case $f in */data/*) max=4194304 ;; esac
		case $f in *.model) max=16777216 ;; esac
		n=$(wc -c <"$f")
		[ "$n" -le "$max" ] || echo "$f: $n bytes"
	done
}

# What belongs to one machine or to a later day.  (The brackets keep the
# patterns from finding themselves.)
words() {
	for f in $(files | grep -vE '/data/|/cases/|^tests/style'); do
		grep -HnIE '/wor[k]/|\.\./share[d]|\b(TOD[O]|FIXM[E])\b' "$f"
		grep -HnIE '\bissue #?[0-9]' "$f"
	done
}

manuals() {
	for f in $(files '^man/.*\.[157]$'); do
		awk -v f="$f" '
		/^\.Sh / { section = substr($0, 5) }
		/^\.Sh EXAMPLES/ { found = 1 }
		section == "EXAMPLES" && /^(\.Dl )?\$ / { n++ }
		END { if (n < 3) print f ": fewer than three examples" }' "$f"
	done
	for f in $(files '^cmd/[^/]*/main\.c$'); do
		tool=$(basename "$(dirname "$f")")
		case $tool in filter | pack) continue ;; esac
		for s in NAME SYNOPSIS DESCRIPTION 'EXIT STATUS' EXAMPLES \
			'SEE ALSO' CAVEATS; do
			grep -q "^\.Sh $s\$" "man/$tool.1" 2>/dev/null ||
				echo "man/$tool.1: no section $s"
		done
	done
}

# What a quotation encloses ends with its line, whatever .No says.
quotations() {
	for f in $(files '^man/.*\.[157]$'); do
		grep -HnE '^\..*\b(Ql|Sq|Dq) .* No ' "$f"
	done
}

rule 'includes point down' includes_point_down
rule 'modules form no circle' no_circles
rule 'includes are sorted in groups' includes_sorted
rule 'foo.c exports foo_* only' exports
rule 'no forbidden function is called' forbidden_functions
rule 'modules neither print nor exit' quiet_modules
rule 'libraries are called in one place' libraries_in_one_place
rule 'no mutable globals' no_mutable_globals
rule 'options agree with the manual' options_agree
rule 'manuals have their sections and examples' manuals
rule 'quotations in manuals end where they should' quotations
rule 'files are below 600 lines' sizes
rule 'lines of C are within 80 columns' widths
rule 'each source has its SPDX line' licence_tags
rule 'guards are named after the file' guards
rule 'file names are unique' unique_names
rule 'the root folder is tidy' root_folder
rule 'lists are sorted and have a source' lists
rule 'no big or generated files' no_big_files
rule 'nothing of one machine or left to do' words
exit "$status"
