-- The role that makes backups, for PostgreSQL 15 to 18. It reads every row, past the walls between
-- besturen, and can change nothing. Only a superuser may make such a role.
--
--   export ACTIVERING_KOPIE_WACHTWOORD=…
--   psql "postgresql://postgres@server/postgres" -f kern/db/reservekopie.sql
--
-- Another database name: add  -v databank=naam.  May be run again at any time.

\set ON_ERROR_STOP on
\set QUIET on
\getenv kopie_wachtwoord ACTIVERING_KOPIE_WACHTWOORD
\if :{?databank}
\else
  \set databank activering
\endif

SELECT 'CREATE ROLE activering_kopie'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'activering_kopie')
\gexec
ALTER ROLE activering_kopie LOGIN BYPASSRLS NOSUPERUSER NOCREATEROLE NOCREATEDB;
ALTER ROLE activering_kopie SET default_transaction_read_only = on;
\if :{?kopie_wachtwoord}
  ALTER ROLE activering_kopie PASSWORD :'kopie_wachtwoord';
\endif
GRANT pg_read_all_data TO activering_kopie;
GRANT CONNECT ON DATABASE :"databank" TO activering_kopie;
