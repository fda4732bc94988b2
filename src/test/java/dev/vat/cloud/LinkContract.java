package dev.vat.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every server behind the port has to do with links for people who have no keys.
interface LinkContract extends StoreUnderTest {
  ReadLink.Shown PLAYED = new ReadLink.Shown("draft.mp4", "video/mp4", ReadLink.Opening.IN_BROWSER);

  @Test
  default void a_link_expires_when_it_was_asked_to_and_does_not_print_its_signature()
      throws Exception {
    Instant before = Instant.now();
    ReadLink link =
        store().readLink(prefix() + "cafe\u0301 & co/draft 1.mp4", PLAYED, Duration.ofHours(12));
    Instant after = Instant.now();

    assertThat(link.expires())
        .isBetween(
            before.plus(Duration.ofHours(12)).minusSeconds(1), after.plus(Duration.ofHours(12)));
    assertThat(link.signedBy()).isEqualTo(new ReadLink.Signer.Lasting());
    assertThat(link.address().getPath()).endsWith(prefix() + "cafe\u0301 & co/draft 1.mp4");
    assertThat(link.address().getQuery()).contains("X-Amz-Signature=");
    assertThat(link.toString()).doesNotContain("X-Amz-");
  }

  @Test
  default void no_link_is_made_for_longer_than_s3_allows_or_for_no_time_at_all() {
    for (Duration wrong :
        List.of(ReadLink.LONGEST.plusSeconds(1), Duration.ZERO, Duration.ofHours(-1))) {
      assertThatThrownBy(() -> store().readLink(prefix() + "k", PLAYED, wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
