package io.weir.query.catalog.shadow;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Where a shadow server listens. */
public sealed interface BackendAddress {
    SocketChannel connect() throws IOException;

    record Unix(Path path) implements BackendAddress {
        @Override
        public SocketChannel connect() throws IOException {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.connect(UnixDomainSocketAddress.of(path));
                return channel;
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        }
    }

    record Tcp(String host, int port) implements BackendAddress {
        private static final int CONNECT_MILLIS = 10_000;

        @Override
        public SocketChannel connect() throws IOException {
            SocketChannel channel = SocketChannel.open();
            try {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.socket().connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
                return channel;
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        }
    }
}
