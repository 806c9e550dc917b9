-- Settings: those of the client's session, which the session tells in weir.settings as [[name, value, reset, initial], …]. What this server
-- runs with is nobody's business. Part of the template, before template.sql. Functions that run with the owner's rights name every schema.

-- A built-in function is called by its number wherever it is not inlined, whatever its definition has become; so the originals are
-- renamed and closed, and functions of ours take their names.
ALTER FUNCTION pg_catalog.current_setting(text, boolean) RENAME TO weir_current_setting;
ALTER FUNCTION pg_catalog.current_setting(text) RENAME TO weir_current_setting;
ALTER FUNCTION pg_catalog.set_config(text, text, boolean) RENAME TO weir_set_config;
ALTER FUNCTION pg_catalog.pg_show_all_settings() RENAME TO weir_show_all_settings;
REVOKE EXECUTE ON FUNCTION pg_catalog.weir_current_setting(text, boolean), pg_catalog.weir_current_setting(text),
  pg_catalog.weir_set_config(text, text, boolean), pg_catalog.weir_show_all_settings() FROM PUBLIC;

-- What the session tells of itself: its project, its settings.
CREATE FUNCTION pg_catalog.weir_told(text) RETURNS text LANGUAGE sql STABLE STRICT PARALLEL SAFE SECURITY DEFINER COST 1 AS
  $$ SELECT CASE WHEN pg_catalog.starts_with($1, 'weir.') THEN nullif(pg_catalog.weir_current_setting($1, true), '') END $$;

-- How the session tells it.
CREATE FUNCTION pg_catalog.weir_tell(text, text, boolean) RETURNS text LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SECURITY DEFINER AS $$
BEGIN
  IF NOT pg_catalog.lower($1) OPERATOR(pg_catalog.=) ANY ('{weir.database,weir.settings,weir.user,datestyle,timezone,intervalstyle,bytea_output,extra_float_digits,client_encoding,search_path,application_name}'::pg_catalog.text[]) THEN
    RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN pg_catalog.weir_set_config($1, $2, $3);
END
$$;

CREATE FUNCTION pg_catalog.weir_settings(OUT name text, OUT setting text, OUT reset_val text, OUT boot_val text)
  RETURNS SETOF record LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT s OPERATOR(pg_catalog.->>) 0, s OPERATOR(pg_catalog.->>) 1, s OPERATOR(pg_catalog.->>) 2, s OPERATOR(pg_catalog.->>) 3
     FROM pg_catalog.json_array_elements(coalesce(pg_catalog.weir_told('weir.settings'), '[]')::pg_catalog.json) s $$;

-- A statement that is only planned has no session: nothing may fail then.
CREATE FUNCTION pg_catalog.weir_setting(text, boolean) RETURNS text LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
DECLARE
  found text;
BEGIN
  SELECT s.setting INTO found FROM pg_catalog.weir_settings() s
    WHERE pg_catalog.lower(s.name) OPERATOR(pg_catalog.=) pg_catalog.lower($1);
  IF found IS NULL AND NOT $2 AND pg_catalog.weir_told('weir.planning') IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'undefined_object', MESSAGE = pg_catalog.format('unrecognized configuration parameter "%s"', $1);
  END IF;
  RETURN found;
END
$$;
CREATE FUNCTION pg_catalog.current_setting(text) RETURNS text LANGUAGE sql STABLE STRICT PARALLEL SAFE AS
  $$ SELECT pg_catalog.weir_setting($1, false) $$;
CREATE FUNCTION pg_catalog.current_setting(text, boolean) RETURNS text LANGUAGE sql STABLE STRICT PARALLEL SAFE AS
  $$ SELECT pg_catalog.weir_setting($1, $2) $$;

-- SET is the session's, and so is set_config with literals as the whole query. Within a larger query nothing is changed: what is the case
-- already is confirmed, and the planner's jit, which drivers switch off for questions of their own, has no meaning here.
CREATE FUNCTION pg_catalog.set_config(text, text, boolean) RETURNS text LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE AS $$
DECLARE
  present text := pg_catalog.weir_setting(coalesce($1, ''), false);
BEGIN
  IF pg_catalog.lower($1) OPERATOR(pg_catalog.=) 'jit' THEN
    RETURN CASE WHEN $2::pg_catalog.bool THEN 'on' ELSE 'off' END;
  END IF;
  IF $2 IS NULL OR pg_catalog.lower($2) OPERATOR(pg_catalog.<>) pg_catalog.lower(present) THEN
    RAISE EXCEPTION USING ERRCODE = 'feature_not_supported',
      MESSAGE = pg_catalog.format('set_config cannot change "%s" within a query', $1),
      HINT = pg_catalog.format('Send SET %s = …, or SELECT set_config with literals and nothing else.', $1);
  END IF;
  RETURN present;
END
$$;

-- What pg_settings, SHOW ALL and \dconfig read: texts and limits are PostgreSQL's, values the session's.
CREATE FUNCTION pg_catalog.weir_unitless(text, text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
  $$ SELECT CASE $2 WHEN 'ms' THEN (1000 * extract(epoch FROM $1::pg_catalog.interval))::pg_catalog.int8::pg_catalog.text ELSE $1 END $$;
CREATE FUNCTION pg_catalog.pg_show_all_settings(
    OUT name text, OUT setting text, OUT unit text, OUT category text, OUT short_desc text, OUT extra_desc text, OUT context text,
    OUT vartype text, OUT source text, OUT min_val text, OUT max_val text, OUT enumvals text[], OUT boot_val text, OUT reset_val text,
    OUT sourcefile text, OUT sourceline integer, OUT pending_restart boolean)
  RETURNS SETOF record LANGUAGE sql STABLE STRICT PARALLEL SAFE SECURITY DEFINER AS $$
  WITH texts(name, unit, category, short_desc, extra_desc, context, vartype, min_val, max_val, enumvals) AS (
    SELECT t.name, t.unit, t.category, t.short_desc, t.extra_desc, t.context, t.vartype, t.min_val, t.max_val, t.enumvals
    FROM pg_catalog.weir_show_all_settings() t
    UNION ALL
    VALUES ('weir.flags', NULL, 'Weir', 'Adds to each column one that says how its values were protected.', NULL, 'user', 'bool', NULL, NULL,
      NULL::pg_catalog.text[]))
  SELECT s.name, pg_catalog.weir_unitless(s.setting, t.unit), t.unit, t.category, t.short_desc, t.extra_desc, t.context, t.vartype,
    CASE WHEN s.setting OPERATOR(pg_catalog.<>) s.reset_val THEN 'session'
      WHEN s.reset_val OPERATOR(pg_catalog.<>) s.boot_val THEN 'client' ELSE 'default' END,
    t.min_val, t.max_val, t.enumvals, pg_catalog.weir_unitless(s.boot_val, t.unit), pg_catalog.weir_unitless(s.reset_val, t.unit),
    NULL::pg_catalog.text, NULL::pg_catalog.int4, false
  FROM pg_catalog.weir_settings() s JOIN texts t ON t.name OPERATOR(pg_catalog.=) s.name
  ORDER BY pg_catalog.lower(s.name) $$;
CREATE OR REPLACE VIEW pg_catalog.pg_settings AS SELECT * FROM pg_catalog.pg_show_all_settings() s;
DROP RULE pg_settings_u ON pg_catalog.pg_settings;
DROP RULE pg_settings_n ON pg_catalog.pg_settings;
