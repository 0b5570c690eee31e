#!/bin/bash
# SPDX-License-Identifier: ISC
# Does tests/style.sh see what it should?  Makes a small clean project, then
# plants one fault after the other.
# shellcheck disable=SC2317 # faults are called by name
set -u
here=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
status=0
tag='/* SPDX-License-Identifier: ISC */'

base() {
	rm -rf "$tmp/p"
	mkdir -p "$tmp/p/common/data" "$tmp/p/cmd/tool" "$tmp/p/man" \
		"$tmp/p/build/bin"
	cd "$tmp/p" || exit 2
	printf '%s\n#ifndef COMMON_STR_H\n#define COMMON_STR_H\n#endif\n' \
		"$tag" >common/str.h
	printf '%s\n#ifndef COMMON_IN_H\n#define COMMON_IN_H\n' "$tag" \
		>common/in.h
	printf '#include "common/str.h"\nint in_open(int);\n#endif\n' \
		>>common/in.h
	printf '%s\n#include <fcntl.h>\n#include <unistd.h>\n\n' "$tag" \
		>common/in.c
	printf '#include "common/in.h"\n#include "common/str.h"\n' \
		>>common/in.c
	printf 'int in_open(int n)\n{\n\treturn close(n);\n}\n' >>common/in.c
	printf '%s\n#ifndef TOOL_TOOL_H\n#define TOOL_TOOL_H\n' "$tag" \
		>cmd/tool/tool.h
	printf 'int tool_run(void);\n#endif\n' >>cmd/tool/tool.h
	printf '%s\n#include "common/in.h"\n\n#include "cmd/tool/tool.h"\n' \
		"$tag" >cmd/tool/tool.c
	printf 'int tool_run(void)\n{\n\treturn in_open(0);\n}\n' \
		>>cmd/tool/tool.c
	printf '%s\n#include <err.h>\n\n#include "cmd/tool/tool.h"\n' "$tag" \
		>cmd/tool/main.c
	printf 'int main(void)\n{\n\twarnx("x");\n\treturn tool_run();\n}\n' \
		>>cmd/tool/main.c
	printf '# SPDX-License-Identifier: ISC\n' >Makefile
	printf '#!/bin/sh\ncat <<X\n  %s\n      %s\nX\n' \
		'-f, --format=FMT         a' '--stats              b' \
		>build/bin/tool
	chmod +x build/bin/tool
	{
		printf '.Sh %s\n' NAME SYNOPSIS DESCRIPTION
		printf '.It Fl f , Fl -format Ns = Ns Ar FMT\n.It Fl -stats\n'
		printf '.Sh %s\n' 'EXIT STATUS' EXAMPLES
		printf '.Dl $ tool\n.Dl $ tool\n.Dl $ tool\n'
		printf '.Sh %s\n' 'SEE ALSO' CAVEATS
	} >man/tool.1
	printf '# Comment\na\tb\nb\tc\n' >common/data/list.tsv
	printf 'list.tsv: written for this test\n' >common/data/SOURCE
}

# Compile what there is and look at it.
look() {
	for c in common/*.c cmd/*/*.c; do
		mkdir -p "build/$(dirname "$c")"
		gcc -w -O1 -I. -c -o "build/${c%.c}.o" "$c" || exit 2
	done
	BUILD=build "$here/style.sh" "$tmp/p" >"$tmp/said"
}

# planted RULE WHERE: style.sh breaks this rule, naming the file, no other.
planted() {
	rule=$1
	look
	if [ "$(grep -c '^not ok' "$tmp/said")" -eq 1 ] &&
		grep -qF "not ok - style: $rule" "$tmp/said" &&
		grep -q "^# .*$2" "$tmp/said"; then
		echo "ok - style sees: $rule ($2)"
	else
		sed 's/^not ok/#  broken/; s/^ok/#  kept/' "$tmp/said"
		echo "not ok - style sees: $rule ($2)"
		status=1
	fi
	base
}

base
look
if grep -q '^not ok' "$tmp/said" || ! grep -q '^ok' "$tmp/said"; then
	grep -v '^ok' "$tmp/said" | sed 's/^not ok/#  broken/'
	echo 'not ok - style passes a clean project'
	status=1
else
	echo 'ok - style passes a clean project'
fi
base

sed -i 's,"common/str.h","common/in.h",' common/str.h
sed -i 's,^#define COMMON_STR_H,&\n#include "common/in.h",' common/str.h
sed -i '/common.str/d' common/in.[ch]
planted 'includes point down' common/str.h
sed -i 's,"common/str.h","cmd/tool/tool.h",' common/in.h
planted 'includes point down' common/in.h
sed -i 's,"common/in.h","cmd/other/other.h",' cmd/tool/tool.c
mkdir cmd/other && sed 's/TOOL_TOOL/OTHER_OTHER/' cmd/tool/tool.h \
	>cmd/other/other.h
