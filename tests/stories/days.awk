# SPDX-License-Identifier: ISC
# days.awk - `doc day` for each page: what the document table says, else the
# first full date on the page, else "-".
#
# usage: awk -F '\t' -f days.awk part=1 table.tsv part=2 dates.tsv
# table.tsv comes from `docsplit -m`, dates.tsv from `entities --types=DATE`
# on all rows of the pages, since the line with the date is seldom article.
part == 1 {
	order[++n] = $1
	if ($4 != "")
		day[$1] = $4
	next
}
!($1 in day) && $7 ~ /^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]/ {
	day[$1] = $7
}
END {
	for (i = 1; i <= n; i++)
		print order[i] "\t" (order[i] in day ? day[order[i]] : "-")
}
