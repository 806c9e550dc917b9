package io.weir.connector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.connector.destination.DestinationConnector;
import io.weir.connector.destination.DestinationException;
import io.weir.connector.destination.Parcel;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FakeDestinationTest extends DestinationConnectorContract {
    private final FakeDestination fake = new FakeDestination();

    @Override
    protected DestinationConnector connector() {
        return fake;
    }

    @Override
    protected Map<String, byte[]> farSide() {
        return fake.files();
    }

    @Override
    protected void plant(String folder, String name, byte[] content) {
        fake.plant(folder + "/" + name, content);
    }

    @Test
    void aLyingReadBackIsAConflict() throws Exception {
        fake.mood(new FakeDestination.Mood.Lying());
        Parcel parcel = parcel("lie", new byte[] {1, 2, 3});
        assertThatThrownBy(() -> fake.deliver(parcel))
                .isInstanceOfSatisfying(
                        DestinationException.class,
                        e -> assertThat(e.kind()).isEqualTo(DestinationException.Kind.CONFLICT));
        assertThat(fake.order()).noneMatch(name -> name.endsWith("done.json"));
    }

    @Test
    void aLostAnswerIsMendedByARepeat() throws Exception {
        Parcel parcel = parcel("lost", new byte[] {1, 2, 3});
        fake.mood(new FakeDestination.Mood.AnswerLost());
        assertThatThrownBy(() -> fake.deliver(parcel)).isInstanceOf(DestinationException.class);
        fake.mood(new FakeDestination.Mood.Well());
        assertThat(fake.deliver(parcel).alreadyThere()).isTrue();
    }

    @Test
    void goneBetweenFilesLeavesNoMarker() throws Exception {
        Parcel parcel = parcel("gone", new byte[] {1}, new byte[] {2});
        fake.mood(new FakeDestination.Mood.GoneAfter(1));
        assertThatThrownBy(() -> fake.deliver(parcel)).isInstanceOf(DestinationException.class);
        assertThat(fake.order()).hasSize(1);
        fake.mood(new FakeDestination.Mood.GoneAfter(2));
        assertThatThrownBy(() -> fake.deliver(parcel)).isInstanceOf(DestinationException.class);
        assertThat(fake.order()).hasSize(2).noneMatch(name -> name.endsWith("done.json"));
    }
}
