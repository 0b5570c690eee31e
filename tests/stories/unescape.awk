# SPDX-License-Identifier: ISC
# unescape.awk - a field of newsieve's rows as the text it stands for.
#
# Load it before a program of your own: awk -f unescape.awk -f yours.awk
# It works in gawk, mawk, busybox and the original awk.  No row ever holds
# the character \001, so that can stand for a backslash meanwhile.
function plain(s) {
	if (!index(s, "\\"))
		return s
	gsub(/\\\\/, "\001", s)
	gsub(/\\t/, "\t", s)
	gsub(/\\n/, "\n", s)
	gsub(/\\r/, "\r", s)
	gsub(/\001/, "\\", s)
	return s
}

# The same on one line, for lists that people read.
function one_line(s) {
	s = plain(s)
	gsub(/[\t\n\r]+/, " ", s)
	return s
}
