#!/bin/sh
# First start of the database: the roles, with the passwords from the secret files.
set -eu
ACTIVERING_EIGENAAR_WACHTWOORD=$(cat /run/secrets/owner_password)
ACTIVERING_APP_WACHTWOORD=$(cat /run/secrets/app_password)
export ACTIVERING_EIGENAAR_WACHTWOORD ACTIVERING_APP_WACHTWOORD
psql --no-psqlrc --username postgres --dbname postgres --file /activering/rollen.sql
