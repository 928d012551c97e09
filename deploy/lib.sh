# Shared by the scripts in deploy/ and tests/. Sourced, not run.
# shellcheck shell=bash disable=SC2016

fail() { printf '%s\n' "$*" >&2; exit 1; }

is_root() { [ "$(id -u)" = 0 ]; }

need_dotnet() { command -v dotnet >/dev/null || fail "The .NET SDK 10 is missing: https://dotnet.microsoft.com/download"; }

# build OPTION...: the whole solution, with a compiler of its own that all projects share and that ends with the build.
build() {
  local id=training-$$ code=0 process
  dotnet build Training.Platform.sln -c Release -nologo -p:UseSharedCompilation=true -p:SharedCompilationId="$id" "$@" </dev/null || code=$?
  for process in /proc/[0-9]*; do
    if runs "${process#/proc/}" "-pipename:$id"; then kill "${process#/proc/}" 2>/dev/null || true; fi
  done
  return $code
}

# setting CONNECTION-STRING NAME: a value of 'Host=x;Port=1;Username=y'.
setting() { tr ';' '\n' <<<"$1" | sed -n "s/^ *$2 *= *//Ip" | head -n 1; }

# port_open HOST PORT
port_open() { timeout 3 bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$1" "$2" 2>/dev/null; }

# http_ok PORT PATH [HEADER]: whether the local address answers 200. No curl, so that nothing needs installing for it.
http_ok() {
  timeout 5 bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$0"
    printf "GET %s HTTP/1.0\r\nHost: 127.0.0.1\r\n%s\r\n\r\n" "$1" "${2:-Accept: */*}" >&3
    read -r _ status _ <&3; [ "$status" = 200 ]' "$@" 2>/dev/null
}

# free_ports COUNT: the first of COUNT free ports in a row, below the range the kernel gives to clients.
free_ports() {
  local port
  while port=$((RANDOM % 3000 * 4 + 20000)); ! ports_free "$port" "$1"; do :; done
  echo "$port"
}

# ports_free PORT COUNT
ports_free() {
  local port
  for ((port = $1; port < $1 + $2; port++)); do
    if port_open 127.0.0.1 "$port"; then return 1; fi
  done
}

# kept_ports FILE COUNT [FIRST]: the ports of the last start if they are free or soon will be, so that addresses last.
kept_ports() {
  local port tries=40
  port=$(first_line "$1")
  port=${port:-${3:-$(free_ports "$2")}}
  # A server that was killed may leave a child that holds them for a moment.
  until ports_free "$port" "$2"; do
    if ((tries-- == 0)); then port=$(free_ports "$2"); break; fi
    sleep 0.25
  done
  echo "$port" | tee "$1"
}

# runs PID TEXT: whether the process lives and has TEXT in its command line; process ids are reused.
runs() { [ -n "$1" ] && [ -r "/proc/$1/cmdline" ] && tr '\0' ' ' <"/proc/$1/cmdline" 2>/dev/null | grep -qF -- "$2"; }

# first_line FILE: nothing when there is no file.
first_line() { if [ -r "$1" ]; then head -n 1 "$1"; fi; }

# end_process PID TEXT SECONDS: asks the process to end, and kills it when it has not ended in time.
end_process() {
  local deadline=$((SECONDS + $3))
  runs "$1" "$2" || return 0
  kill -TERM "$1"
  while runs "$1" "$2"; do
    if ((SECONDS >= deadline)); then
      echo "Process $1 did not end within $3 s and is killed." >&2
      kill -KILL "$1" || true
    fi
    sleep 0.1
  done
}

# The letters of certificates in Chinese. Without them everything else works, so an ordinary user only hears of it.
need_font() {
  if compgen -G '/usr/share/fonts/*/noto/NotoSansCJK-Regular.ttc' >/dev/null; then return; fi
  if is_root; then install fonts-noto-cjk; else echo "The font fonts-noto-cjk is missing: certificates can't be printed until it is installed." >&2; fi
}

# install PACKAGE...: by apt-get as root, otherwise says what is missing.
install() {
  local policy=/usr/sbin/policy-rc.d cluster=/etc/postgresql-common/createcluster.d/training.conf
  if ! is_root || ! command -v apt-get >/dev/null; then
    fail "Missing on this machine: $*. Install it with the package manager, then run this again."
  fi
  echo "Installing $* ..." >&2
  (
    # Only our own servers are wanted: no services started and no cluster created by the packages.
    trap 'rm -f "$cluster" ${policy_is_ours:+"$policy"}' EXIT
    if [ ! -e "$policy" ]; then
      policy_is_ours=yes
      printf '#!/bin/sh\nexit 101\n' >"$policy"
      chmod +x "$policy"
    fi
    mkdir -p "${cluster%/*}"
    echo 'create_main_cluster = false' >"$cluster"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"
  ) </dev/null >/dev/null || fail "apt-get could not install $*."
}
