#!/bin/bash
# SPDX-License-Identifier: ISC
# Media monitor: what the people on a list have newly said, in the pages that
# a crawler puts into a folder.  Cron mails what it prints, so there is mail
# only when there is something:
#
#	MAILTO=desk@example.org
#	*/15 * * * * media-monitor.sh ~/inbox ~/monitor
#
# usage: media-monitor.sh INBOX STATE
#   INBOX/*.txt    new pages; they end up in STATE/done
#   STATE/people   names as quotes(1) resolves them, one a line
#   STATE/seen     what was told before, an index of dedupe(1)
#   STATE/log      what the tools have to say
#
# Runs do not overlap: one that finds another at work leaves.  If a run is
# killed or a tool fails, nothing is lost: pages and index are as they were
# until the news is out, so the next run tells it.
set -euo pipefail
shopt -s nullglob
export LC_ALL=C
[ $# -eq 2 ] || {
	sed -n 's/^# usage/usage/p' "$0" >&2
	exit 2
}
inbox=$1 state=$2
here=$(dirname "$0")

exec 9>"$state/lock"
flock -n 9 || exit 0
pages=("$inbox"/*.txt)
[ ${#pages[@]} -gt 0 ] || exit 0
rm -rf "$state/next"
mkdir -p "$state/next" "$state/done"
[ ! -f "$state/seen" ] || cp "$state/seen" "$state/next/seen"

# Status 1 says that damaged input was skipped: no reason to stop for good.
use() {
	"$@" 2>>"$state/log" || [ $? -eq 1 ]
}

# Rows `page number speaker: quotation`, so that dedupe compares statements.
# shellcheck disable=SC2016 # awk's dollars
use docsplit "${pages[@]}" | use declutter | use quotes |
	PEOPLE=$state/people awk -F '\t' '
	BEGIN {
		while ((getline name <ENVIRON["PEOPLE"]) > 0)
			wanted[name] = 1
	}
	$9 in wanted { print $1 "\t" ++n[$1] "\t" $9 ": " $8 }' |
	use dedupe -b --index="$state/next/seen" |
	awk -F '\t' -f "$here/unescape.awk" -f <(printf %s '
	{ print one_line($3) "\n    " one_line($1) }') >"$state/next/news"

cat "$state/next/news"
[ ! -f "$state/next/seen" ] || mv -f "$state/next/seen" "$state/seen"
mv -f -- "${pages[@]}" "$state/done/"
