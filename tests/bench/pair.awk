# SPDX-License-Identifier: ISC
# A line of bench.sh, from rows of what both took: CPU, wall, megabytes each.
# The command compared with is in the environment as `their`.

function median(v, n,   i, j, x) {
	for (i = 2; i <= n; i++)
		for (j = i; j > 1 && v[j] < v[j - 1]; j--) {
			x = v[j]; v[j] = v[j - 1]; v[j - 1] = x
		}
	return (v[int((n + 1) / 2)] + v[int(n / 2) + 1]) / 2
}

function column(k,   v, i) {
	for (i = 1; i <= NR; i++)
		v[i] = taken[i, k]
	return median(v, NR)
}

{
	for (k = 1; k <= 6; k++)
		taken[NR, k] = $k > 0.001 ? $k : 0.001
	ratio[NR] = taken[NR, 4] / taken[NR, 1]
}

END {
	their = ENVIRON["their"]
	sub("^" me " .*/", "", their)
	sub(/ <.*| [a-z.]*$/, "", their)
	middle = median(ratio, NR)
	printf "%-23s %6.2f %5.0f %5.2f %5.0f  %-24s %6.2f %6.2f %5.0f  ",
	    name, column(1), bytes / column(1) / 1000000, column(2), column(3),
	    substr(their, 1, 24), column(4), column(5), column(6)
	printf "%-18s %5.2f %6.2f\n",
	    sprintf("%.2f (%.2f-%.2f)", middle, ratio[1], ratio[NR]),
	    column(5) / column(2), column(6) / column(3)
}
