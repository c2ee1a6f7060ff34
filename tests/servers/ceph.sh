#!/usr/bin/env bash
# Ceph's S3 gateway on one machine, in memory, for tests. Debian: apt-get install radosgw ceph-mon ceph-osd
# usage: ceph.sh DIR PORT MONITOR_PORT; it ends with its standard input. Keys: testkey, testsecret.
set -euo pipefail
dir=$1 port=$2 monitor=$3
pids=()
finish() {
  for pid in "${pids[@]}"; do kill -9 "$pid" 2>/dev/null || true; done
}
trap finish EXIT
mkdir -p "$dir"/{mon,osd,run,log}
export CEPH_CONF=$dir/ceph.conf
cat >"$CEPH_CONF" <<C
[global]
fsid = $(cat /proc/sys/kernel/random/uuid)
mon host = [v2:127.0.0.1:$monitor/0]
public network = 127.0.0.0/8
ms bind msgr1 = false
ms mon client mode = crc
auth cluster required = none
auth service required = none
auth client required = none
auth allow insecure global id reclaim = false
run dir = $dir/run
log file = $dir/log/\$name.log
admin socket = $dir/run/\$name.asok
mon cluster log file = $dir/log/cluster.log
crash dir = $dir/run
mon data = $dir/mon
mon data avail warn = 1
mon data avail crit = 1
mon allow pool size one = true
paxos propose interval = 0.05
paxos min wait = 0.01
osd data = $dir/osd
osd objectstore = memstore
memstore device bytes = 1073741824
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pgp num = 4
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
rgw enable usage log = false
rgw enable apis = s3, admin
rgw num rados handles = 1
C
monmaptool --create --fsid "$(sed -n 's/^fsid = //p' "$CEPH_CONF")" --addv a "[v2:127.0.0.1:$monitor/0]" "$dir/monmap" >/dev/null
ceph-mon --mkfs -i a --monmap "$dir/monmap"
ceph-mon -f -i a >"$dir/log/mon.out" 2>&1 & pids+=($!)
osd=$(cat /proc/sys/kernel/random/uuid)
ceph --connect-timeout 30 osd new "$osd" >/dev/null
ceph-osd -i 0 --mkfs --osd-uuid "$osd" >"$dir/log/mkfs.out" 2>&1
ceph-osd -f -i 0 >"$dir/log/osd.out" 2>&1 & pids+=($!)
ceph osd crush add osd.0 1.0 root=default host=localhost >/dev/null 2>&1 || true
for _ in $(seq 300); do ceph osd stat 2>/dev/null | grep -q "1 up" && break; sleep .1; done
radosgw -f -n client.rgw.a --rgw-frontends "beast endpoint=127.0.0.1:$port" >"$dir/log/rgw.out" 2>&1 & pids+=($!)
for _ in $(seq 600); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep .1; done
radosgw-admin -n client.rgw.a --admin-socket= user create --uid=test --display-name=test --access-key=testkey --secret-key=testsecret >"$dir/log/user.json" 2>"$dir/log/admin.err"
echo ready
cat >/dev/null
