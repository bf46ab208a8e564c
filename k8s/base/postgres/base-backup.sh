#!/bin/sh
# Makes a base backup in BACKUP_FOLDER/base while the server works, keeps the newest BACKUPS_KEPT, and removes from the
# archive in BACKUP_FOLDER/wal what only older ones needed. Connects as PGHOST, PGUSER and PGPASSWORD say.
set -eu
mkdir -p "$BACKUP_FOLDER/base"
name=$(date -u +%Y%m%dT%H%M%SZ)
rm -rf "$BACKUP_FOLDER"/base/*.part
pg_basebackup --pgdata "$BACKUP_FOLDER/base/$name.part" --wal-method stream --checkpoint fast --no-password
# It bears its name only when it is whole.
mv "$BACKUP_FOLDER/base/$name.part" "$BACKUP_FOLDER/base/$name"

# Names sort by time.
ls "$BACKUP_FOLDER/base" | sort -r | tail -n "+$((BACKUPS_KEPT + 1))" | while read -r old; do
  rm -rf "${BACKUP_FOLDER:?}/base/$old"
done
oldest=$(ls "$BACKUP_FOLDER/base" | sort | head -n 1)
first=$(sed -n 's/^START WAL LOCATION: .* (file \([0-9A-F]*\))$/\1/p' "$BACKUP_FOLDER/base/$oldest/backup_label")
pg_archivecleanup "$BACKUP_FOLDER/wal" "$first"
echo "Base backup $name is complete; the archive reaches back to $first."
