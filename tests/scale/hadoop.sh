#!/bin/bash
# SPDX-License-Identifier: ISC
# Hadoop Streaming with its local runner: no cluster, but the same program
# with the same options.  Run by tests/scale.sh.
set -u
need java
streaming=$BUILD/scale/hadoop-streaming.jar
jars=$(echo "$BUILD"/scale/spark/lib/python3*/site-packages/pyspark/jars)
if [ ! -e "$streaming" ] || [ ! -d "$jars" ]; then
	echo 'not ok - scale: Hadoop is missing, see tests/setup.sh'
	exit 1
fi

# `hadoop jar FILE ...`, with the classes of Hadoop that Spark has.
mkdir bin
cat >bin/hadoop <<END
#!/bin/sh
shift 2
exec java -Xmx512m -cp "$streaming:$jars/*" \\
	org.apache.hadoop.streaming.HadoopStreaming "\$@"
END
chmod +x bin/hadoop
PATH=$PWD/bin:$PATH

fails() {
	rm -rf folded found
	recipe 'Hadoop Streaming' 1 |
		sed 's/entities/entities -x/; /^sort/d' >script
	! bash -e script && [ ! -e found/_SUCCESS ]
}

ok 'Hadoop Streaming, entities' run 'Hadoop Streaming' 1
ok 'Hadoop Streaming, sketches matched' run 'Hadoop Streaming' 2 &&
	ok 'Hadoop Streaming, matches resolved' run 'Hadoop Streaming' 3
ok 'Hadoop Streaming notices a tool that fails' fails
