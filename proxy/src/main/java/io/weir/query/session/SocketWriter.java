package io.weir.query.session;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.weir.query.wire.BackendStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Blocking writes: a few chunks may be on their way, the next one waits until the first has reached the socket. Session's thread.
 *
 * <p>An interrupt (a cancel) during the wait is kept for the statement: what was handed over consists of whole messages, so the stream
 * stays intact.
 */
final class SocketWriter implements BackendStream.Sink {
    private static final int IN_FLIGHT = 2;

    private final NetSocket socket;
    private final Duration patience;
    private final ArrayDeque<Future<Void>> inFlight = new ArrayDeque<>(IN_FLIGHT + 1);

    SocketWriter(NetSocket socket, Duration patience) {
        this.socket = socket;
        this.patience = patience;
    }

    @Override
    public void write(byte[] chunk) {
        inFlight.add(socket.write(Buffer.buffer(chunk)));
        while (inFlight.size() > IN_FLIGHT
                || (!inFlight.isEmpty() && inFlight.getFirst().isComplete())) {
            await(inFlight.removeFirst());
        }
    }

    private void await(Future<Void> written) {
        boolean interrupted = false;
        try {
            long deadline = System.nanoTime() + patience.toNanos();
            while (true) {
                try {
                    written.toCompletionStage()
                            .toCompletableFuture()
                            .get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                    return;
                } catch (InterruptedException cancel) {
                    interrupted = true;
                } catch (ExecutionException | TimeoutException goneOrStalled) {
                    socket.close();
                    throw new ConnectionGoneException();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
