# The tables of SideBySide, protected with the R package GaussSuppression: Rscript side-by-side.R DIRECTORY
# Counts of 1 to 9 are hidden, zeros are shown, as in the benchmark; all else is the package's default. Where lpSolve is installed, once more with
# intervals that have to be 10 wide.
suppressMessages(library(GaussSuppression))
directory <- commandArgs(trailingOnly = TRUE)[1]
shapes <- readLines(file.path(directory, "shapes.txt"))[-1]

# A total, and codes or groups of codes below it, as the package wants hierarchies.
hierarchy <- function(part) {
  numbers <- as.integer(strsplit(part, "x")[[1]])
  levels <- "@"
  codes <- "all"
  for (group in seq_len(numbers[1]) - 1) {
    levels <- c(levels, "@@")
    codes <- c(codes, paste0("g", group))
    if (length(numbers) > 1) {
      levels <- c(levels, rep("@@@", numbers[2]))
      codes <- c(codes, paste0("g", group, ".", seq_len(numbers[2]) - 1))
    }
  }
  data.frame(levels = levels, codes = codes)
}

methods <- list(
  "GaussSuppression" = function(...) SuppressSmallCounts(..., maxN = 9, printInc = FALSE),
  "GaussSuppression, intervals" = if (requireNamespace("lpSolve", quietly = TRUE)) {
    function(...) SuppressSmallCounts(..., maxN = 9, printInc = FALSE, lpPackage = "lpSolve", rangeMin = 10)
  }
)
for (index in seq_along(shapes)) {
  parts <- strsplit(shapes[index], ",")[[1]]
  tables <- read.csv(file.path(directory, paste0("tables-", index - 1, ".csv")), colClasses = c("integer", rep("character", length(parts)), "numeric"))
  dimensions <- paste0("d", seq_along(parts) - 1)
  hierarchies <- setNames(lapply(parts, hierarchy), dimensions)
  hidden <- file(file.path(directory, paste0("hidden-", index - 1, ".csv")), "w")
  seconds <- file(file.path(directory, paste0("seconds-", index - 1, ".csv")), "w")
  for (name in names(Filter(Negate(is.null), methods))) {
    protect <- function(table) {
      data <- tables[tables$table == table, c(dimensions, "people")]
      invisible(capture.output(suppressMessages(
        result <- methods[[name]](data = data, freqVar = "people", hierarchies = hierarchies))))
      result
    }
    protect(0) # warms up
    for (table in unique(tables$table)) {
      took <- system.time(result <- protect(table))
      label <- sub(",", " with", name)
      cells <- result[result$suppressed, dimensions, drop = FALSE]
      writeLines(do.call(paste, c(list(label, table), cells, sep = ",")), hidden)
      writeLines(paste(label, table, sum(took[c("user.self", "sys.self")]), sep = ","), seconds)
    }
  }
  close(hidden)
  close(seconds)
}
cat("GaussSuppression", format(packageVersion("GaussSuppression")), "with", R.version.string, "\n")
