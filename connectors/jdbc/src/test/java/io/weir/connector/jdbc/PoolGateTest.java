package io.weir.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PoolGateTest {
    private static final long BRIEFLY = TimeUnit.MILLISECONDS.toNanos(50);

    @Test
    void oneHolderHasAllButOne() throws Exception {
        PoolGate gate = new PoolGate(4);
        for (int i = 0; i < 3; i++) {
            assertThat(gate.enter("ada", 0)).isTrue();
        }
        assertThat(gate.enter("ada", BRIEFLY)).isFalse();
        assertThat(gate.enter("ben", 0)).isTrue();
        assertThat(gate.enter("cora", BRIEFLY)).isFalse();
        gate.leave("ada");
        assertThat(gate.enter("cora", 0)).isTrue();
    }

    @Test
    void theOnlyConnectionIsAnybodys() throws Exception {
        PoolGate gate = new PoolGate(1);
        assertThat(gate.enter("ada", 0)).isTrue();
        assertThat(gate.enter("ben", BRIEFLY)).isFalse();
        gate.leave("ada");
        assertThat(gate.enter("ben", 0)).isTrue();
    }

    @Test
    void aWaiterIsLetInWhenAPlaceIsFreed() throws Exception {
        PoolGate gate = new PoolGate(2);
        assertThat(gate.enter("ada", 0)).isTrue();
        Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            gate.leave("ada");
        });
        assertThat(gate.enter("ada", TimeUnit.SECONDS.toNanos(20))).isTrue();
    }
}