sed -i 's/tool_run/in_open/; s/(void)/(int)/' cmd/other/other.h
planted 'includes point down' cmd/tool/tool.c
printf '%s\n' "$tag" >common/novel.c
planted 'includes point down' common/novel.c

sed -i 's,^#include "common/str.h",#include "common/out.h",' common/in.h
printf '%s\n#ifndef COMMON_OUT_H\n#define COMMON_OUT_H\n' "$tag" >common/out.h
printf '#include "common/in.h"\n#endif\n' >>common/out.h
planted 'modules form no circle' out

sed -i 's/<fcntl.h>/<zlib.h>/' common/in.c
sed -i 's/<zlib.h>/<wchar.h>/' common/in.c
planted 'includes are sorted in groups' common/in.c
sed -i 's/^$//; /^$/d' cmd/tool/tool.c
planted 'includes are sorted in groups' cmd/tool/tool.c
echo '#include <stdio.h>' >>cmd/tool/tool.c
planted 'includes are sorted in groups' cmd/tool/tool.c

echo 'int helper(void) { return 1; }' >>common/in.c
planted 'foo.c exports foo_* only' common/in.o
echo 'int ins_tall(void) { return 1; }' >>common/in.c
planted 'foo.c exports foo_* only' common/in.o

echo 'char *strcpy(char *, const char *);
char *in_copy(char *, char *);
char *in_copy(char *a, char *b) { return strcpy(a, b); }' >>common/in.c
planted 'no forbidden function is called' common/in.c
echo 'int atoi(const char *);
int tool_number(char *);
int tool_number(char *a) { return atoi(a); }' >>cmd/tool/tool.c
planted 'no forbidden function is called' cmd/tool/tool.c

echo 'int puts(const char *);
int in_say(char *);
int in_say(char *a) { return puts(a); }' >>common/in.c
planted 'modules neither print nor exit' common/in.c
echo 'void exit(int);
void tool_end(void);
void tool_end(void) { exit(1); }' >>cmd/tool/tool.c
planted 'modules neither print nor exit' cmd/tool/tool.c

echo 'int utf8proc_tolower(int);
int tool_low(int);
int tool_low(int c) { return utf8proc_tolower(c); }' >>cmd/tool/tool.c
planted 'libraries are called in one place' cmd/tool/tool.c

echo 'int tool_next(void);
int tool_next(void) { static int n; return ++n; }' >>cmd/tool/tool.c
planted 'no mutable globals' cmd/tool/tool.c

sed -i '/Fl -stats/d' man/tool.1
planted 'options agree with the manual' man/tool.1
sed -i 's/^.It Fl -stats/&\n.It Fl z , Fl -zero/' man/tool.1
planted 'options agree with the manual' man/tool.1
sed -i 's/Ns = Ns Ar FMT//' man/tool.1
planted 'options agree with the manual' man/tool.1
sed -i '/Fl -stats/d; s/^.It Fl f/.It Fl -stats\n&/' man/tool.1
planted 'options agree with the manual' man/tool.1

sed -i '/CAVEATS/d' man/tool.1
planted 'manuals have their sections and examples' man/tool.1
sed -i '0,/^.Dl/{/^.Dl/d}' man/tool.1
planted 'manuals have their sections and examples' man/tool.1
sed -i 's/^.Sh DESCRIPTION/&\n.Pq Ql x No is that ./' man/tool.1
planted 'quotations in manuals end where they should' man/tool.1

yes '/* long */' | head -600 >>common/in.h
planted 'files are below 600 lines' common/in.h
printf '/* %080d */\n' 0 >>common/in.c
planted 'lines of C are within 80 columns' common/in.c
sed -i 1d common/in.c
planted 'each source has its SPDX line' common/in.c
sed -i 's/COMMON_IN_H/COMMON_INN_H/' common/in.h
planted 'guards are named after the file' common/in.h
cp common/data/list.tsv cmd/tool/list.tsv
planted 'file names are unique' list.tsv
touch cmd/tool/Makefile
planted 'file names are unique' cmd/tool/Makefile
touch notes.txt
planted 'the root folder is tidy' notes.txt
printf 'a\tx\n' >>common/data/list.tsv
planted 'lists are sorted and have a source' common/data/list.tsv
rm common/data/SOURCE
planted 'lists are sorted and have a source' common/data/list.tsv
echo 'other.tsv' >common/data/SOURCE
planted 'lists are sorted and have a source' common/data/list.tsv
head -c 300000 /dev/zero >man/big
planted 'no big or generated files' man/big
touch common/in.o
planted 'no big or generated files' common/in.o
echo '/* TOD''O: later */' >>common/in.c
planted 'nothing of one machine or left to do' common/in.c
exit "$status"
