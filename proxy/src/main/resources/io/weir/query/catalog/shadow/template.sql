-- What every shadow database is cloned from: nothing can be created, nothing outlives a statement, nothing tells of others.
-- Run once as superuser with allow_system_table_mods = on. Privileges on the database itself are not cloned: see ShadowDatabases.

-- Nothing can be created.
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO PUBLIC;
REVOKE USAGE ON LANGUAGE plpgsql, sql FROM PUBLIC;

-- Nothing outlives a statement, waits, signals others, or runs a text as a query.
DO $$
DECLARE
  f regprocedure;
BEGIN
  FOR f IN
    SELECT oid FROM pg_catalog.pg_proc
    WHERE pronamespace = 'pg_catalog'::regnamespace
      AND (proname ~ '^(lo_|pg_advisory_|pg_try_advisory_|pg_sleep|pg_logical_|pg_replication_|pg_create_|pg_drop_|pg_backup_|pg_wal_|pg_walfile_|pg_current_wal_|pg_last_|pg_control_|binary_upgrade_)'
        OR proname ~ '_to_xml(schema|_and_xmlschema)?$'
        OR proname ~ '^pg_stat_(get_(db|bgwriter|buf|checkpointer|io|wal|slru|archiver|replication|subscription|recovery)|reset)'
        OR proname ~ '^pg_stat_get_backend_|^pg_stat_get_replication_slot'
        OR proname IN ('pg_tablespace_databases', 'pg_tablespace_size', 'pg_current_snapshot', 'txid_current_snapshot', 'pg_blocking_pids',
            'pg_safe_snapshot_blocking_pids', 'pg_isolation_test_session_is_blocked', 'pg_get_replication_slots',
            'pg_copy_physical_replication_slot', 'pg_copy_logical_replication_slot', 'loread', 'lowrite', 'pg_notify', 'pg_listening_channels', 'pg_cancel_backend', 'pg_terminate_backend',
            'pg_log_backend_memory_contexts', 'pg_export_snapshot', 'pg_current_xact_id', 'txid_current', 'ts_stat', 'ts_rewrite',
            'pg_stat_get_activity', 'pg_stat_get_progress_info', 'pg_stat_get_wal_senders', 'pg_lock_status', 'pg_prepared_xact',
            'pg_promote', 'pg_postmaster_start_time', 'pg_conf_load_time', 'pg_reload_conf', 'pg_rotate_logfile', 'pg_switch_wal', 'setval', 'nextval')
        OR proname ~ '^pg_(ls|read|stat)_(dir|file|binary_file|logdir|waldir|tmpdir|archive_statusdir|logicalmapdir|logicalsnapdir|replslotdir)')
      -- ts_rewrite(tsquery, tsquery, tsquery) runs no text
      AND NOT (proname = 'ts_rewrite' AND pronargs = 3)
      -- releases one's own, of which there are none; pools call it
      AND proname <> 'pg_advisory_unlock_all'
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
END
$$;

-- Views over the whole cluster's activity keep their columns and lose their rows.
DO $$
DECLARE
  v text;
  body text;
BEGIN
  FOREACH v IN ARRAY ARRAY['pg_stat_activity', 'pg_stat_ssl', 'pg_stat_gssapi', 'pg_stat_replication', 'pg_stat_wal_receiver',
      'pg_stat_subscription', 'pg_stat_database', 'pg_stat_database_conflicts', 'pg_stat_progress_analyze', 'pg_stat_progress_basebackup',
      'pg_stat_progress_cluster', 'pg_stat_progress_copy', 'pg_stat_progress_create_index', 'pg_stat_progress_vacuum', 'pg_locks',
      'pg_prepared_xacts', 'pg_replication_slots', 'pg_group', 'pg_stat_archiver', 'pg_stat_bgwriter', 'pg_stat_io',
      'pg_stat_recovery_prefetch', 'pg_stat_replication_slots', 'pg_stat_slru', 'pg_stat_subscription_stats', 'pg_stat_wal']
  LOOP
    SELECT string_agg(format('NULL::%s AS %I', format_type(atttypid, atttypmod), attname), ', ' ORDER BY attnum) INTO body
      FROM pg_attribute WHERE attrelid = ('pg_catalog.' || v)::regclass AND attnum > 0;
    EXECUTE format('CREATE OR REPLACE VIEW pg_catalog.%I AS SELECT %s WHERE false', v, body);
  END LOOP;
END
$$;

-- Roles: oneself, under one's own name, and the owner of the tables. The shadow's roles have opaque names, so that nobody learns by guessing
-- who else is here; where a name is asked for, one's own stands for one's role.
CREATE FUNCTION pg_catalog.weir_user() RETURNS name LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT coalesce(pg_catalog.weir_told('weir.user'), CURRENT_USER)::name $$;
CREATE FUNCTION pg_catalog.weir_role(name) RETURNS name LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT CASE WHEN $1 = pg_catalog.weir_user() THEN CURRENT_USER ELSE $1 END $$;
CREATE FUNCTION pg_catalog.weir_name(name) RETURNS name LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT CASE WHEN $1 = CURRENT_USER THEN pg_catalog.weir_user() ELSE $1 END $$;
DO $$
DECLARE
  keyword text;
