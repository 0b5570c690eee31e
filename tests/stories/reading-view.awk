# SPDX-License-Identifier: ISC
# reading-view.awk - rows of text as an HTML page, with what the rows of the
# files ENTITIES and QUOTES say of them.  Offsets are bytes; all three are in
# the same order, so each is read once.  Run it behind unescape.awk.

# Text between tags and between quotation marks.
function html(s) {
	gsub(/&/, "\\&amp;", s)
	gsub(/</, "\\&lt;", s)
	gsub(/>/, "\\&gt;", s)
	gsub(/"/, "\\&quot;", s)
	gsub(/\047/, "\\&#39;", s)
	return s
}

# The next row of a file into ahead[file, ...]; its doc is "" at the end.
function advance(file,   line, f, n, i) {
	ahead[file, 1] = ""
	if ((getline line <file) <= 0)
		return
	n = split(line, f, "\t")
	for (i = 1; i <= n; i++)
		ahead[file, i] = f[i]
}

# Whether the row ahead in a file lies in this block before `end`.  What
# begins before `done` overlaps with something that is marked: it is left out.
function is_next(file, end) {
	while (ahead[file, 1] == doc && ahead[file, 2] + 0 == block && \
	    ahead[file, 3] + 0 < done)
		advance(file)
	return ahead[file, 1] == doc && ahead[file, 2] + 0 == block && \
	    ahead[file, 3] + 0 < end
}

# Print the text up to `end`, names marked.
function names(end,   start, stop, type) {
	while (is_next(entities, end)) {
		start = ahead[entities, 3]
		stop = ahead[entities, 4]
		if (stop > end)
			stop = end
		type = ahead[entities, 5]
		printf "%s<mark class=\"%s\" title=\"%s\">%s</mark>", \
		    html(substr(text, done + 1, start - done)), html(type), \
		    html(type ": " one_line(ahead[entities, 7])), \
		    html(substr(text, start + 1, stop - start))
		done = stop + 0
		advance(entities)
	}
	printf "%s", html(substr(text, done + 1, end - done))
	done = end
}

# Print the text, with quotations and who speaks them.
function quotations(   stop, who) {
	done = 0
	while (is_next(quotes, length(text))) {
		names(ahead[quotes, 3] + 0)
		stop = ahead[quotes, 4] + 0
		who = one_line(ahead[quotes, 9])
		printf "<q class=\"%s\" title=\"%s: %s\">", \
		    html(ahead[quotes, 5]), html(who == "" ? "?" : who), \
		    html(one_line(ahead[quotes, 7]))
		names(stop)
		printf "</q>"
		# The name stands behind the last of several in a row.
		group = ahead[quotes, 10]
		advance(quotes)
		if (who != "" && !(ahead[quotes, 1] == doc && \
		    ahead[quotes, 2] == block && ahead[quotes, 10] == group))
			printf "<cite>%s</cite>", html(who)
	}
	names(length(text))
}

BEGIN {
	entities = ENVIRON["ENTITIES"]
	quotes = ENVIRON["QUOTES"]
	advance(entities)
	advance(quotes)
	print "<!DOCTYPE html>"
	print "<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">"
	print "<meta http-equiv=\"Content-Security-Policy\"" \
	    " content=\"default-src 'none'; style-src 'unsafe-inline'\">"
	print "<meta name=\"viewport\" content=\"width=device-width\">"
	print "<title>Reading view</title>"
	print "<style>"
	print ":root { color-scheme: light dark;"
	print "\t--back: #fdfcf9; --ink: #1d1d1f; --soft: #6b6b70;"
	print "\t--per: #cfe3ff; --org: #ffe2b8; --loc: #cdeccd;"
	print "\t--value: #e6dcf7; --quote: #b5482f }"
	print "@media (prefers-color-scheme: dark) { :root {"
	print "\t--back: #17181b; --ink: #e6e6e3; --soft: #9a9aa0;"
	print "\t--per: #1f4272; --org: #66471a; --loc: #24512b;"
	print "\t--value: #45366a; --quote: #f0977f } }"
	print "body { background: var(--back); color: var(--ink);"
	print "\tfont: 1.05rem/1.6 Georgia, serif; max-width: 42rem;"
	print "\tmargin: 2rem auto; padding: 0 1rem }"
	print "h1, cite, .key { font-family: system-ui, sans-serif }"
	print "h1 { font-size: 1rem; color: var(--soft) }"
	print "p { margin: 0 0 .8rem; overflow-wrap: anywhere }"
	print "mark { background: var(--value); color: inherit;"
	print "\tborder-radius: .2rem; padding: 0 .15rem }"
	print ".PER { background: var(--per) }"
	print ".ORG { background: var(--org) }"
	print ".LOC { background: var(--loc) }"
	print "q { quotes: none; color: var(--quote) }"
	print "q.indirect { border-bottom: 1px dotted }"
	print "q mark { color: var(--ink) }"
	print "cite { font-size: .72rem; font-style: normal;"
	print "\tcolor: var(--soft); border: 1px solid; border-radius: 1rem;"
	print "\tpadding: 0 .45rem; margin: 0 .25rem; white-space: nowrap }"
	print ".key { font-size: .8rem }"
	print "</style>\n</head>\n<body>"
	print "<p class=\"key\"><mark class=\"PER\">person</mark>" \
	    " <mark class=\"ORG\">body</mark> <mark class=\"LOC\">place" \
	    "</mark> <mark>other name, date, sum</mark>" \
	    " <q>quotation</q><cite>speaker</cite></p>"
}
$1 != doc {
	if (doc != "")
		print "</article>"
	doc = $1
	print "<article>\n<h1>" html(one_line(doc)) "</h1>"
}
{
	block = $2 + 0
	text = plain($3)
	printf "<p dir=\"auto\">"
	quotations()
	print "</p>"
}
END {
	if (doc != "")
		print "</article>"
	print "</body>\n</html>"
}
