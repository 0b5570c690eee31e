# SPDX-License-Identifier: ISC
# brat.awk - rows of text, and what is marked in them, as brat's standoff.
#
# usage: OUT=FOLDER awk -F '\t' -f unescape.awk -f brat.awk \
#	part=1 entities.tsv part=2 quotes.tsv part=3 rows.tsv
# It prints the types of entities it has met.

# A block is a line of the file: what would break it becomes a space, so that
# offsets stay right.
function line_of(s) {
	s = plain(s)
	gsub(/[\t\n\r]/, " ", s)
	return s
}

# How many code points a text has; awk counts bytes here.
function points(s) {
	gsub(/[\200-\277]/, "", s)
	return length(s)
}

# A name for the files: the number of the page, and of its key what no file
# system or shell minds.
function file_of(key) {
	key = one_line(key)
	sub(/\.txt$/, "", key)
	gsub(/[^A-Za-z0-9._-]+/, "-", key)
	return sprintf("%s/%04d-%s", ENVIRON["OUT"], ++pages, \
	    substr(key, length(key) > 80 ? length(key) - 79 : 1))
}

function mark(type, start, end, text) {
	print "T" ++marks "\t" type " " base + start " " base + end "\t" \
	    line_of(text) >ann
	return "T" marks
}

function note(id, text) {
	print "#" ++notes "\tAnnotatorNotes " id "\t" line_of(text) >ann
}

# The names and values of the block, rows FROM to TO of `entity`.  Those of
# one canonical name are numbered from 1 in `start`, `stop` and `id`.
function put_entities(from, to,   i, f, k) {
	split("", count)
	split("", passed)
	for (i = from; i <= to; i++) {
		split(entity[i], f, "\t")
		count[f[7]]++
		k = f[7] SUBSEP count[f[7]]
		start[k] = f[3]
		stop[k] = f[4]
		id[k] = mark(f[5], f[3], f[4], f[6])
		if (f[7] != f[6])
			note(id[k], f[7])
		types[f[5]] = 1
	}
}

# The mention of `who` nearest to the text from `from` to `to`, "" if there is
# none outside of it.  Quotations come in order: what was passed is not looked
# at again.
function nearest(who, from, to,   i, before, after) {
	i = passed[who]
	while (i < count[who] && stop[who, i + 1] + 0 <= from)
		i++
	passed[who] = i
	before = i > 0 ? from - stop[who, i] : -1
	while (i < count[who] && start[who, i + 1] + 0 < to)
		i++
	after = i < count[who] ? start[who, i + 1] - to : -1
	if (before < 0 && after < 0)
		return ""
	return before < 0 || (after >= 0 && after < before) ? \
	    id[who, i + 1] : id[who, passed[who]]
}

# Its quotations.
function put_quotes(from, to,   i, f, q, name) {
	for (i = from; i <= to; i++) {
		split(quote[i], f, "\t")
		q = mark("Quote", f[3], f[4], f[8])
		print "A" ++attributes "\tKind " q " " f[5] >ann
		note(q, f[9] " (" f[7] ")")
		name = nearest(f[9], f[3] + 0, f[4] + 0)
		if (name != "")
			print "R" ++relations "\tSpeaker Arg1:" q " Arg2:" \
			    name >ann
	}
}

# Put row N of a list behind the others of its block: they stand together.
function add(first, last, n) {
	if (!(($1, $2) in first))
		first[$1, $2] = n
	last[$1, $2] = n
}
part == 1 {
	entity[++nentities] = $0
	add(efirst, elast, nentities)
	next
}
part == 2 {
	quote[++nquotes] = $0
	add(qfirst, qlast, nquotes)
	next
}
$1 != doc {
	if (doc != "") {
		close(txt)
		close(ann)
	}
	doc = $1
	name = file_of(doc)
	txt = name ".txt"
	ann = name ".ann"
	printf "" >ann
	base = marks = notes = attributes = relations = 0
}
{
	text = line_of($3)
	print text >txt
	k = $1 SUBSEP $2
	put_entities(k in efirst ? efirst[k] : 1, k in efirst ? elast[k] : 0)
	if (k in qfirst)
		put_quotes(qfirst[k], qlast[k])
	base += points(text) + 1
}
END {
	for (type in types)
		print type
}
