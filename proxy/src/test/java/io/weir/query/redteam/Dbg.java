package io.weir.query.redteam;

import java.nio.file.*;
import java.util.*;

final class Dbg {
    public static void main(String[] a) throws Exception {
        try (Ward ward = new Ward()) {
            long world = Long.parseLong(a[1]);
            ward.world(world);
            var p = Ward.Protection.valueOf(a[2]);
            for (boolean bit : List.of(true, false)) {
                ward.draw(Secret.DIAGNOSIS, bit);
                var desk = ward.desk(p);
                System.out.println("=== " + bit);
                for (String q : Files.readString(Path.of(a[0])).split(";\\n")) {
                    System.out.println("Q " + q);
                    var t = desk.ask(q);
                    t.rows().forEach(r -> System.out.println("      " + r));
                }
            }
        }
        System.exit(0);
    }
}
