#!/usr/bin/env bash
# A cluster of three nodes on this machine, from the built jar: processes, no containers. See
# README.md for what to try with it; `cluster.sh help` lists the commands.
set -euo pipefail

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
ROOT=$(cd "$HERE/../.." && pwd)
JAR=${CLUSTER_JAR:-$ROOT/server/target/magpie.jar}
DIR=$(realpath -m "${CLUSTER_DIR:-magpie-cluster}")
BASE=${CLUSTER_PORT:-8080}
NODES=3
JAVA=${JAVA_HOME:+$JAVA_HOME/bin/}java

usage() {
  cat <<TEXT
cluster.sh up         start PostgreSQL, Redis, $NODES nodes and, where haproxy is installed, a front
cluster.sh status     who runs, and is ready
cluster.sh kill N     node N dies at once, as by a power cut (kill -9)
cluster.sh stop N     node N is drained and ends (SIGTERM)
cluster.sh start N    node N starts again
cluster.sh logs N     the log of node N
cluster.sh down       everything ends; the data stays

CLUSTER_DIR   where everything is kept (./magpie-cluster)
CLUSTER_PORT  the front's port (8080); node N has it + N, its management port + 100 + N
CLUSTER_JAR         the jar (server/target/magpie.jar)
TEXT
}

fail() {
  echo "$*" >&2
  exit 1
}

http_port() { echo $((BASE + $1)); }
management_port() { echo $((BASE + 100 + $1)); }
member_port() { echo $((BASE + 200 + $1)); }
bus_port() { echo $((BASE + 300 + $1)); }

node_number() {
  [[ ${1:-} =~ ^[1-9]$ && $1 -le $NODES ]] || fail "Which node? 1 to $NODES."
}

# A process of this cluster by its name: its id, or nothing. The start time tells a process from a
# later one that was given the same id.
running() {
  local file=$DIR/$1.pid pid began
  [[ -f $file ]] || return 1
  read -r pid began <"$file"
  [[ $(began "$pid") == "$began" ]] || return 1
  echo "$pid"
}

