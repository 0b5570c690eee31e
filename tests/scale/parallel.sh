#!/bin/bash
# SPDX-License-Identifier: ISC
# GNU parallel, here and on two hosts, which are sshd on loopback ports, with
# keys of their own; node2 fails whatever it is asked.  Run by tests/scale.sh.
set -u
need parallel
export PARALLEL_HOME=$PWD/parallel
mkdir "$PARALLEL_HOME"
touch "$PARALLEL_HOME/will-cite"

node() {
	cat >"sshd-$1" <<-END
		Port $2
		ListenAddress 127.0.0.1
		HostKey $PWD/host
		PidFile $PWD/$1.pid
		AuthorizedKeysFile $PWD/user.pub
		PasswordAuthentication no
		StrictModes no
		SetEnv PATH=$PATH
	END
	[ -z "$3" ] || echo "ForceCommand $3" >>"sshd-$1"
	cat >>ssh-config <<-END
		Host $1
			HostName 127.0.0.1
			Port $2
			IdentityFile $PWD/user
			IdentitiesOnly yes
			UserKnownHostsFile $PWD/known
			StrictHostKeyChecking no
			LogLevel ERROR
	END
	"$(command -v sshd)" -f "sshd-$1" -E "log-$1"
}

# What parallel and rsync call ssh knows these hosts alone.
hosts() {
	port=$((20000 + $$ % 20000))
	[ -d /run/sshd ] || mkdir -p /run/sshd
	ssh-keygen -q -t ed25519 -N '' -f host &&
		ssh-keygen -q -t ed25519 -N '' -f user || return 1
	mkdir bin
	cat >bin/ssh <<-END
		#!/bin/sh
		exec $(command -v ssh) -F $PWD/ssh-config "\$@"
	END
	chmod +x bin/ssh
	PATH=$PWD/bin:$PATH
	node node1 "$port" ''
	node node2 $((port + 1)) "sh -c 'echo >>$PWD/failed; exit 9'"
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		ssh node1 true && ssh node2 true
		[ $? -eq 9 ] && return
		sleep 0.3
	done
	cat log-*
	return 1
}

retried() {
	: >failed
	run 'GNU parallel' 3 && [ -s failed ]
}

# What `--halt` is for.
stops() {
	sed 's/entities/"false"/; /^cmp/d' script >script-false
	! bash -e script-false
}

ok 'parallel --pipepart' run 'GNU parallel' 1
ok 'parallel ends where a job fails' stops
ok 'parallel --pipe' run 'GNU parallel' 2
recipe 'GNU parallel' 5 >join.awk
ok 'parallel, steps of dedupe' run 'GNU parallel' 4
PATH=$PATH:/usr/sbin
need sshd ssh rsync
trap 'kill $(cat node*.pid)' EXIT
ok 'two hosts, one of which fails' hosts &&
	ok 'parallel over ssh, each job of one host done on the other' retried
