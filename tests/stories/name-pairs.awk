# SPDX-License-Identifier: ISC
# name-pairs.awk - rows of entities to `count name name`: how many paragraphs
# have both.  A paragraph of more than thirty names is a list and tells
# little, so no more than thirty of its names are paired.
function pairs(   i, j) {
	for (i = 1; i < n; i++)
		for (j = i + 1; j <= n; j++)
			count[name[i] < name[j] ? name[i] "\t" name[j] : \
			    name[j] "\t" name[i]]++
	n = 0
	split("", here)
}
$1 != doc || $2 != block {
	pairs()
	doc = $1
	block = $2
}
!($7 in here) && n < 30 {
	here[$7] = 1
	name[++n] = $7
}
END {
	pairs()
	for (pair in count)
		print count[pair] "\t" pair
}
