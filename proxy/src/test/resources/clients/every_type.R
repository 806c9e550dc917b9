# Columns of every type as RPostgreSQL reads them; see every_type.py.
suppressPackageStartupMessages(library(RPostgreSQL))

ca <- Sys.getenv("TYPES_CA")
Sys.setenv(PGSSLMODE = if (nzchar(ca)) "verify-full" else "disable", PGSSLROOTCERT = ca, TZ = "UTC")
connection <- dbConnect(PostgreSQL(), host = Sys.getenv("TYPES_HOST"), port = as.integer(Sys.getenv("TYPES_PORT")),
  dbname = Sys.getenv("TYPES_DATABASE"), user = Sys.getenv("TYPES_USER"), password = Sys.getenv("TYPES_PASSWORD"))
invisible(dbGetQuery(connection, "SET TimeZone = 'Europe/London'"))

told <- function(call, lines) {
  cat('{"call": "', call, '", "lines": [', paste0('"', lines, '"', collapse = ", "), "]}\n", sep = "")
}
# Texts as their code points, which need no quoting.
shown <- function(value) {
  if (is.na(value) && !is.nan(value)) {
    "NA"
  } else if (is.character(value)) {
    paste(utf8ToInt(enc2utf8(value)), collapse = " ")
  } else {
    paste(sprintf("%.17g", unclass(value)), collapse = " ")
  }
}
for (table in strsplit(Sys.getenv("TYPES_TABLES"), ",")[[1]]) {
  for (column in strsplit(Sys.getenv("TYPES_COLUMNS"), ",")[[1]]) {
    result <- suppressWarnings(dbSendQuery(connection, paste("SELECT", column, "FROM", table, "ORDER BY n")))
    info <- dbColumnInfo(result)
    # What R cannot read as a date or moment is an error of R's.
    rows <- tryCatch(suppressWarnings(fetch(result, n = -1)), error = function(e) data.frame(paste("!", class(e)[1])))
    invisible(dbClearResult(result))
    told(paste("r", table, column),
      c(paste(info$name, info$Sclass, info$type, info$len, info$precision, info$scale, info$nullOK, class(rows[[1]])[1]),
        vapply(seq_len(nrow(rows)), function(i) shown(rows[[1]][i]), "")))
  }
}
invisible(dbDisconnect(connection))
