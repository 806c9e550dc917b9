package io.weir.query.session;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.query.answer.QueryDesk;
import io.weir.query.session.statement.SessionStatement.Copy;
import java.util.List;

/** Has the query of a COPY ruled on, as a SELECT would be. Session's thread. */
final class Copies {
    private final OpenSession session;

    Copies(OpenSession session) {
        this.session = session;
    }

    /** Refusals are problem exceptions with positions in the statement. */
    Portal portal(Copy copy) {
        try {
            if (session.catalogue().answers(copy.sql())) {
                return new CatalogueCopyPortal(session, copy.sql(), copy.options());
            }
            QueryDesk.Prepared prepared = session.prepare(
                    copy.sql(), List.of(), session.settings().options().forCopy());
            if (prepared.isCall()) {
                throw Problem.of(ProblemCode.UNSUPPORTED, "COPY of a CALL").asException();
            }
            if (!prepared.description().parameters().isEmpty()) {
                throw Problem.of(
                                ProblemCode.PARAMETER_MISSING,
                                "COPY takes no parameters.",
                                "Write the values into the statement.")
                        .asException();
            }
            return new CopyPortal(session, DataPortal.fetched(session, prepared, List.of(), false), copy.options());
        } catch (ProblemException refused) {
            throw located(refused, copy);
        }
    }

    private static ProblemException located(ProblemException refused, Copy copy) {
        Problem problem = refused.problem();
        if (problem.position() == 0) {
            return refused;
        }
        int position = copy.shift() < 0 ? 0 : problem.position() + copy.shift();
        return new ProblemException(problem.at(position), refused);
    }
}
