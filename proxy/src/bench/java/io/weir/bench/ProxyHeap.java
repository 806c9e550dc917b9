package io.weir.bench;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Watches the heap of a quickstart on the same machine, under the same user. */
final class ProxyHeap implements AutoCloseable {
    private final JMXConnector connector;
    private final MemoryMXBean memory;

    private ProxyHeap(JMXConnector connector, MemoryMXBean memory) {
        this.connector = connector;
        this.memory = memory;
    }

    /** The quickstart that was started with this state directory, or else the only one there is. */
    static Optional<ProxyHeap> find(Path state) {
        List<VirtualMachineDescriptor> quickstarts = VirtualMachine.list().stream()
                .filter(v -> v.displayName().startsWith("io.weir.Main quickstart"))
                .toList();
        Optional<VirtualMachineDescriptor> one = quickstarts.stream()
                .filter(v -> v.displayName().contains(state.toString()))
                .findFirst()
                .or(() -> quickstarts.size() == 1 ? Optional.of(quickstarts.getFirst()) : Optional.empty());
        if (one.isEmpty()) {
            return Optional.empty();
        }
        try {
            VirtualMachine machine = VirtualMachine.attach(one.get());
            try {
                JMXConnector connector =
                        JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
                return Optional.of(new ProxyHeap(
                        connector,
                        ManagementFactory.newPlatformMXBeanProxy(
                                connector.getMBeanServerConnection(),
                                ManagementFactory.MEMORY_MXBEAN_NAME,
                                MemoryMXBean.class)));
            } finally {
                machine.detach();
            }
        } catch (IOException | AttachNotSupportedException unreachable) {
            return Optional.empty();
        }
    }

    /** Work to watch. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    /** Bytes in use, live or not, at the worst moment of the work. */
    long peakDuring(Work work) throws Exception {
        AtomicLong peak = new AtomicLong();
        AtomicBoolean done = new AtomicBoolean();
        Thread sampler = Thread.ofPlatform().start(() -> {
            while (!done.get()) {
                peak.accumulateAndGet(memory.getHeapMemoryUsage().getUsed(), Math::max);
                try {
                    Thread.sleep(50);
                } catch (InterruptedException stop) {
                    return;
                }
            }
        });
        try {
            work.run();
        } finally {
            done.set(true);
            sampler.join();
        }
        return peak.get();
    }

    /** Bytes that survive a full collection, which this asks for. */
    long live() {
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
