package io.weir.release.deliver;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When the courier works.
 *
 * @param poll how long it sleeps with nothing due
 * @param lease how long one attempt may take before another courier may try
 * @param firstPause pause after the first failure in passing; doubled each time, with full jitter
 * @param longestPause most
 * @param giveUpAfter how long a delivery may fail in passing before a person is called
 */
public record DeliverySchedule(
        Duration poll, Duration lease, Duration firstPause, Duration longestPause, Duration giveUpAfter) {
    /** Looks every second, leases 15 minutes, pauses 2 s to 5 min, gives up after 3 days. */
    public static DeliverySchedule standard() {
        return new DeliverySchedule(
                Duration.ofSeconds(1),
                Duration.ofMinutes(15),
                Duration.ofSeconds(2),
                Duration.ofMinutes(5),
                Duration.ofDays(3));
    }

    /** The pause after this attempt: between half of and the whole of the doubled pause. */
    Duration pauseAfter(int attempt, RandomGenerator random) {
        long doubled = firstPause.toMillis() << Math.min(Math.max(attempt - 1, 0), 20);
        long most = Math.min(Math.max(doubled, 1), longestPause.toMillis());
        return Duration.ofMillis(most - random.nextLong(most / 2 + 1));
    }
}
