package io.weir.audit.log;

import io.weir.audit.AuditLog.Receipt;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A process that appends from four threads until it is killed, and says on its standard output what was acknowledged. */
final class KilledWriter {
    private KilledWriter() {}

    public static void main(String[] args) throws InterruptedException {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        FileAuditLog log = AuditFixture.open(Path.of(args[0]));
        for (int thread = 0; thread < 4; thread++) {
            Thread.ofPlatform().start(() -> {
                for (int i = 0; ; i++) {
                    Receipt receipt = log.append(AuditFixture.event(i).disclosing("sql", "SELECT " + i));
                    synchronized (out) {
                        out.println(receipt.sequence() + " " + receipt.leafHash());
                        out.flush();
                    }
                }
            });
        }
        Thread.sleep(60_000);
    }
}
