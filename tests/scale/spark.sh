#!/bin/bash
# SPDX-License-Identifier: ISC
# Apache Spark with two workers, each a process of its own; run by
# tests/scale.sh.
set -u
PATH=$BUILD/scale/spark/bin:$PATH
need java spark-submit
export SPARK_LOCAL_IP=127.0.0.1 PYSPARK_PYTHON=$BUILD/scale/spark/bin/python

# submit MASTER: a session, from standard input.
submit() {
	{
		echo 'from pyspark import SparkContext'
		echo 'sc = SparkContext()'
		cat
	} >job.py
	spark-submit --master "$1" job.py 2>&1 | tee log
	return "${PIPESTATUS[0]}"
}

both() {
	{
		recipe 'Apache Spark' 1
		recipe 'Apache Spark' 3
	} | submit 'local-cluster[2,1,1024]'
}

# A tool that fails must fail the job.
fails() {
	{
		recipe 'Apache Spark' 1 | sed 's/entities/entities -x/
			s/"found"/"failed"/'
	} | submit 'local[2]' && return 1
	grep 'exited with error code 2' log && [ ! -e failed/_SUCCESS ]
}

ok 'Spark session' both &&
	ok 'Spark, RDD.pipe of folded rows' run 'Apache Spark' 2
ok 'Spark, steps of dedupe' run 'Apache Spark' 4
ok 'Spark notices a tool that fails' fails
