#!/bin/bash
# SPDX-License-Identifier: ISC
# Shards that are made again after a kill; run by tests/scale.sh.
set -u
recipe Shards 1 >shard.sh
entities=$(command -v entities)
docsplit=$(command -v docsplit)

# Half of the rows, a while, the rest.
mkdir slow broken
cat >slow/entities <<END
#!/bin/sh
$entities "\$@" | awk 'NR == 40 { fflush(); system("sleep 2") } { print }'
END
# Half of the rows, then none.
cat >broken/docsplit <<END
#!/bin/sh
$docsplit "\$@" | head -n 40
exit 137
END
chmod +x slow/entities broken/docsplit

whole() {
	seq 8 | while read -r n; do
		[ ! -e "part-$n" ] || cmp "part-$n" "want-$n" || return 1
	done
}

# Some shards are whole, some begun when all is killed.
killed() {
	PATH=$PWD/slow:$PATH setsid bash -c \
		'seq 8 | xargs -P 2 -I {} bash shard.sh {} 8' &
	group=$!
	for _ in $(seq 100); do
		[ -e part-1 ] && ls part-[3-8].* >/dev/null 2>&1 && break
		sleep 0.1
	done
	sleep 0.5
	kill -KILL -- "-$group"
	wait "$group"
	[ ! -e part-8 ] && find . -name 'part-*.*' -size +0 | grep -q . && whole
}

# What is whole is left alone.
again() {
	before=$(stat -c %i part-1)
	run Shards 2 && whole && [ "$(stat -c %i part-1)" = "$before" ]
}

half_a_pipe() {
	rm -f part-*
	PATH=$PWD/broken:$PATH bash shard.sh 3 8 && return 1
	[ ! -e part-3 ] && bash shard.sh 3 8 && cmp part-3 want-3
}

ok 'shards are the serial run' run Shards 2
for n in 1 2 3 4 5 6 7 8; do
	mv "part-$n" "want-$n"
done
ok 'shards that were killed are whole or not there' killed
ok 'shards go on after a kill' again
ok 'a shard of half a pipe is none' half_a_pipe