BEGIN
  FOREACH keyword IN ARRAY ARRAY['current_user', 'session_user', 'current_role', 'user'] LOOP
    IF to_regprocedure(format('pg_catalog.%I()', keyword)) IS NOT NULL THEN
      EXECUTE format('ALTER FUNCTION pg_catalog.%I() RENAME TO %I', keyword, 'weir_' || keyword);
    END IF;
    EXECUTE format('CREATE FUNCTION pg_catalog.%I() RETURNS name LANGUAGE sql STABLE PARALLEL SAFE AS $f$ SELECT pg_catalog.weir_user() $f$',
      keyword);
  END LOOP;
END
$$;
ALTER FUNCTION pg_catalog.pg_get_userbyid(oid) RENAME TO weir_get_userbyid;
CREATE FUNCTION pg_catalog.pg_get_userbyid(oid) RETURNS name LANGUAGE sql STABLE STRICT PARALLEL SAFE AS
  $$ SELECT pg_catalog.weir_name(pg_catalog.weir_get_userbyid($1)) $$;
DO $$
DECLARE
  f record;
BEGIN
  FOR f IN
    SELECT p.proname, pg_get_function_identity_arguments(p.oid) AS arguments,
      (SELECT string_agg(CASE t WHEN 'name'::regtype THEN format('pg_catalog.weir_role($%s)', i) ELSE '$' || i END, ', ' ORDER BY i)
         FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY a(t, i)) AS call
    FROM pg_proc p
    WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.proargtypes[0] = 'name'::regtype
      AND (p.proname ~ '^has_.*_privilege$' OR p.proname = 'pg_has_role')
      AND p.oid <> 'pg_catalog.has_database_privilege(name, text, text)'::regprocedure
  LOOP
    EXECUTE format('ALTER FUNCTION pg_catalog.%I(%s) RENAME TO %I', f.proname, f.arguments, 'weir_' || f.proname);
    EXECUTE format('CREATE FUNCTION pg_catalog.%I(%s) RETURNS boolean LANGUAGE sql STABLE STRICT PARALLEL SAFE AS '
      '$f$ SELECT pg_catalog.%I(%s) $f$', f.proname, f.arguments, 'weir_' || f.proname, f.call);
  END LOOP;
  EXECUTE 'CREATE OR REPLACE VIEW pg_catalog.pg_roles AS '
    || replace(rtrim(pg_get_viewdef('pg_catalog.pg_roles'::regclass), ';'), 'pg_authid.rolname,',
         'pg_catalog.weir_name(pg_authid.rolname) AS rolname,')
    || ' WHERE pg_authid.rolname = CURRENT_USER OR pg_authid.oid = 10::oid';
  EXECUTE 'CREATE OR REPLACE VIEW pg_catalog.pg_user AS '
    || replace(rtrim(pg_get_viewdef('pg_catalog.pg_user'::regclass), ';'), ' usename,', ' pg_catalog.weir_user() AS usename,')
    || ' WHERE pg_shadow.usename = CURRENT_USER';
END
$$;

-- The database: one, under the project's name. The function is replaced in place, for information_schema knows it by its OID; as it has no
-- arguments it is always inlined. CURRENT_CATALOG becomes a function of its own name, for its label.
CREATE FUNCTION pg_catalog.weir_database() RETURNS name LANGUAGE internal STABLE STRICT PARALLEL SAFE AS 'current_database';
CREATE OR REPLACE FUNCTION pg_catalog.current_database() RETURNS name LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT coalesce(pg_catalog.weir_told('weir.database'), pg_catalog.weir_database()::text)::name $$;
CREATE FUNCTION pg_catalog."current_catalog"() RETURNS name LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT pg_catalog.current_database() $$;
ALTER FUNCTION pg_catalog.pg_database_size(name) RENAME TO weir_database_size;
CREATE FUNCTION pg_catalog.pg_database_size(name) RETURNS bigint LANGUAGE sql VOLATILE STRICT PARALLEL SAFE AS
  $$ SELECT pg_catalog.weir_database_size(CASE WHEN $1 = pg_catalog.current_database() THEN pg_catalog.weir_database() ELSE $1 END) $$;
ALTER FUNCTION pg_catalog.has_database_privilege(text, text) RENAME TO weir_has_database_privilege;
CREATE FUNCTION pg_catalog.has_database_privilege(text, text) RETURNS boolean LANGUAGE sql STABLE STRICT PARALLEL SAFE AS
  $$ SELECT pg_catalog.weir_has_database_privilege(
       CASE WHEN $1 = pg_catalog.current_database()::text THEN pg_catalog.weir_database()::text ELSE $1 END, $2) $$;
