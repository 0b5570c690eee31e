# SPDX-License-Identifier: ISC
# names-graph.awk - pairs of names as a Graphviz graph: an edge is as thick as
# the two stand in one paragraph often.
#
# usage: awk -F '\t' -f unescape.awk -f names-graph.awk \
#	part=1 names.tsv part=2 pairs.tsv
# names.tsv are rows of entities, pairs.tsv is `count name name`.

# Awks differ in what a backslash means to gsub, so this goes without.
function swap(s, from, to,   out, i) {
	while (i = index(s, from)) {
		out = out substr(s, 1, i - 1) to
		s = substr(s, i + length(from))
	}
	return out s
}
# A name between the quotes of DOT, where character references count, too.
function quoted(s) {
	s = swap(one_line(s), "\\", "\\\\")
	return "\"" swap(swap(s, "&", "&amp;"), "\"", "\\\"") "\""
}
function node(name) {
	if (!(name in drawn))
		print "\t" quoted(name) " [shape=" shape[type[name]] "]"
	drawn[name] = 1
}
BEGIN {
	shape["PER"] = "ellipse"
	shape["ORG"] = "box"
	shape["LOC"] = "hexagon"
	print "graph names {"
	print "\tnode [fontname=\"sans-serif\"]"
}
part == 1 {
	type[$7] = $5
	next
}
{
	node($2)
	node($3)
	print "\t" quoted($2) " -- " quoted($3) " [label=" $1 \
	    ", penwidth=" ($1 < 8 ? $1 : 8) "]"
}
END { print "}" }
