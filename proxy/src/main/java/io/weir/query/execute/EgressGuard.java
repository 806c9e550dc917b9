package io.weir.query.execute;

import io.weir.problem.LoggedFailure;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.query.rewrite.GeneratedSelect;
import io.weir.query.rewrite.OutputColumn;
import io.weir.query.rewrite.RegisteredFunctions;
import io.weir.query.rewrite.SqlDialect;
import io.weir.recent.RecentlyUsed;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.expression.AnalyticExpression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.SelectItem;
import net.sf.jsqlparser.util.TablesNamesFinder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A second, independent parser reads every generated text before it leaves: one SELECT, only the relations and functions that the
 * rewriter declared, and exactly the declared output columns. A disagreement is a refusal and an alert. Thread-safe; remembers texts that
 * passed.
 */
public final class EgressGuard {
    private static final Logger LOGGER = LoggerFactory.getLogger(EgressGuard.class);
    private static final int REMEMBERED = 2_000;
    private static final long MOST_CHARACTERS = 8_000_000;

    private final RecentlyUsed<String, Boolean> passed =
            new RecentlyUsed<>(REMEMBERED, MOST_CHARACTERS, (sql, passes) -> sql.length());

    /** Throws a problem when the text is not what the rewriter declared. */
    public void check(GeneratedSelect select) {
        if (passed.get(select.sql()) != null) {
            return;
        }
        String objection = objection(select);
        if (objection != null) {
            LOGGER.atError().addKeyValue("objection", objection).log("the egress guard stopped a generated statement");
            throw Problem.of(ProblemCode.EGRESS_GUARD).asException();
        }
        passed.put(select.sql(), true);
    }

    private static @org.jspecify.annotations.Nullable String objection(GeneratedSelect select) {
        // Not parse(): it stops at the first semicolon and says nothing of what follows.
        List<Statement> statements;
        try {
            statements = CCJSqlParserUtil.parseStatements(
                    select.sql(),
                    parser -> parser.withTimeOut(10_000)
                            .withSquareBracketQuotation(select.dialect() == SqlDialect.SQL_SERVER));
        } catch (JSQLParserException unreadable) {
            // It reads on a thread of its own. Whoever cancels, or sends what takes long to read, has not made the two
            // parsers disagree.
            switch (unreadable.getCause()) {
                case InterruptedException cancelled -> {
                    // Taken here: what is recorded next must not be interrupted again.
                    boolean ignored = Thread.interrupted();
                    throw new ProblemException(Problem.of(ProblemCode.CANCELLED), unreadable);
                }
                case TimeoutException tooLong ->
                    throw new ProblemException(
                            Problem.of(
                                    ProblemCode.STATEMENT_TOO_COMPLEX,
                                    "what would be asked of the source takes too long to check",
                                    "Ask for less in one statement."),
                            unreadable);
                case null, default -> {}
            }
            LOGGER.atError()
                    .setCause(LoggedFailure.of(unreadable))
                    .log("the second parser cannot read a generated statement");
            return "not readable by the second parser";
        }
        if (statements.size() != 1 || !(statements.getFirst() instanceof PlainSelect plain)) {
            return "not one plain SELECT";
        }
        if (plain.getIntoTables() != null || plain.getForMode() != null || plain.getWithItemsList() != null) {
            return "INTO, FOR or WITH";
        }
        if (select.capped() != isCapped(plain)) {
            return "another limit of rows than declared";
        }
        Finder finder = new Finder();
        finder.getTables((Statement) plain);
        Set<String> relations = finder.relations;
        if (!select.relations().containsAll(relations)) {
            return "a relation that was not declared";
        }
        if (!RegisteredFunctions.names(select.dialect()).containsAll(finder.functions)) {
            return "a function that is not registered";
        }
        List<String> labels =
                plain.getSelectItems().stream().map(EgressGuard::label).toList();
        List<String> declared =
                select.outputs().stream().map(OutputColumn::label).toList();
        return labels.equals(declared) ? null : "other output columns than declared";
    }

    private static String label(SelectItem<?> item) {
        if (item.getAlias() != null) {
            return unquoted(item.getAlias().getName());
        }
        String text = item.getExpression().toString();
        return unquoted(text.substring(text.lastIndexOf('.') + 1));
    }

    private static boolean isCapped(PlainSelect plain) {
        return plain.getTop() != null || plain.getFetch() != null || plain.getLimit() != null;
    }

    private static String unquoted(String name) {
        if (name.startsWith("[") && name.endsWith("]")) {
            return name.substring(1, name.length() - 1).replace("]]", "]");
        }
        return name.startsWith("\"") && name.endsWith("\"") && name.length() >= 2
                ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
                : name;
    }

    private static final class Finder extends TablesNamesFinder<Void> {
        private final Set<String> relations = new TreeSet<>();
        private final Set<String> functions = new TreeSet<>();

        @Override
        public <S> Void visit(Table table, S context) {
            relations.add(unquoted(String.valueOf(table.getSchemaName())) + "." + unquoted(table.getName()));
            return super.visit(table, context);
        }

        @Override
        public <S> Void visit(Function function, S context) {
            functions.add(function.getName().toLowerCase(Locale.ROOT));
            return super.visit(function, context);
        }

        @Override
        public <S> Void visit(AnalyticExpression expression, S context) {
            functions.add(expression.getName().toLowerCase(Locale.ROOT));
            // The finder itself looks at the order and the arguments only.
            if (expression.getPartitionExpressionList() != null) {
                expression.getPartitionExpressionList().forEach(key -> key.accept(this, context));
            }
            return super.visit(expression, context);
        }
    }
}
