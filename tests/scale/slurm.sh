#!/bin/bash
# SPDX-License-Identifier: ISC
# Slurm with two nodes on one host, configured in a scratch folder: slurmctld,
# and for each node a slurmd in a space of processes of its own, so that one
# SIGKILL ends the node and all that works there.  Run by tests/scale.sh.
set -u
PATH=$PATH:/usr/sbin
need slurmctld slurmd sbatch munged
if [ "$(id -u)" -ne 0 ]; then
	echo 'not ok - scale: Slurm needs root, for processes of others'
	exit 1
fi
recipe Shards 1 >shard.sh
entities=$(command -v entities)
mkdir state slow
printf '#!/bin/sh\nsleep 3\nexec %s "$@"\n' "$entities" >slow/entities
chmod +x slow/entities
port=$((20000 + $$ % 20000))
host=$(hostname -s)
export SLURM_CONF=$PWD/slurm.conf

# A dead node is noticed after SlurmdTimeout, its jobs begin again when their
# credentials have expired.
cat >slurm.conf <<END
ClusterName=newsieve
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$PWD/munge.socket,cred_expire=5
CredType=cred/munge
SlurmctldPort=$port
SlurmctldPidFile=$PWD/slurmctld.pid
SlurmctldLogFile=$PWD/slurmctld.log
SlurmdPidFile=$PWD/slurmd-%n.pid
SlurmdLogFile=$PWD/slurmd-%n.log
SlurmdSpoolDir=$PWD/spool-%n
StateSaveLocation=$PWD/state
SlurmdTimeout=5
JobRequeue=1
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SchedulerType=sched/builtin
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
NodeName=node1 NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + 1)) CPUs=2
NodeName=node2 NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + 2)) CPUs=2
PartitionName=all Nodes=node[1-2] Default=YES State=UP
END

node() {
	unshare --pid --fork --mount-proc --kill-child=KILL \
		slurmd -D -N "$1" &
}

# What was begun is ended, whatever became of it; unshare takes no SIGTERM.
node1='' node2='' control=''
finish() {
	for pid in $node1 $node2 $control $(cat munged.pid); do
		kill -KILL "$pid"
	done 2>err-finish
}
trap finish EXIT

cluster() {
	head -c 128 /dev/urandom >key && chmod 600 key
	munged --force --key-file="$PWD/key" --socket="$PWD/munge.socket" \
		--pid-file="$PWD/munged.pid" --log-file="$PWD/munged.log" \
		--seed-file="$PWD/munge.seed" || return 1
	slurmctld -D &
	control=$!
	node node1
	node1=$!
	node node2
	node2=$!
	for _ in $(seq 60); do
		[ "$(sinfo -h -t idle -o %D)" = 2 ] && return
		sleep 0.5
	done
	tail slurmctld.log slurmd-*.log
	return 1
}

# The second node dies when both of its jobs work.
dies() {
	rm part-*
	(
		PATH=$PWD/slow:$PATH
		run Slurm 1
	) &
	job=$!
	for _ in $(seq 100); do
		[ "$(squeue -h -t R -w node2 | wc -l)" = 2 ] &&
			ls part-*.* >/dev/null 2>&1 && break
		sleep 0.2
	done
	sleep 1
	kill -KILL "$node2"
	wait "$job" && grep 'requeue job .* due to failure of node node2' \
		slurmctld.log
}

ok 'Slurm with two nodes' cluster &&
	ok 'Slurm array of shards' run Slurm 1 &&
	ok 'Slurm jobs of a node that dies are done again' dies