ALTER FUNCTION pg_catalog.has_database_privilege(name, text, text) RENAME TO weir_has_database_privilege;
CREATE FUNCTION pg_catalog.has_database_privilege(name, text, text) RETURNS boolean LANGUAGE sql STABLE STRICT PARALLEL SAFE AS
  $$ SELECT pg_catalog.weir_has_database_privilege(pg_catalog.weir_role($1),
       CASE WHEN $2 = pg_catalog.current_database()::text THEN pg_catalog.weir_database()::text ELSE $2 END, $3) $$;
ALTER TABLE pg_catalog.pg_database RENAME TO pg_database_real;
DO $$
DECLARE
  columns text;
BEGIN
  SELECT string_agg(CASE attname WHEN 'datname' THEN 'pg_catalog.current_database() AS datname' ELSE format('d.%I', attname) END,
      ', ' ORDER BY attnum) INTO columns
    FROM pg_attribute WHERE attrelid = 'pg_catalog.pg_database_real'::regclass AND attnum > 0;
  EXECUTE 'CREATE VIEW pg_catalog.pg_database AS SELECT ' || columns
    || ' FROM pg_catalog.pg_database_real d WHERE d.datname = pg_catalog.weir_database()';
END
$$;
GRANT SELECT ON pg_catalog.pg_database TO PUBLIC;

-- What names objects of the whole cluster by number: of databases and roles nothing.
DO $$
DECLARE
  f record;
BEGIN
  FOR f IN
    SELECT p.proname, pg_get_function_identity_arguments(p.oid) AS arguments, pg_get_function_result(p.oid) AS result, p.proretset
    FROM pg_proc p
    WHERE p.pronamespace = 'pg_catalog'::regnamespace
      AND p.proname IN ('pg_describe_object', 'pg_identify_object', 'pg_identify_object_as_address')
  LOOP
    EXECUTE format('ALTER FUNCTION pg_catalog.%I(oid, oid, integer) RENAME TO %I', f.proname, 'weir_' || f.proname);
    EXECUTE format('CREATE FUNCTION pg_catalog.%I(%s) %s LANGUAGE sql STABLE STRICT PARALLEL SAFE AS '
      '$f$ SELECT %s pg_catalog.%I(CASE WHEN $1 IN (1260, 1262) THEN NULL ELSE $1 END, $2, $3) $f$',
      f.proname, f.arguments, CASE f.result WHEN 'record' THEN '' ELSE 'RETURNS ' || f.result END,
      CASE f.result WHEN 'record' THEN '* FROM' ELSE '' END, 'weir_' || f.proname);
    EXECUTE format('REVOKE EXECUTE ON FUNCTION pg_catalog.%I(oid, oid, integer) FROM PUBLIC', 'weir_' || f.proname);
    EXECUTE format('ALTER FUNCTION pg_catalog.%I(oid, oid, integer) SECURITY DEFINER', f.proname);
  END LOOP;
END
$$;
ALTER FUNCTION pg_catalog.pg_database_size(oid) RENAME TO weir_database_size;
CREATE FUNCTION pg_catalog.pg_database_size(oid) RETURNS bigint LANGUAGE sql VOLATILE STRICT PARALLEL SAFE AS
  $$ SELECT pg_catalog.pg_database_size(d.datname) FROM pg_catalog.pg_database d WHERE d.oid = $1 $$;
REVOKE EXECUTE ON FUNCTION pg_catalog.weir_database_size(oid) FROM PUBLIC;

-- What is stored for the whole cluster tells of others: kept under other names, which nobody may read.
CREATE OR REPLACE FUNCTION information_schema._pg_char_octet_length(typid oid, typmod int4) RETURNS integer
  LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURNS NULL ON NULL INPUT AS
  $$ SELECT CASE WHEN $1 IN (25, 1042, 1043)
       THEN CASE WHEN $2 = -1 THEN 1073741824 ELSE information_schema._pg_char_max_length($1, $2) * 4 END END $$;
REVOKE ALL ON pg_catalog.pg_database_real FROM PUBLIC;
ALTER TABLE pg_catalog.pg_db_role_setting RENAME TO pg_db_role_setting_real;
CREATE VIEW pg_catalog.pg_db_role_setting AS
  SELECT setdatabase, setrole, setconfig FROM pg_catalog.pg_db_role_setting_real WHERE false;
ALTER TABLE pg_catalog.pg_shdepend RENAME TO pg_shdepend_real;
CREATE VIEW pg_catalog.pg_shdepend AS
  SELECT s.dbid, s.classid, s.objid, s.objsubid, s.refclassid, s.refobjid, s.deptype
  FROM pg_catalog.pg_shdepend_real s JOIN pg_catalog.pg_database d ON d.oid = s.dbid;
REVOKE ALL ON pg_catalog.pg_db_role_setting_real, pg_catalog.pg_shdepend_real FROM PUBLIC;
GRANT SELECT ON pg_catalog.pg_db_role_setting, pg_catalog.pg_shdepend TO PUBLIC;
