package io.weir.bench;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Sockets of a client that reads 64 KB and then rests for a tenth of a second. Named by the driver's {@code socketFactory}. */
public final class SlowSockets extends SocketFactory {
    private static final int GULP = 64 * 1024;
    private static final long REST_MILLIS = 100;

    @Override
    public Socket createSocket() {
        return new SlowSocket();
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw new UnsupportedOperationException();
    }

    private static final class SlowSocket extends Socket {
        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                private int left = GULP;

                @Override
                public int read(byte[] bytes, int from, int length) throws IOException {
                    if (left <= 0) {
                        left = GULP;
                        try {
                            Thread.sleep(REST_MILLIS);
                        } catch (InterruptedException stop) {
                            Thread.currentThread().interrupt();
                            throw new IOException(stop);
                        }
                    }
                    int read = super.read(bytes, from, Math.min(length, left));
                    left -= Math.max(0, read);
                    return read;
                }
            };
        }
    }
}
