package io.weir.connector.postgresql;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sockets that close themselves when logging in takes too long. The driver's own time-out only stops waiting: the thread that logs in goes on
 * reading from a server that keeps talking, for ever. Public because the driver makes it by its name. Thread-safe.
 */
public final class LoginDeadline extends SocketFactory {
    /** A read time-out that nobody asks for otherwise: whoever sets it says that the login is done. It is set as none. */
    static final int LIFTED = Integer.MAX_VALUE;

    private final long millis;

    /** @param millis from the socket to the end of the login */
    public LoginDeadline(String millis) {
        this.millis = Long.parseLong(millis);
    }

    @Override
    public Socket createSocket() {
        Watched socket = new Watched();
        socket.watch = Thread.ofVirtual().name("weir-source-login").start(() -> socket.closeIn(millis));
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw new IOException("the driver connects sockets itself");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        throw new IOException("the driver connects sockets itself");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw new IOException("the driver connects sockets itself");
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        throw new IOException("the driver connects sockets itself");
    }

    private static final class Watched extends Socket {
        private volatile @Nullable Thread watch;

        void closeIn(long millis) {
            try {
                Thread.sleep(millis);
                super.close();
            } catch (InterruptedException done) {
                // Logged in, or closed already.
            } catch (IOException closed) {
                // There is nothing left to close.
            }
        }

        @Override
        public void setSoTimeout(int timeout) throws SocketException {
            if (timeout == LIFTED) {
                lift();
            }
            super.setSoTimeout(timeout == LIFTED ? 0 : timeout);
        }

        @Override
        public void close() throws IOException {
            lift();
            super.close();
        }

        private void lift() {
            Thread thread = watch;
            if (thread != null) {
                thread.interrupt();
            }
        }
    }
}
