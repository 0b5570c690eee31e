#!/bin/sh
# SPDX-License-Identifier: ISC
# Write what a shell needs to complete the options of a tool, from what the
# tool's --help says, which comes from its table of options.
#
# usage: TOOL --help | man/complete.sh bash|zsh|fish NAME
#
# Options of a file are completed by names of files, those whose help lists
# their values ("name (default), seq or hash") by these, others not at all.
set -eu
if [ $# -ne 2 ]; then
	sed -n '6s/^# //p' "$0" >&2
	exit 2
fi
LC_ALL=C awk -v shell="$1" -v name="$2" '
# The values that a help text lists, in one string; "" if it lists none.
function values(help,   at, list) {
	if (!match(help, /[a-z0-9]+ \(default[^0-9)]*\)/))
		return ""
	list = substr(help, RSTART)
	gsub(/ \([^)]*\)|,/, "", list)
	gsub(/ or /, " ", list)
	return list
}
function is_file(value) {
	return value == "FILE" || value == "PLAN"
}
function quoted(s) {
	gsub(/\047/, "\047\\\047\047", s)
	return "\047" s "\047"
}
# One option: short and long form, the name of its value, the help.
/^  (-.,|   ) --/ {
	short = substr($0, 3, 1) == "-" ? substr($0, 4, 1) : ""
	long = substr($0, 9)
	help = long
	sub(/ .*/, "", long)
	sub(/^[^ ]* +/, "", help)
	value = ""
	optional = 0
	if (match(long, /=/)) {
		value = substr(long, RSTART + 1)
		long = substr(long, 1, RSTART - 1)
		# As in "--progress[=WHEN]".
		optional = sub(/\[$/, "", long) && sub(/\]$/, "", value)
	}
	n++
	may[n] = optional
	s[n] = short; l[n] = long; v[n] = value; h[n] = help
	list[n] = value == "" ? "" : values(help)
}
END {
	if (n == 0) {
		print "complete.sh: no options" > "/dev/stderr"
		exit 1
	}
	if (shell == "bash")
		bash()
	else if (shell == "zsh")
		zsh()
	else if (shell == "fish")
		fish()
	else {
		print "complete.sh: " shell ": no such shell" > "/dev/stderr"
		exit 2
	}
}
# Bash cuts words at "=", so what is behind one is a word of its own.
function bash(   i, f, all) {
	f = "_newsieve_" name
	gsub(/[^a-z_]/, "_", f)
	print f "() {"
	print "\tlocal cur=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD - 1]}"
	print "\tlocal behind="
	print "\tif [ \"$cur\" = = ]; then"
	print "\t\tcur= behind=="
	print "\telif [ \"$option\" = = ]; then"
	print "\t\toption=${COMP_WORDS[COMP_CWORD - 2]} behind=="
	print "\tfi"
	print "\tcase $behind$option in"
	for (i = 1; i <= n; i++) {
		all = all (i > 1 ? " " : "") "--" l[i] \
		    (v[i] == "" || may[i] ? "" : "=")
		if (v[i] == "")
			continue
		print "\t" (may[i] ? "" : (s[i] == "" ? "" : "-" s[i] " | ") \
		    "--" l[i] " | ") "=--" l[i] ")"
		if (is_file(v[i]))
			print "\t\tmapfile -t COMPREPLY < <(compgen -f -- \"$cur\")"
		else
			print "\t\tmapfile -t COMPREPLY < <(compgen -W " \
			    quoted(list[i]) " -- \"$cur\")"
		print "\t\treturn"
		print "\t\t;;"
	}
	print "\tesac"
	print "\tif [[ $cur == -* ]]; then"
	print "\t\tmapfile -t COMPREPLY < <(compgen -W " quoted(all) " -- \"$cur\")"
	print "\t\t[[ ${COMPREPLY-} != *= ]] || compopt -o nospace"
	print "\telse"
	print "\t\tmapfile -t COMPREPLY < <(compgen -f -- \"$cur\")"
	print "\tfi"
	print "}"
	print "complete -o filenames -F " f " " name
}
function zsh(   i, spec, what) {
	print "#compdef " name
	print "_arguments -s -S \\"
	for (i = 1; i <= n; i++) {
		what = h[i]
		gsub(/\[|\]|:|\\/, "\\\\&", what)
		spec = "[" what "]"
		if (is_file(v[i]))
			spec = spec ":" v[i] ":_files"
		else if (v[i] != "")
			spec = spec (may[i] ? "::" : ":") v[i] ":" \
			    (list[i] == "" ? " " : \
			    "(" list[i] ")")
		if (s[i] == "")
			print "\t" quoted("--" l[i] (v[i] == "" ? "" : \
			    may[i] ? "=-" : "=") spec) " \\"
		else
			print "\t" quoted("(-" s[i] " --" l[i] ")") "{-" s[i] \
			    (v[i] == "" ? "" : "+") ",--" l[i] \
			    (v[i] == "" ? "" : "=") "}" quoted(spec) " \\"
	}
	print "\t" quoted("*:file:_files")
}
function fish(   i) {
	for (i = 1; i <= n; i++)
		print "complete -c " name (s[i] == "" ? "" : " -s " s[i]) \
		    " -l " l[i] (v[i] == "" ? "" : is_file(v[i]) ? " -r -F" : \
		    (may[i] ? "" : " -x") (list[i] == "" ? "" : " -a " \
		    quoted(list[i]))) \
		    " -d " quoted(h[i])
}
'
