#!/usr/bin/env bash
# A private PostgreSQL for the tests: POSTGRES.SH [start|durable|stop]. Its address goes to
# var/postgres/url. `start` does without fsync, `durable` keeps Debian's settings, for measuring.
set -euo pipefail
mode=${1:-start}
home=$(realpath -m "${QUAD_VAR:-var}")/postgres
mkdir -p "$home"
exec 9>"$home/lock" && flock 9

server() { # the newest installed one; Debian keeps it off the PATH
  find /usr/lib/postgresql -maxdepth 3 -path '*/bin/postgres' 2>/dev/null | sort -V | tail -1
}
if [ "$mode" != stop ] && [ -z "$(server)" ]; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "The tests need PostgreSQL: please install the package 'postgresql'." >&2
    exit 1
  fi
  echo "[setup] PostgreSQL for the tests"
  mkdir -p /etc/postgresql-common # Debian's own cluster is not needed, and would take port 5432
  [ -e /etc/postgresql-common/createcluster.conf ] ||
    echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq && apt-get install -y -qq -o Dpkg::Options::=--force-confold postgresql >/dev/null
fi
bin=$(dirname "$(server)")

# PostgreSQL refuses to run as root; its user may not be able to look into ours.
run=()
data=$home/data
if [ "$(id -u)" = 0 ]; then
  run=(runuser -u postgres --)
  install -d -o postgres -m 700 "$data"
  if ! "${run[@]}" test -w "$data" || [ ${#data} -gt 80 ]; then # sockets have short names
    data=/var/tmp/quad-postgres-$(echo "$home" | sha256sum | cut -c1-12)
    install -d -o postgres -m 700 "$data"
  fi
fi

control() { (cd / && "${run[@]}" "$bin/pg_ctl" -D "$data" -s "$@" 9>&-); }
# A pid file of a killed machine may name a number that is now somebody else's.
pid=$(head -1 "$data/postmaster.pid" 2>/dev/null || true)
if [ -n "$pid" ] && ! tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -qF -- "-D $data"; then
  rm -f "$data/postmaster.pid"
fi
if [ "$mode" = stop ]; then
  [ ! -e "$data/postmaster.pid" ] || control stop -m fast
  exit 0
fi

free_port() {
  local port
  for port in $(shuf -i 20000-32000 -n 50); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port" && return; }
  done
}
settings() {
  [ "$mode" = durable ] && fsync=on || fsync=off
  install -m 644 /dev/stdin "$data/postgresql.auto.conf" <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = '$data'
max_connections = 200
fsync = $fsync
synchronous_commit = $fsync
full_page_writes = $fsync
CONF
}
launch() {
  if [ ! -e "$data/PG_VERSION" ]; then
    (cd / && "${run[@]}" "$bin/initdb" -D "$data" -U quad --auth=trust --encoding=UTF8 \
      --locale=C.UTF-8 --no-sync >/dev/null 9>&-)
  fi
  settings
  control start -w -t 60 -l "$data/server.log" -o "-p $(free_port)"
}
if [ -e "$data/postmaster.pid" ]; then
  settings
  control reload
else
  # Without fsync a power cut may have spoiled the files; nothing in them is worth keeping.
  launch 2>/dev/null || { find "$data" -mindepth 1 -delete && launch; } || {
    tail -5 "$data/server.log" >&2
    exit 1
  }
fi
# The socket costs less than TCP; tools that know only hosts may use 127.0.0.1 and the same port.
port=$(sed -n 4p "$data/postmaster.pid")
echo "postgresql://quad@/postgres?host=${data//\//%2F}&port=$port" >"$home/url"
