#!/bin/bash
# SPDX-License-Identifier: ISC
# The index of dedupe when runs are killed, meet each other or find no room:
# what it holds is what whole runs left there, always.
#
# usage: tests/slow/index.sh [kills]
# The default is 200; 10000 take some minutes.
set -u
cd "$(dirname "$0")/../.." || exit 2
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
PATH=$BUILD/bin:$PATH
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
cd "$tmp" || exit 2
status=0

# is WHAT WANTED GOT
is() {
	if [ "$2" = "$3" ]; then
		echo "ok - index: $1"
	else
		printf '# wanted %s, got %s\n' "$2" "$3"
		head -3 err 2>/dev/null | sed 's/^/# /'
		echo "not ok - index: $1"
		status=1
	fi
}

# Documents of made-up words; every third one is a copy with some words lost.
awk 'BEGIN {
	for (d = 0; d < 1000; d++) {
		printf "d%04d\t1\t", d
		if (d % 3 == 2) {
			n = split(text, word, " ")
			for (i = 1; i <= n; i++)
				if (i % 17 != d % 17) printf "%s ", word[i]
		} else {
			text = ""
			for (i = 0; i < 90; i++) {
				x = (x * 69069 + 12345) % 4294967296
				text = text sprintf("w%x ", int(x / 65536) % 9000)
			}
			printf "%s", text
		}
		print ""
	}
}' >docs.tsv
split -l 10 -d -a 3 docs.tsv part.
dedupe docs.tsv >whole
dedupe -r docs.tsv >report
is 'the documents have copies' '333' "$(wc -l <report)"

for part in part.*; do
	dedupe --index ix "$part"
done >parts 2>err
is 'a hundred runs pass what one does' "$(cksum <whole)" "$(cksum <parts)"
for part in part.*; do
	dedupe --index ix2 -r "$part"
done >parts 2>err
is 'a hundred runs report what one does' "$(cksum <report)" "$(cksum <parts)"
is 'the index takes less than 500 bytes for each' yes \
	"$([ "$(wc -c <ix)" -lt $((500 * $(wc -l <whole))) ] && echo yes)"

# Runs that forget rewrite the file; they are killed as well.
killed=$(python3 - "${1:-200}" <<'PY'
import os, random, subprocess, sys, time
random.seed(4)
kills, done, part, landed = int(sys.argv[1]), [], 0, 0
parts = sorted(f for f in os.listdir(".") if f.startswith("part."))
err = open("err", "w")
def passed(name):
    p = subprocess.run(["dedupe", "--index", "kx", "--readonly", name],
                       stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return p.returncode, p.stdout
fresh = {}
for i in range(kills):
    name = parts[part]
    if name not in fresh:
        fresh[name] = passed(name)[1] if part > 0 else None
    more = ["--forget", "52w"] if i % 2 else []
    p = subprocess.Popen(["dedupe", "--index", "kx"] + more + [name],
                         stdout=subprocess.DEVNULL, stderr=err)
    time.sleep(random.random() * 0.006)
    p.kill()
    p.wait()
    if not os.path.exists("kx"):
        continue
    code, out = passed(name)
    if code != 0 or (out and fresh[name] is not None and out != fresh[name]):
        sys.exit("%s: neither the old state nor the new" % name)
    if not out:
        landed += 1
        done.append(name)
        part = (part + 1) % len(parts)
        if part == 0:
            os.unlink("kx")
            done, fresh = [], {}
    if done:
        old = random.choice(done)
        if passed(old) != (0, b""):
            sys.exit("%s: lost" % old)
print("whole")
PY
) 2>>err
is "killed ${1:-200} times" whole "$killed"

# Eight at once, each with lines of its own and the same ones besides.
for i in 1 2 3 4 5 6 7 8; do
	(seq -f "line $i %g" 300 && seq -f 'same %g' 300) >lines.$i
	dedupe -o text --index lx lines.$i >out.$i 2>>err.$i &
done
wait
is 'eight at once lose nothing' "$(sort -u lines.* | cksum)" \
	"$(sort out.* | cksum)"
is 'eight at once, and all is remembered' '0 0' \
	"$(cat lines.* >all; dedupe -o text --index lx all | wc -l) $(
		cat err.* | wc -c)"

cp ix old
awk -F '\t' -v OFS='\t' '{ for (i = 0; i < 9; i++) {
	gsub(/[0-9a-f] /, i "&", $3); print $1 i, 1, $3 } }' docs.tsv >rest
(ulimit -f 400 && exec dedupe --index ix rest) >/dev/null 2>err
is 'no room: status 2, and told' '2 1' "$? $(grep -c 'dedupe: ix: ' err)"
is 'no room: the old index' "$(cksum <old)" "$(cksum <ix)"
sed 's/^/x/' docs.tsv >again
is 'no room: it is of use' 0 "$(dedupe --index ix again 2>err | wc -l)"

exec 9<>ix
flock -x 9
dedupe --index ix --nowait docs.tsv >out 2>err
is 'in use: status 75' 75 $?
timeout 1 dedupe --index ix docs.tsv >out 2>err
is 'in use: waited for' 124 $?
exec 9<&-

# A second goes by between two runs; what is older is forgotten.
rm -f fx
dedupe --index fx part.000 >out 2>err
sleep 2
dedupe --index fx part.050 >out 2>err
cat part.000 part.050 >both
is 'forgotten by age' "$(dedupe part.000 | cksum)" \
	"$(dedupe --index fx --forget 1s both 2>err | cksum)"
exit $status
