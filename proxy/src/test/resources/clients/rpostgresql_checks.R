# RPostgreSQL through DBI: the SQL is text, values are put into it by the caller, results arrive as data frames. One line of JSON a check.
suppressPackageStartupMessages(library(RPostgreSQL))

settings <- c(PGSSLMODE = "verify-full", PGSSLROOTCERT = Sys.getenv("WEIR_CA"), PGCHANNELBINDING = "require")
do.call(Sys.setenv, as.list(settings))
connect <- function(project = "diabetes", password = Sys.getenv("WEIR_PASSWORD")) {
  dbConnect(PostgreSQL(), host = "localhost", port = as.integer(Sys.getenv("WEIR_PORT")), dbname = project, user = "ada",
    password = password)
}
with_connection <- function(check, project = "diabetes") {
  connection <- connect(project)
  on.exit(dbDisconnect(connection))
  check(connection)
}
same <- function(actual, expected) {
  if (!isTRUE(all.equal(actual, expected))) {
    stop("expected ", paste(deparse(expected), collapse = " "), ", got ", paste(deparse(actual), collapse = " "))
  }
}
holds <- function(condition, seen = "") {
  if (!isTRUE(condition)) stop("does not hold: ", paste(deparse(substitute(condition)), collapse = " "), "; ", seen)
}
# What R warns of, and the server's own words, which the package keeps apart.
told <- function(expression, connection = NULL) {
  heard <- character()
  tryCatch(
    withCallingHandlers(expression, warning = function(w) {
      heard <<- c(heard, conditionMessage(w))
      invokeRestart("muffleWarning")
    }),
    error = function(e) heard <<- c(heard, conditionMessage(e)))
  if (!is.null(connection)) heard <- c(heard, dbGetException(connection)$errorMsg)
  paste(heard, collapse = "\n")
}

checks <- list(
  connects_over_verified_tls_with_channel_binding = function() with_connection(function(connection) {
    info <- dbGetInfo(connection)
    same(info$user, "ada")
    holds(startsWith(info$serverVersion, "16."))
    same(dbGetQuery(connection, "SHOW is_superuser")[1, 1], "off")
  }),
  a_wrong_password_is_told_in_words = function() {
    holds(grepl("Authentication failed.", told(connect(password = "wrong")), fixed = TRUE))
  },
  tables_and_columns_are_listed = function() with_connection(function(connection) {
    tables <- dbListTables(connection)
    holds(all(c("patients", "admissions", "icd10") %in% tables))
    fields <- dbListFields(connection, c("hospital", "patients"))
    holds("date_of_birth" %in% fields && !("given_name" %in% fields))
    holds(dbExistsTable(connection, c("hospital", "patients")))
    holds(!dbExistsTable(connection, c("hospital", "nothing")))
  }),
  a_governed_aggregate_is_a_data_frame = function() with_connection(function(connection) {
    heard <- told(people <- dbGetQuery(connection, paste(
      "SELECT sex, count(*) AS people FROM patients",
      "WHERE date_of_birth >= date '1930-01-01' GROUP BY sex ORDER BY sex")), connection)
    holds(is.data.frame(people), heard)
    same(names(people), c("sex", "people"))
    holds(is.numeric(people$people) && all(is.na(people$people) | people$people %% 5 == 0))
    holds(all(c("F", "M") %in% people$sex))
  }),
  values_of_all_types_come_as_values_of_r = function() with_connection(function(connection) {
    row <- dbGetQuery(connection, paste(
      "SELECT 1::int AS i, 2.5::float8 AS f, 12.50::numeric(6,2) AS n, true AS b, 'Grüße'::text AS t,",
      "date '2024-02-29' AS d, null::text AS nothing"))
    same(row$i, 1L)
    same(row$f, 2.5)
    same(row$n, 12.5)
    same(row$b, TRUE)
    same(enc2utf8(row$t), "Gr\u00fc\u00dfe")
    same(format(row$d), "2024-02-29")
    holds(is.na(row$nothing))
  }),
  a_result_is_fetched_in_pages = function() with_connection(project = "flow", function(connection) {
    result <- dbSendQuery(connection, "SELECT admission_id, admitted, cost FROM admissions ORDER BY admitted, cost LIMIT 250")
    sizes <- integer()
    while (!dbHasCompleted(result)) {
      sizes <- c(sizes, nrow(fetch(result, n = 100)))
    }
    dbClearResult(result)
    same(sum(sizes), 250L)
  }),
  a_table_is_read_whole = function() with_connection(function(connection) {
    codes <- dbReadTable(connection, c("hospital", "icd10"))
    same(nrow(codes), 90L)
  }),
  a_refusal_tells_what_to_do_and_the_connection_lives_on = function() with_connection(function(connection) {
    refusal <- told(dbGetQuery(connection, "SELECT date_of_birth FROM patients"), connection)
    holds(grepl("ask for an aggregate", refusal, fixed = TRUE), refusal)
    same(dbGetQuery(connection, "SELECT 1 AS one")$one, 1L)
  }),
  transactions_work = function() with_connection(function(connection) {
    dbBegin(connection)
    holds(nrow(dbGetQuery(connection, "SELECT count(*) FROM icd10")) == 1)
    dbCommit(connection)
    dbBegin(connection)
    told(dbGetQuery(connection, "SELECT nothing FROM icd10"))
    dbRollback(connection)
    same(dbGetQuery(connection, "SELECT count(*) AS n FROM icd10")$n, 90)
  }),
  nothing_is_written = function() with_connection(function(connection) {
    refusal <- told(dbWriteTable(connection, "mine", data.frame(a = 1)), connection)
    holds(grepl("read-only", refusal, fixed = TRUE), refusal)
  }))

json <- function(text) paste0('"', gsub("\n", "\\\\n", gsub('(["\\\\])', "\\\\\\1", text)), '"')
for (name in names(checks)) {
  failure <- tryCatch({
    checks[[name]]()
    "null"
  }, error = function(e) json(conditionMessage(e)))
  cat('{"check": ', json(name), ', "failure": ', failure, "}\n", sep = "")
}
