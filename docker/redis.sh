#!/bin/sh
# Redis with the password from its secret file; `healthy` asks whether it answers.
set -eu
password=$(cat /run/secrets/redis_password)
if [ "${1:-}" = healthy ]; then
    [ "$(REDISCLI_AUTH=$password redis-cli ping)" = PONG ]
    exit
fi
# In a file, because arguments are for all to see. The queue outlives a restart, and is never
# thrown away to save memory.
umask 077
cat >/tmp/redis.conf <<END
requirepass $password
appendonly yes
dir /data
maxmemory-policy noeviction
END
exec redis-server /tmp/redis.conf
