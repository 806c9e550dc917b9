package io.weir.query.session;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Many connections that do nothing. */
final class HeldClients implements AutoCloseable {
    private final List<WireClient> clients = new ArrayList<>();

    WireClient add(WireClient client) {
        clients.add(client);
        return client;
    }

    /** Forgets the newest one if the server has closed it. */
    void dropClosed() throws IOException {
        if (clients.size() > 40 && clients.getLast().isClosedAlready()) {
            clients.removeLast().close();
        }
    }

    /** How many the server has not closed. */
    int open() throws IOException {
        int open = 0;
        for (WireClient client : clients) {
            if (!client.isClosedAlready()) {
                open++;
            }
        }
        return open;
    }

    /** Bytes of this JVM, in which the server runs too, after a collection. */
    static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @Override
    public void close() throws IOException {
        for (WireClient client : clients) {
            client.close();
        }
    }
}
