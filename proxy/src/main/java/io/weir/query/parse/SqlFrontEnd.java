package io.weir.query.parse;

import io.weir.problem.LoggedFailure;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.query.catalog.GovernedSchema;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door of this package: SQL text to a validated tree. Thread-safe. Every call runs on a large-stack thread of its own pool and is
 * bounded by {@link FrontEndLimits}; what goes wrong comes back as a problem, never as an exception.
 */
public final class SqlFrontEnd implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SqlFrontEnd.class);

    private static final SqlParser.Config PARSER = SqlParser.config()
            .withParserFactory(SizedParser::of)
            .withQuoting(Quoting.DOUBLE_QUOTE)
            .withUnquotedCasing(Casing.TO_LOWER)
            .withQuotedCasing(Casing.UNCHANGED)
            .withCaseSensitive(true)
            .withIdentifierMaxLength(256)
            .withConformance(PgConformance.INSTANCE);

    private final FrontEndLimits limits;
    private final LargeStack threads;
    private final GovernedCatalog catalogs = new GovernedCatalog();

    public SqlFrontEnd() {
        this(FrontEndLimits.standard());
    }

    public SqlFrontEnd(FrontEndLimits limits) {
        this.limits = limits;
        this.threads = new LargeStack(limits.time());
    }

    /**
     * @param sql one statement of PostgreSQL's dialect: SELECT, WITH, VALUES or TABLE
     * @param parameterTypes types of $1, $2 … as far as the client named them; may be shorter than the parameters used
     */
    public Outcome<ParsedQuery> parse(String sql, GovernedSchema schema, List<@Nullable SqlType> parameterTypes) {
        List<@Nullable SqlType> types = new ArrayList<>(parameterTypes);
        Callable<Outcome<ParsedQuery>> work = () -> guarded(sql, schema, types);
        return threads.run(work);
    }

    /** Names of all functions that statements may call. */
    public Set<String> functions() {
        return Known.FUNCTIONS;
    }

    /** The operator table is loaded with the first statement, not with this class. */
    private static final class Known {
        static final Set<String> FUNCTIONS = functionNames();
    }

    private static Set<String> functionNames() {
        Set<String> names = new TreeSet<>();
        for (SqlOperator operator : PgOperators.table().getOperatorList()) {
            switch (operator.getSyntax()) {
                case FUNCTION, FUNCTION_STAR, FUNCTION_ID -> names.add(PgOperators.nameOf(operator));
                default -> {
                    // operators have no name that could be misspelt
                }
            }
        }
        return Collections.unmodifiableSet(names);
    }

    /** Loads and compiles what the first statements need: about a second, better spent at start than on a caller's time. */
    public void warmUp() {
        WarmUp.run(this);
    }

    @Override
    public void close() {
        threads.close();
    }

    private Outcome<ParsedQuery> guarded(String sql, GovernedSchema schema, List<@Nullable SqlType> types) {
        CanonicalText text = null;
        try {
            text = SqlReader.read(sql, limits);
            return Outcome.of(parsed(text, schema, types));
        } catch (ProblemException e) {
            return Outcome.refused(e.problem());
        } catch (StatementException e) {
            return Outcome.refused(e.problem().at(text == null ? 0 : text.position(e.line())));
        } catch (SqlParseException e) {
            return Outcome.refused(CalciteProblems.syntax(e, sql, text));
        } catch (CalciteContextException e) {
            return Outcome.refused(CalciteProblems.invalid(e, text));
        } catch (StackOverflowError e) {
            return Outcome.refused(Problem.tooDeep());
        } catch (RuntimeException | AssertionError e) {
            Throwable cause = e.getCause();
            if (cause instanceof StatementException inner) {
                return Outcome.refused(inner.problem().at(text == null ? 0 : text.position(inner.line())));
            }
            LOG.warn("the SQL front end failed on a statement", LoggedFailure.of(e));
            return Outcome.refused(Problem.of(
                    ProblemCode.UNSUPPORTED, "this combination of clauses is not supported", "split the statement"));
        }
    }

    private ParsedQuery parsed(CanonicalText text, GovernedSchema schema, List<@Nullable SqlType> types)
            throws SqlParseException {
        SqlNode syntax = SqlParser.create(text.text(), PARSER).parseQuery();
        StatementShaper.Shaped shaped = new StatementShaper(schema, text, types, limits).query(syntax, null);
        RelNode tree = Conversion.convert(shaped.node(), catalogs.of(schema));
        TreeCheck.Parameters found = TreeCheck.check(tree, text);
        if (found.conflicting() && !found.types().equals(types)) {
            // PostgreSQL fixes a parameter's type at its first use.
            return parsed(text, schema, found.types());
        }
        return new ParsedQuery(tree, shaped.labels(), found.resolved(types), schema);
    }
}
