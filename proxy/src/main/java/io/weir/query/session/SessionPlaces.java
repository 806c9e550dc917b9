package io.weir.query.session;

import io.weir.identity.PersonId;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Places of authenticated sessions, of all and of one person. Thread-safe. */
final class SessionPlaces {
    private final int places;
    private final int placesPerPerson;
    private final Map<PersonId, Integer> byPerson = new HashMap<>();
    private int taken;

    SessionPlaces(int places, int placesPerPerson) {
        this.places = places;
        this.placesPerPerson = placesPerPerson;
    }

    /** Null when a place was taken, which {@link #leave} must give back. */
    synchronized @Nullable Problem take(PersonId person) {
        int own = byPerson.getOrDefault(person, 0);
        if (own >= placesPerPerson) {
            return Problem.of(
                    ProblemCode.TOO_MANY_CONNECTIONS,
                    "This person has " + own + " connections, which is the most one person may have.",
                    "Close a connection that is not used: idle ones of a pool count, too.");
        }
        if (taken >= places) {
            return Problem.of(
                    ProblemCode.TOO_MANY_CONNECTIONS,
                    "All connections of this installation are taken.",
                    "Try again in a few minutes.");
        }
        byPerson.put(person, own + 1);
        taken++;
        return null;
    }

    synchronized void leave(PersonId person) {
        taken--;
        byPerson.computeIfPresent(person, (key, own) -> own == 1 ? null : own - 1);
    }

    synchronized int taken() {
        return taken;
    }
}
