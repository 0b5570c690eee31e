#!/bin/bash
# SPDX-License-Identifier: ISC
# The stories of tests/stories, from end to end on the sample pages, as users
# have them: copied to a folder of their own, in an environment of UTF-8.  What
# must come out is in tests/stories/NAME.out, of what is a matter of the model
# only as much as is plain.  Prints `ok` and `not ok` lines; what asks for a
# program that is not installed is passed over, and that is said.
# shellcheck disable=SC2016,SC2317 # checks are given by name, or as text
set -u
cd "$(dirname "$0")/.." || exit 2
root=$PWD
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$root/$BUILD ;; esac
PATH=$BUILD/bin:$PATH:$BUILD/check/duckdb/bin
export LC_ALL=C.UTF-8
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
status=0
mkdir "$tmp/stories" "$tmp/pages"
cp tests/stories/*.sh tests/stories/*.awk tests/stories/*.sql "$tmp/stories"
cp tests/pages/* "$tmp/pages"
cd "$tmp" || exit 2
PATH=$tmp/stories:$PATH

# ok WHAT COMMAND...
ok() {
	if "${@:2}" >said 2>&1; then
		echo "ok - story: $1"
	else
		head -12 said err 2>/dev/null | sed 's/^/# /'
		echo "not ok - story: $1"
		status=1
	fi
}

# same NAME FILE: the file is what the story NAME must give.
same() {
	diff "$root/tests/stories/$1.out" "$2"
}

# have PROGRAM...: whether all are installed, said if not.
have() {
	for program; do
		command -v "$program" >/dev/null && continue
		echo "# passed over: no $program"
		return 1
	done
}

monitor() {
	setsid -w media-monitor.sh inbox state >news 2>err
}

# The monitor, with COMMAND in the place of one of its tools.
monitor_with() {
	mkdir with
	printf '#!/bin/sh\n%s\n' "$2" >"with/$1"
	chmod +x "with/$1"
	PATH=$tmp/with:$PATH monitor 2>/dev/null
	code=$?
	rm -r with
}

media_monitor() {
	mkdir -p inbox state
	printf 'Johann Maier\nRenée Lindner\n' >state/people
	cp pages/valley-1.txt pages/valley-2.txt inbox

	# Killed at work, and between telling and remembering: `kill 0` ends
	# all that setsid began.
	monitor_with quotes 'kill -9 0'
	ok 'media monitor: killed at work it tells nothing' \
		test "$code $(wc -c <news)" = '137 0'
	monitor_with mv 'kill -9 0'
	ok 'media monitor: killed late it has told' same media-monitor news
	monitor_with declutter 'exit 2'
	ok 'media monitor: a tool that fails ends it' \
		test "$code $(wc -c <news)" = '1 0'
	ok 'media monitor: pages stay until all is done' \
		test -f inbox/valley-1.txt

	# While another run has the lock.
	exec 8>state/lock
	flock 8
	monitor
	ok 'media monitor: a second run leaves at once' test ! -s news
	exec 8>&-
	ok 'media monitor: a run' monitor
	ok 'media monitor: what it tells' same media-monitor news
	ok 'media monitor: pages are put away' test -f state/done/valley-1.txt

	cp pages/valley-1.txt inbox/again.txt
	ok 'media monitor: the next run' monitor
	ok 'media monitor: what was told is not told again' test ! -s news
	rm -f inbox/*
	ok 'media monitor: no pages' monitor
}

who_said_what() {
	ok 'who said what' eval 'who-said-what.sh pages/crawl.warc.wet \
		>said.tsv 2>err'
	awk -F '\t' '$4 == "direct"' said.tsv >direct.tsv
	ok 'who said what: direct quotations' same who-said-what direct.tsv
}

# All rows that were read are accounted for.
adds_up() {
	awk -F '\t' '$1 == "read" { read += $4 }
		NR > 1 && $1 != "read" { gone += $4 }
		END { print read, gone; exit read != gone || read == 0 }' \
		corpus/counts.tsv
}

# The shards hold whole documents in rows, and what was counted as written.
shards() {
	gzip -cd corpus/part-*.tsv.gz >all.tsv &&
		docsplit -f rows all.tsv 2>&1 | cmp - all.tsv &&
		awk -F '\t' '$1 == "written" { print $4 }' corpus/counts.tsv |
		grep -qx "$(wc -l <all.tsv)"
}

corpus() {
	gzip -c pages/crawl.warc.wet >one.warc.wet.gz
	cp pages/crawl.warc.wet two.warc.wet
	ok 'corpus' env SHARD=2000 corpus.sh corpus one.warc.wet.gz two.warc.wet
	grep -v '^declutter' corpus/counts.tsv | cut -f 1-3 >counts
	(cd corpus && echo part*) >>counts
	ok 'corpus: what went' same corpus counts
	ok 'corpus: nothing is lost' adds_up
	ok 'corpus: its shards' shards
}

names_in_time() {
	ok 'names in time' env TOP=3 names-in-time.sh time pages/*.txt
	awk -F '\t' 'NR == 1 { split($0, name) } NR > 1 {
		line = $1
		for (i = 2; i <= NF; i++)
			line = line ($i > 0 ? "\t" name[i] : "")
		print line }' time/timeline.tsv >when
	ok 'names in time: who when' same names-in-time when
	ok 'names in time: who with whom' grep -q \
		'"Helvia Ferries" -- "Thomas Keller" \[label=1' time/graph.dot
	if have gnuplot; then
		ok 'names in time: drawn as SVG' "$root/tests/stories.py" \
			svg time/timeline.svg Kirnbach
		ok 'names in time: drawn as PNG' \
			test "$(head -c 4 time/timeline.png | tail -c 3)" = PNG
	fi
	if have dot; then
		ok 'names in time: the graph drawn' "$root/tests/stories.py" \
			svg time/graph.svg 'Thomas Keller'
		# Names that try to leave their quotes.
		printf '1\ta"b\\\\nc\tx&amp;<y>\n' >pairs
		awk -F '\t' '{ OFS = "\t"; $5 = "PER"
			$7 = $2; print; $7 = $3; print }' pairs >names
		awk -F '\t' -f stories/unescape.awk -f stories/names-graph.awk \
			part=1 names part=2 pairs >odd.dot
		dot -Tsvg odd.dot >odd.svg
		ok 'names in time: odd names' "$root/tests/stories.py" \
			svg odd.svg 'a"b\nc' 'x&amp;<y>'
	fi
}

wire_archive() {
	ok 'wire archive' wire-archive.sh wire pages/*.txt pages/crawl.warc.wet
	cat wire/stories.tsv wire/sites.tsv >wire.tsv
	ok 'wire archive: who copied whom' same wire-archive wire.tsv
}

sql() {
	have sqlite3 || return
	ok 'SQL: SQLite' eval 'sql.sh sqlite pages.db pages/*.txt >lite 2>err'
	head -5 lite >most
	ok 'SQL: who is quoted most' same sql most
	ok 'SQL: who speaks of money' grep -q \
		"^EUR 9000000	Clara Vogt	pages/valley-1.txt" lite
	have duckdb || return
	ok 'SQL: DuckDB' eval 'sql.sh duckdb pages.duck pages/*.txt >duck 2>err'
	ok 'SQL: both say the same' cmp lite duck
}

# A page that would like to be more than text.
hostile_page() {
	sed -e 's|freezing quay|<script>document.title="owned"</script> quay|' \
		-e 's|Paul Renard|Paul " onclick=\x27x\x27 Renard|' \
		-e 's|the town|C:\\new\\table \&amp;\tthe &lt;b&gt; town|' \
		-e 's|Lausanne\.|Lausanne <!-- .|' pages/courier-1.txt
}

chromium_shows() {
	timeout 60 chromium --headless --no-sandbox --disable-gpu \
		--user-data-dir="$tmp/chromium" "$@" "file://$tmp/view.html"
}

reading_view() {
	hostile_page >'odd <i> & "page".txt'
	for page in pages/courier-1.txt 'odd <i> & "page".txt'; do
		ok "reading view: $page" \
			eval 'reading-view.sh "$page" >view.html 2>err'
		docsplit "$page" | declutter >kept
		ok "reading view: the text of $page is whole" \
			"$root/tests/stories.py" view kept view.html
	done
	have chromium || return
	# As the page's own rules have it: back for light, and for dark.
	chromium_shows --window-size=760,900 --screenshot="$tmp/light.png" \
		>err 2>&1
	ok 'reading view: drawn by Chromium, light' \
		"$root/tests/stories.py" corner light.png fdfcf9
	chromium_shows --window-size=760,900 --screenshot="$tmp/dark.png" \
		--blink-settings=preferredColorScheme=0 >err 2>&1
	ok 'reading view: drawn by Chromium, dark' \
		"$root/tests/stories.py" corner dark.png 17181b
	ok 'reading view: drawn with text' test "$(wc -c <dark.png)" -gt 10000
	chromium_shows --dump-dom >dom.html 2>err
	ok 'reading view: the same text in Chromium' \
		"$root/tests/stories.py" view kept dom.html
}

brat() {
	hostile_page >odd.txt
	ok 'brat' brat.sh brat pages/*.txt odd.txt
	ok 'brat: a reader of the format takes it' \
		"$root/tests/stories.py" brat brat
	ok 'brat: seven pages' test "$(find brat -name '*.ann' | wc -l)" -eq 7
}

# Status 2 and the line that tells how it is called.
says_usage() {
	"$1" >out 2>err
	[ $? -eq 2 ] && [ ! -s out ] && [ "$(wc -l <err)" -eq 1 ] &&
		grep -q "^usage: $1 " err
}

for story in brat corpus media-monitor names-in-time sql wire-archive; do
	ok "$story: usage" says_usage "$story.sh"
done
media_monitor
who_said_what
corpus
names_in_time
wire_archive
sql
reading_view
brat
exit "$status"