began() {
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
  stat=${stat##*) }
  set -- $stat
  [[ $1 == Z ]] || echo "${20}"
}

# Starts a process in a group of its own, so that Ctrl-C at a log does not reach it.
launch() {
  local name=$1
  shift
  mkdir -p "$DIR/$name"
  (cd "$DIR/$name" && exec setsid "$@") >>"$DIR/$name.log" 2>&1 </dev/null &
  local pid=$! start
  for _ in $(seq 50); do
    start=$(began "$pid")
    [[ -n $start ]] && break
    sleep 0.1
  done
  echo "$pid $start" >"$DIR/$name.pid"
}

# Waits until a file is there or a page answers 200, as long as the process lives.
wait_for() {
  local name=$1 what=$2
  for _ in $(seq 300); do
    running "$name" >/dev/null || fail "$name did not start; the end of $DIR/$name.log:
$(tail -n 5 "$DIR/$name.log")"
    if [[ $what =~ ^[0-9]+$ ]]; then
      ready "$what" && return 0
    elif [[ -f $what ]]; then
      return 0
    fi
    sleep 0.2
  done
  fail "$name was not ready within a minute; its log is $DIR/$name.log"
}

ready() {
  local answer=""
  {
    exec 3<>"/dev/tcp/127.0.0.1/$1" &&
      printf 'GET /health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3 &&
      read -r -t 2 answer <&3
    exec 3>&-
  } 2>/dev/null || return 1
  [[ $answer == *" 200 "* ]]
}

end() {
  local pid
  pid=$(running "$1") || return 0
  kill "-$2" "$pid" 2>/dev/null || true
  for _ in $(seq 400); do
    running "$1" >/dev/null || break
    sleep 0.1
  done
  running "$1" >/dev/null && fail "$1 (process $pid) does not end."
  rm -f "$DIR/$1.pid"
}

start_services() {
  running services >/dev/null && return 0
  rm -f "$DIR/nodes.properties"
  MAGPIE_DATA_DIR=$DIR/data launch services "$JAVA" -Xmx128m -jar "$DIR/magpie.jar" \
    services "$DIR/nodes.properties"
  wait_for services "$DIR/nodes.properties"
}

launch_node() {
  local n=$1 members="" i
  for i in $(seq $NODES); do
    members+="${members:+,}127.0.0.1:$(member_port "$i")"
  done
  MAGPIE_NODE_ID=node-$n \
    MAGPIE_NODE_LEASE=5s \
    MAGPIE_HTTP_PORT=$(http_port "$n") \
    MAGPIE_MANAGEMENT_PORT=$(management_port "$n") \
    MAGPIE_TRUSTED_PROXIES=127.0.0.1/32 \
    MAGPIE_CLUSTER=on \
    MAGPIE_CLUSTER_HOST=127.0.0.1 \
    MAGPIE_CLUSTER_PORT=$(member_port "$n") \
    MAGPIE_CLUSTER_BUS_PORT=$(bus_port "$n") \
    MAGPIE_CLUSTER_MEMBERS=$members \
    MAGPIE_CLUSTER_CONFIG=$HERE/../hazelcast/development.yaml \
    MAGPIE_DEMO_PASSWORD=$(cat "$DIR/demo-password") \
    launch "node-$n" "$JAVA" "@$HERE/../java.options" -Xmx256m -jar "$DIR/magpie.jar" \
    --config "$DIR/nodes.properties"
}

# Starts these nodes side by side.
start_nodes() {
  local n
  for n; do
    running "node-$n" >/dev/null || launch_node "$n"
  done
  for n; do
    wait_for "node-$n" "$(http_port "$n")"
  done
}

start_front() {
  command -v haproxy >/dev/null || return 0
  running front >/dev/null && return 0
  sed -e "s/@FRONT@/$BASE/" -e "s/@NODE1@/$(http_port 1)/" -e "s/@NODE2@/$(http_port 2)/" \
    -e "s/@NODE3@/$(http_port 3)/" "$HERE/haproxy.cfg" >"$DIR/haproxy.cfg"
  launch front haproxy -db -f "$DIR/haproxy.cfg"
  wait_for front "$BASE"
}

up() {
  command -v "$JAVA" >/dev/null || fail "There is no java; JDK 17 or later is needed."
  [[ -f $JAR ]] || fail "There is no $JAR; build it with: mvn -Prun package, or set CLUSTER_JAR."
  umask 077
  mkdir -p "$DIR"
  if running services >/dev/null; then
    echo "The cluster in $DIR is up already; what is missing of it is started."
  else
    cp "$JAR" "$DIR/magpie.jar" # a build may replace the other one under running nodes
  fi
  [[ -s $DIR/demo-password ]] ||
    head -c 256 /dev/urandom | base64 | tr -dc 'a-hjkmnp-z2-9' | head -c 12 >"$DIR/demo-password"
  start_services
  start_nodes 1 # alone: it makes the demo people
  start_nodes 2 3
  start_front
  status
  echo
  if running front >/dev/null; then
    echo "Open http://localhost:$BASE as zhang.wei, li.na, wang.fang, chen.jie or admin"
  else
    echo "haproxy is not installed, so there is no common front. Open any node's address as"
    echo "zhang.wei, li.na, wang.fang, chen.jie or admin"
  fi
  echo "with the password $(cat "$DIR/demo-password")"
}

status() {
  local n state
  for n in $(seq $NODES); do
    state="down"
    running "node-$n" >/dev/null && state="running"
    ready "$(http_port "$n")" && state="ready"
    printf 'node-%s    %-8s http://localhost:%s   management http://127.0.0.1:%s\n' \
      "$n" "$state" "$(http_port "$n")" "$(management_port "$n")"
  done
  if running front >/dev/null; then
    printf 'front     running  http://localhost:%s\n' "$BASE"
  fi
  if running services >/dev/null; then
    printf 'services  running  PostgreSQL and Redis, data in %s\n' "$DIR/data"
  fi
}

down() {
  local n
  end front TERM
  for n in $(seq $NODES); do
    end "node-$n" TERM
  done
  end services TERM
}

case ${1:-help} in
  up) up ;;
  status) status ;;
  kill)
    node_number "${2:-}"
    running "node-$2" >/dev/null || fail "node-$2 does not run."
    end "node-$2" KILL
    ;;
  stop)
    node_number "${2:-}"
    end "node-$2" TERM
    ;;
  start)
    node_number "${2:-}"
    running services >/dev/null || fail "The cluster is not up."
    start_nodes "$2"
    ;;
  logs)
    node_number "${2:-}"
    cat "$DIR/node-$2.log"
    ;;
  down) down ;;
  help | -h | --help) usage ;;
  *)
    usage >&2
    exit 1
    ;;
esac
