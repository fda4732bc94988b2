package dev.vat.cloud;

import static dev.vat.cloud.Guard.absent;
import static dev.vat.cloud.SampleBodies.random;
import static dev.vat.cloud.SampleBodies.text;
import static dev.vat.cloud.StoreUnderTest.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// What every server behind the port has to do when an object is read: the version that was asked
/// for, exactly the bytes that were asked for, or an error.
interface ReadingContract extends StoreUnderTest {
  @Test
  default void ranges_give_exactly_what_was_asked_for() throws Exception {
    byte[] content = random(300_000, 1);
    ETag version = stored(store().put(prefix() + "k", Body.of(content), PLAIN, absent()));

    for (long[] range : new long[][] {{0, 300_000}, {0, 1}, {299_999, 1}, {100_000, 123_456}}) {
      try (InputStream in = store().read(prefix() + "k", version, range[0], range[1])) {
        assertThat(in.readAllBytes())
            .isEqualTo(Arrays.copyOfRange(content, (int) range[0], (int) (range[0] + range[1])));
      }
    }
  }

  @Test
  default void reading_a_version_that_was_replaced_or_removed_says_so() throws Exception {
    ETag first = stored(store().put(prefix() + "k", text("first"), PLAIN, absent()));
    ETag second =
        stored(store().put(prefix() + "k", text("second"), PLAIN, Guard.unchanged(first)));

    assertThatThrownBy(() -> store().read(prefix() + "k", first, 0, 5))
        .isInstanceOf(StoreException.Changed.class);
    assertThatThrownBy(() -> store().read(prefix() + "k", first, 0, 0))
        .isInstanceOf(StoreException.Changed.class);
    store().remove(prefix() + "k", second);
    assertThatThrownBy(() -> store().read(prefix() + "k", second, 0, 5))
        .isInstanceOf(StoreException.Changed.class);
  }

  @Test
  default void a_range_that_is_not_there_is_an_error_and_not_less() throws Exception {
    ETag version = stored(store().put(prefix() + "k", text("12345"), PLAIN, absent()));

    assertThatThrownBy(() -> store().read(prefix() + "k", version, 3, 5))
        .isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> store().read(prefix() + "k", version, 5, 1))
        .isInstanceOf(StoreException.class);
  }

  @Test
  default void many_streams_given_up_half_way_leave_the_store_usable() throws Exception {
    ETag version =
        stored(store().put(prefix() + "k", Body.of(random(4 * MIB, 2)), PLAIN, absent()));
    for (int i = 0; i < 20; i++) {
      try (InputStream in = store().read(prefix() + "k", version, 0, 4 * MIB)) {
        assertThat(in.read()).isNotNegative();
      }
    }
    assertThat(store().head(prefix() + "k")).isPresent();
  }
}
