package io.weir.connector.sqlserver.tds;

import io.weir.connector.testkit.TestCertificate;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import org.jspecify.annotations.Nullable;

/** Listens on the loopback until closed. Thread-safe. */
public final class TdsResponder implements AutoCloseable {
    private final ServerSocket server;
    private final String backend;
    private final String password;
    private final boolean strict;
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    final AtomicInteger attentions = new AtomicInteger();
    private final AtomicInteger logins = new AtomicInteger();

    /**
     * @param backend JDBC URL of what answers
     * @param certificate for TLS before TDS; null for none
     */
    public TdsResponder(String backend, String password, @Nullable TestCertificate certificate)
            throws IOException, GeneralSecurityException {
        this.backend = backend;
        this.password = password;
        this.strict = certificate != null;
        this.server =
                certificate == null ? new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")) : tls(certificate);
        Thread.ofPlatform().daemon().name("tds-accept").start(this::accept);
    }

    private static ServerSocket tls(TestCertificate certificate) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        char[] password = certificate.password().toCharArray();
        try (InputStream in = Files.newInputStream(certificate.keyStore())) {
            keys.load(in, password);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
        managers.init(keys, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        SSLServerSocket socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"tds/8.0"});
        socket.setSSLParameters(parameters);
        return socket;
    }

    private void accept() {
        while (true) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                Thread.ofPlatform().daemon().name("tds-read").start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            new Session(this, socket).run();
        } catch (EOFException | SSLException gone) {
            // The client has left, or does not believe the certificate.
        } catch (IOException | SQLException broken) {
            // The client sees a broken connection, which is what its test is about.
        } finally {
            sockets.remove(socket);
        }
    }

    Connection connect() throws SQLException {
        logins.incrementAndGet();
        return DriverManager.getConnection(backend, "sa", "");
    }

    /** The few words that the backend spells in another way. */
    String translated(String sql) {
        return sql.replaceAll("@P\\d+", "?").replaceAll("(?i)count_big", "count");
    }

    static int number(SQLException refused) {
        return "42S02".equals(refused.getSQLState()) ? 208 : 102;
    }

    void heard(String sql) {
        heard.add(sql);
    }

    String password() {
        return password;
    }

    boolean isStrict() {
        return strict;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Every text that came, in order. */
    public List<String> heard() {
        return List.copyOf(heard);
    }

    public int attentions() {
        return attentions.get();
    }

    public int logins() {
        return logins.get();
    }

    /** Ends all connections, as a server that is restarted. */
    public void cut() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}
