package io.weir.query.session;

import io.weir.query.wire.BufferBudget;
import io.weir.query.wire.Frame;
import io.weir.query.wire.ProtocolViolationException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Frames on their way from the event loop to the session's thread. The event loop never waits: above the bounds it stops reading from the
 * socket until the session has caught up.
 */
final class Inbox {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final ArrayDeque<Frame> frames = new ArrayDeque<>();
    private final int maxFrames;
    private final int maxBytes;
    private final Runnable resume;
    private final BufferBudget budget;
    private int bytes;
    private int taken;
    private int counted;
    private boolean paused;
    private boolean closed;
    private @Nullable ProtocolViolationException violation;

    /** @param resume asks the event loop to read again; called from the session's thread */
    Inbox(int maxFrames, int maxBytes, BufferBudget budget, Runnable resume) {
        this.maxFrames = maxFrames;
        this.maxBytes = maxBytes;
        this.budget = budget;
        this.resume = resume;
    }

    /** Event loop: returns whether the socket must pause. */
    boolean offer(Frame frame) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            counted = budget.exchange(counted, bytes + taken + frame.body().length);
            frames.add(frame);
            bytes += frame.body().length;
            arrived.signal();
            if (frames.size() >= maxFrames || bytes >= maxBytes) {
                paused = true;
            }
            return paused;
        } finally {
            lock.unlock();
        }
    }

    /** Event loop: what follows cannot be understood; the session learns it after the frames before it. */
    void fail(ProtocolViolationException broken) {
        lock.lock();
        try {
            violation = broken;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody will send or wait any more. Any thread. */
    void close() {
        lock.lock();
        try {
            closed = true;
            frames.clear();
            counted = budget.exchange(counted, 0);
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Session: whether a frame waits, so that answers may gather before they are sent. */
    boolean isEmpty() {
        lock.lock();
        try {
            return frames.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Session: the next frame.
     *
     * @param patience how long to wait; zero for ever
     * @return null when patience ran out
     */
    @Nullable
    Frame take(Duration patience) {
        long left = patience.isZero() ? Long.MAX_VALUE : patience.toNanos();
        lock.lock();
        try {
            taken = 0;
            while (true) {
                if (closed) {
                    throw new ConnectionGoneException();
                }
                Frame frame = frames.poll();
                if (frame != null) {
                    bytes -= frame.body().length;
                    taken = frame.body().length;
                    counted = budget.exchange(counted, bytes + taken);
                    if (paused && frames.size() <= maxFrames / 2 && bytes <= maxBytes / 2) {
                        paused = false;
                        resume.run();
                    }
                    return frame;
                }
                ProtocolViolationException broken = violation;
                if (broken != null) {
                    throw broken;
                }
                if (left <= 0) {
                    return null;
                }
                left = arrived.awaitNanos(left);
            }
        } catch (InterruptedException lateCancel) {
            // A cancel that came too late for its statement; nothing else interrupts an idle session.
            return take(patience);
        } finally {
            lock.unlock();
        }
    }
}
