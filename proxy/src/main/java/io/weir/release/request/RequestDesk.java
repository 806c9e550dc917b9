package io.weir.release.request;

import io.weir.identity.Asker;
import io.weir.problem.Outcome;
import java.util.List;

/** The authors' door of the release road: SQL ({@code CALL weir.request_release}, {@code weir.my_releases}), CLI and HTTP. Blocks. */
public interface RequestDesk {
    /**
     * Runs the statement, freezes its protected result and asks for its release. Not idempotent: asking twice makes two requests.
     *
     * @param sql one SELECT without parameters
     * @param title 1 to 200 characters on one line; goes to the recipient
     * @param purposeNote why this is needed, 1 to 4000 characters; stays inside
     * @param destinationId a destination of the asker's agreement
     * @return the author's view; refused with the query road's own problems, {@code AGREEMENT_INACTIVE}, {@code NOT_RELEASABLE} (detail says
     *     why), {@code INVALID_VALUE}, {@code RESULT_TOO_LARGE}, {@code STORE_UNAVAILABLE}, {@code AUDIT_UNAVAILABLE}
     */
    Outcome<RequestView> request(Asker asker, String sql, String title, String purposeNote, String destinationId);

    /** The asker's own requests in the asker's project, newest first. */
    Outcome<List<RequestSummary>> list(Asker asker);

    /** One request of the asker's project. Unknown and other projects' ids are refused alike. */
    Outcome<RequestView> show(Asker asker, String requestId);

    /** Takes a request back; only the author, and not once it is sealed. */
    Outcome<RequestSummary> withdraw(Asker asker, String requestId);
}
