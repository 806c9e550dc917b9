package io.weir.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;

/**
 * The one deadline that a connection is under at a time: to its next complete header, or to the end of the request under way. It does not move
 * when bytes arrive, so a client that dribbles is closed as one that is silent. Event loop of the connection only.
 */
final class ConnectionDeadline {
    private final Vertx vertx;
    private final HttpConnection connection;
    private long timer = -1;
    private long requests;

    ConnectionDeadline(Vertx vertx, HttpConnection connection) {
        this.vertx = vertx;
        this.connection = connection;
    }

    /** A complete header must be there in time. */
    void headerWithin(Duration time) {
        restart(time);
    }

    /** A complete header is there: the request must be answered, and the answer taken, in time. Returns the request's number. */
    long requestWithin(Duration time) {
        restart(time);
        return ++requests;
    }

    /** The answer to that request is sent: the next header must come in time, unless it is there already. */
    void answered(long request, Duration time) {
        if (request == requests && timer != -1) {
            restart(time);
        }
    }

    void cancel() {
        if (timer != -1) {
            vertx.cancelTimer(timer);
            timer = -1;
        }
    }

    private void restart(Duration time) {
        cancel();
        timer = vertx.setTimer(time.toMillis(), late -> connection.close());
    }
}
