# SPDX-License-Identifier: ISC
# corpus-shards.awk - write the rows of `dedupe -a` that are no copies to
# OUT/part-NNNN.tsv, whole documents until SHARD bytes are reached.
function finish(   i) {
	if (n == 0)
		return
	if (copy != "")
		count("copy")
	else if (words < ENVIRON["WORDS"])
		count("short")
	else {
		count("kept")
		if (part == "" || size + bytes > ENVIRON["SHARD"])
			next_part()
		for (i = 1; i <= n; i++)
			print row[i] >part
		size += bytes
	}
	n = bytes = words = 0
}
function count(why) {
	docs[why]++
	rows[why] += n
}
function next_part() {
	if (part != "")
		close(part)
	part = sprintf("%s/part-%04d.tsv", ENVIRON["OUT"], parts++)
	size = 0
}
function tell(step, why) {
	printf "%s\t%s\t%d\t%d\n", step, why, docs[why], rows[why] \
	    >ENVIRON["COUNTS"]
}
$1 != doc {
	finish()
	doc = $1
	copy = $NF
}
{
	words += split($3, ignored, " ")
	sub(/\t[^\t]*$/, "")
	row[++n] = $0
	bytes += length($0) + 1
}
END {
	finish()
	tell("dedupe", "copy")
	tell("length", "short")
	tell("written", "kept")
}
