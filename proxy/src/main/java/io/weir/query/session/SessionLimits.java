package io.weir.query.session;

import io.weir.query.wire.FrameLimits;
import java.time.Duration;

/**
 * What one client, one address and all clients together may take.
 *
 * @param frames sizes of frames before and after authentication
 * @param sessions authenticated sessions on this server; one more is told 53300
 * @param sessionsPerPerson the same for one person, in all projects together
 * @param handshakes connections that are not authenticated yet; one more is closed at once
 * @param handshakesPerAddress the same from one address
 * @param authentication from the connection to AuthenticationOk
 * @param statementBytes longest SQL text of one message, in bytes of UTF-8; a longer one is not read and told 54000
 * @param idle without a statement, in or out of a transaction; zero means no limit
 * @param idleCursor a cursor or portal that keeps a connection to a source is closed when nothing is read from it for so long
 * @param stalledWrite how long a client may not read while the server has something to say
 * @param inboxFrames frames read ahead of the session's thread (pipelining)
 * @param inboxBytes their bytes
 * @param bufferedBytes bytes of large messages of all connections that are read and not dealt with; a message beyond it is told 53200 and ends
 *     its session
 * @param statements named prepared statements a session
 * @param statementsBytes bytes of text of all prepared statements of a session
 * @param portals open portals and cursors a session
 * @param portalsBytes bytes of parameters of all open portals of a session
 * @param plaintextCancel whether a CancelRequest is heard without TLS, as clients before libpq 17 send it
 */
public record SessionLimits(
        FrameLimits frames,
        int sessions,
        int sessionsPerPerson,
        int handshakes,
        int handshakesPerAddress,
        Duration authentication,
        int statementBytes,
        Duration idle,
        Duration idleCursor,
        Duration stalledWrite,
        int inboxFrames,
        int inboxBytes,
        long bufferedBytes,
        int statements,
        int statementsBytes,
        int portals,
        int portalsBytes,
        boolean plaintextCancel) {

    /** Limits that suit one installation of up to 200 analysts. */
    public static SessionLimits standard() {
        return new SessionLimits(
                new FrameLimits(10_000, 131_072 + FrameLimits.STATEMENT_MARGIN, 1 << 20, 64 << 10),
                200,
                10,
                200,
                50,
                Duration.ofSeconds(30),
                131_072,
                Duration.ofHours(8),
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                256,
                1 << 20,
                64 << 20,
                1_000,
                2 << 20,
                100,
                2 << 20,
                true);
    }
}
