-- Roles and database of Activering, for PostgreSQL 15 to 18.
--
-- Run by an administrator (a superuser, or a role that may create roles and databases):
--
--   export ACTIVERING_EIGENAAR_WACHTWOORD=… ACTIVERING_APP_WACHTWOORD=…
--   psql "postgresql://beheerder@server/postgres" -f kern/db/rollen.sql
--
-- Another database name: add  -v databank=naam.  May be run again at any time: it only adds what
-- is missing and sets the passwords that are given. Without the variables the passwords stay.
--
--   activering_owner  signs in for migrations only; owns the database and its tables
--   activering_app    signs in for web, worker and beat; owns nothing, passes no policy by
--   activering_audit  never signs in; owns the audit trail, so that the application cannot touch it

\set ON_ERROR_STOP on
\set QUIET on
\getenv eigenaar_wachtwoord ACTIVERING_EIGENAAR_WACHTWOORD
\getenv app_wachtwoord ACTIVERING_APP_WACHTWOORD
\if :{?databank}
\else
  \set databank activering
\endif

SET client_min_messages = warning;

-- 1. Roles. CREATE ROLE has no IF NOT EXISTS.

SELECT format('CREATE ROLE %I', rol)
  FROM unnest(ARRAY['activering_owner', 'activering_app', 'activering_audit']) AS rol
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = rol)
\gexec

-- Only a superuser may name SUPERUSER and BYPASSRLS here; a new role has neither.
SELECT format('ALTER ROLE %I NOSUPERUSER NOBYPASSRLS', rolname)
  FROM pg_roles
 WHERE rolname IN ('activering_owner', 'activering_app', 'activering_audit')
   AND (rolsuper OR rolbypassrls)
\gexec
ALTER ROLE activering_owner LOGIN NOCREATEROLE;
ALTER ROLE activering_app LOGIN NOCREATEROLE NOCREATEDB;
ALTER ROLE activering_audit NOLOGIN NOCREATEROLE NOCREATEDB;

-- A statement carries names and numbers of people: when one fails, the log of the server keeps
-- the error and not the statement. Only a superuser may set this; elsewhere it is a setting of the
-- server (docs/beveiliging.md).
SELECT format('ALTER ROLE %I SET log_min_error_statement = panic', 'activering_app')
  FROM pg_roles WHERE rolname = current_user AND rolsuper
\gexec

\if :{?eigenaar_wachtwoord}
  ALTER ROLE activering_owner PASSWORD :'eigenaar_wachtwoord';
\endif
\if :{?app_wachtwoord}
  ALTER ROLE activering_app PASSWORD :'app_wachtwoord';
\endif

-- Migrations hand the audit trail over with ALTER … OWNER TO. From version 16 on that asks for
-- the SET option, which a plain GRANT gives.
SELECT 'GRANT activering_audit TO activering_owner'
 WHERE NOT pg_has_role('activering_owner', 'activering_audit', 'MEMBER')
\gexec

-- The application must not be able to become one of the others.
SELECT format('REVOKE %I FROM activering_app', groep.rolname)
  FROM pg_auth_members lid
  JOIN pg_roles groep ON groep.oid = lid.roleid
  JOIN pg_roles wie ON wie.oid = lid.member
 WHERE wie.rolname = 'activering_app'
\gexec

-- 2. The database, owned by the owner role. An administrator who is no superuser has to be a
-- member of that role for a moment.

SELECT NOT rolsuper AND NOT pg_has_role(oid, 'activering_owner', 'USAGE') AS tijdelijk_lid
  FROM pg_roles WHERE rolname = current_user
\gset
\if :tijdelijk_lid
  GRANT activering_owner TO CURRENT_USER;
\endif

SELECT format(
         'CREATE DATABASE %I OWNER activering_owner TEMPLATE template0 ENCODING ''UTF8''', :'databank'
       )
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'databank')
\gexec

SELECT format('ALTER DATABASE %I OWNER TO activering_owner', datname)
  FROM pg_database
 WHERE datname = :'databank' AND pg_get_userbyid(datdba) <> 'activering_owner'
\gexec

REVOKE ALL ON DATABASE :"databank" FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE :"databank" TO activering_app;

-- 3. Inside the database.

\connect :"databank"
SET client_min_messages = warning;

-- Trusted extensions: the owner may make them.
SET ROLE activering_owner;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS btree_gist;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO activering_app;
-- A table can only be handed to a role that may create in its schema.
GRANT USAGE, CREATE ON SCHEMA public TO activering_audit;

-- What migrations make, the application may use: rows, never the tables themselves
-- (no TRUNCATE, REFERENCES or TRIGGER).
ALTER DEFAULT PRIVILEGES IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO activering_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public
  GRANT USAGE, SELECT ON SEQUENCES TO activering_app;
RESET ROLE;

\if :tijdelijk_lid
  REVOKE activering_owner FROM CURRENT_USER;
\endif
