# SPDX-License-Identifier: ISC
# corpus-labels.awk - of the rows of `declutter -a` pass those that are kept,
# without the columns label and score; count the others by label.
{ seen[$1] = 1 }
$NF < 0.5 {
	gone[$(NF - 1)]++
	next
}
{
	kept[$1] = 1
	sub(/\t[^\t]*\t[^\t]*$/, "")
	print
}
END {
	for (label in gone)
		print "declutter\t" label "\t0\t" gone[label] >ENVIRON["COUNTS"]
	for (doc in seen)
		empty += !(doc in kept)
	print "declutter\tno article\t" empty + 0 "\t0" >ENVIRON["COUNTS"]
}
