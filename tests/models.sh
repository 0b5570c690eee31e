#!/bin/sh
# SPDX-License-Identifier: ISC
# Compare the parsers with their slow models on COUNT random inputs each, a
# million if it is not set; tests/run.sh does so on 20000.
#
# usage: tests/models.sh
# Prints what tests/run.sh prints, and the seconds that each took.  BUILD is
# the build folder.
set -u
cd "$(dirname "$0")/.." || exit 2
COUNT=${COUNT:-1000000}
export COUNT
status=0
for unit in tests/unit/*.c; do
	grep -q 'check_count()' "$unit" || continue
	unit=${unit##*/}
	begin=$(date +%s)
	"${BUILD:-build}/unit/${unit%.c}" || status=1
	echo "# ${unit%.c}: $COUNT inputs, $(($(date +%s) - begin)) s"
done
exit "$status"
